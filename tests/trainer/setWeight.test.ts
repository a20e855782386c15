import { afterEach, describe, expect, test } from 'vitest'
import { firstProject } from '@core/templates'
import { engines, openSession, withSettings } from './support'

const open: ReturnType<typeof openSession>[] = []
afterEach(async () => {
  for (const { session } of open.splice(0)) await session.dispose()
})
const opened = () => {
  const made = openSession()
  open.push(made)
  return made
}
const files = {}
const kernel = (session: ReturnType<typeof openSession>['session']): Float32Array =>
  session.ready!.network.weights().find(({ name }) => name === 'hidden/kernel')!.values

describe.each([...engines, 'fused'])('on %s', (engine) => {
  const document = withSettings(firstProject, { 'training.engine': engine, 'training.epochs': 4 })

  test('one number of a weight is changed, and nothing else', async () => {
    const { session } = opened()
    await session.prepare({ document, files })
    const before = session.ready!.network.readState()
    session.receive({ type: 'setWeight', nodeId: 'hidden', name: 'kernel', index: 4, value: 2.5 })
    const after = session.ready!.network.readState()
    for (const [i, { name, values }] of before.entries()) {
      const expected = [...values]
      if (name === 'hidden/kernel') expected[4] = 2.5
      expect([...after[i]!.values], name).toEqual(expected)
    }
  })

  test('training begins with what was set by hand', async () => {
    const { session, start } = opened()
    await session.prepare({ document, files })
    session.receive({ type: 'setWeight', nodeId: 'hidden', name: 'kernel', index: 0, value: 40 })
    await start(document, { from: 'current' })
    await session.idle()
    expect(kernel(session)[0]).toBeGreaterThan(35)
    await start(document)
    await session.idle()
    expect(kernel(session)[0]).toBeLessThan(5)
  })
})

test('what is not there is not changed', async () => {
  const { session } = opened()
  await session.prepare({ document: firstProject, files })
  const before = session.ready!.network.readState()
  session.receive({ type: 'setWeight', nodeId: 'hidden', name: 'kernel', index: 99, value: 1 })
  session.receive({ type: 'setWeight', nodeId: 'nobody', name: 'kernel', index: 0, value: 1 })
  expect(session.ready!.network.readState()).toEqual(before)
})

test('numbers over the plane have a map, too', async () => {
  const { session, answers, until } = opened()
  const plane = withSettings(firstProject, {
    'data.source': { type: 'plane', config: {} },
    'nodes.output.units': 1,
    'nodes.output.activation': 'linear',
    'nodes.target.loss': 'meanSquaredError'
  })
  expect(await session.prepare({ document: plane, files })).toMatchObject({ ok: true })
  const boundary = { width: 3, height: 2, domain: [-6, 6, -6, 6] as [number, number, number, number] }
  session.receive({ type: 'view', id: 1, boundary })
  await until(() => answers.length === 1)
  const view = answers[0]!
  if (view.type !== 'view') throw new Error(`It answered ${view.type}.`)
  expect(view.boundary).toMatchObject({ width: 3, height: 2, classes: 1 })
  expect(view.predicted).toHaveLength(0)
  const direct = session.ready!.network.answers(Float32Array.of(-4, 3))
  expect(view.boundary!.values[0]).toBeCloseTo(direct[0]!, 5)
})
