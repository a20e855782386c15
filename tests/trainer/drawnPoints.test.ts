import { afterEach, expect, test } from 'vitest'
import { encodeDrawing, type DrawnPoint } from '@core/data/points/drawing'
import type { Document } from '@core/document/schema'
import { dataSince } from '@core/run/state'
import { templates } from '@core/templates'
import { openSession, withSettings } from './support'

const template = templates.find(({ id }) => id === 'drawn')!.document
const crowd = (label: number, x: number, y: number): DrawnPoint[] =>
  Array.from({ length: 30 }, (_, i) => ({ x: x + Math.cos(i), y: y + Math.sin(2 * i), label }))
const project = (points: readonly DrawnPoint[], epochs = 1_000_000): Document =>
  withSettings(template, {
    'training.epochs': epochs,
    'data.source.drawing': encodeDrawing({ classes: 2, points })
  })
const files = {}
const [left, right, above] = [crowd(0, -3, 0), crowd(1, 3, 0), crowd(1, -3, 4)]

const open: ReturnType<typeof openSession>[] = []
afterEach(async () => {
  for (const { session } of open.splice(0)) await session.dispose()
})
const opened = () => {
  const made = openSession()
  open.push(made)
  return made
}

test('points drawn while it trains are swapped in: the network keeps what it knows and learns them', async () => {
  const { session, start, run, until } = opened()
  await start(project([...left, ...right]))
  await until(() => run().epoch >= 200)
  await session.prepare({ document: project([...left, ...right, ...above]), files })
  session.receive({ type: 'adopt' })
  await until(() => dataSince(run()) > 0)
  const since = dataSince(run())
  expect(run().carried?.layers).toEqual({ hidden: 'kept', output: 'kept' })
  await until(() => run().epoch >= since + 600)
  session.receive({ type: 'stop' })
  await session.idle()
  const state = run()
  expect(state.rows.train + state.rows.validation).toBe(90)
  // What was best on other points says nothing about these.
  expect(state.best!.epoch).toBeGreaterThan(since)
  expect(state.history.map((p) => p.epoch)).toEqual(state.history.map((_, i) => i + 1))
  const { network } = session.ready!
  const shares = network.answers(Float32Array.from([-3, 0, 3, 0, -3, 4]))
  expect([shares[0]! > 0.5, shares[3]! > 0.5, shares[5]! > 0.5]).toEqual([true, true, true])
})

test('a paused training stays paused with the new points, and goes on with them', async () => {
  const { session, start, run, until, answers } = opened()
  await start(project([...left, ...right]))
  await until(() => run().epoch >= 20)
  session.receive({ type: 'pause' })
  await until(() => run().status === 'paused')
  const { epoch } = run()
  await session.prepare({ document: project([...left, ...right, ...above]), files })
  session.receive({ type: 'adopt' })
  await until(() => run().rows.train + run().rows.validation === 90 && run().status === 'paused')
  expect(run().epoch).toBe(epoch)
  session.receive({ type: 'score', id: 1, part: 'train' })
  await until(() => answers.length === 1)
  expect(answers[0]).toMatchObject({ rows: run().rows.train, epoch })
  session.receive({ type: 'resume' })
  await until(() => run().epoch > epoch)
})

test('with other inputs of the same points the map still shows the plane', async () => {
  const { session, answers, until } = opened()
  const document = withSettings(project([...left, ...right]), {
    'data.source.inputs': 'x ySquared product'
  })
  expect(await session.prepare({ document, files })).toMatchObject({ ok: true })
  const window = { width: 4, height: 3, domain: [-6, 6, -6, 6] as [number, number, number, number] }
  session.receive({ type: 'view', id: 7, boundary: window, tiles: window })
  await until(() => answers.length === 1)
  const view = answers[0]!
  if (view.type !== 'view') throw new Error(`It answered ${view.type}.`)
  expect(view.boundary!.values).toHaveLength(4 * 3 * 2)
  expect(view.predicted).toHaveLength(60)
  // The first pixel is around (−4.5, 4): its inputs are x, y² and x · y.
  const direct = session.ready!.network.answers(Float32Array.from([-4.5, 16, -18]))
  expect(view.boundary!.values[0]).toBeCloseTo(direct[0]!, 5)
})
