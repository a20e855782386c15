import { applyEdit } from '@core/document/edits'
import type { Document } from '@core/document/schema'
import { firstProject } from '@core/templates'
import { afterEach, expect, test } from 'vitest'
import { engines, openSession, withSettings } from './support'

const project = (more: Record<string, unknown> = {}): Document =>
  withSettings(firstProject, { 'training.engine': 'wasm', 'training.epochs': 1_000_000, ...more })
const wider = (document: Document): Document => withSettings(document, { 'nodes.hidden.units': 8 })
const files = {}

const open: ReturnType<typeof openSession>[] = []
const opened = () => {
  const made = openSession()
  open.push(made)
  return made
}
afterEach(async () => {
  for (const { session } of open.splice(0)) await session.dispose()
})

test('a running training takes over a grown layer and a new batch size, and its curve has no hole', async () => {
  const { session, start, run, until } = opened()
  await start(project())
  await until(() => run().epoch >= 20)
  const document = withSettings(wider(project()), { 'training.batchSize': 25 })
  await session.prepare({ document, files })
  session.receive({ type: 'adopt' })
  await until(() => run().carried !== undefined)
  const { epoch } = run()
  expect(run()).toMatchObject({
    status: 'running',
    carried: { layers: { hidden: 'grown', output: 'grown' } }
  })
  await until(() => run().epoch >= epoch + 20)
  session.receive({ type: 'stop' })
  await session.idle()
  expect(session.ready!.plan.weights[0]!.spec.shape).toEqual([2, 8])
  expect(run().stepsPerEpoch).toBeGreaterThan(1)
  const epochs = run().history.map((p) => p.epoch)
  expect(epochs).toEqual(epochs.map((_, i) => i + 1))
  // The new neurons change nothing at first: no jump where the networks meet.
  const at = (e: number): number => run().history.find((p) => p.epoch === e)!.trainLoss!
  expect(Math.abs(at(epoch + 1) - at(epoch))).toBeLessThan(0.1)
})

test.runIf(engines.includes('native'))(
  'a network goes on being trained while the one that follows it is compiled',
  async () => {
    const { session, start, run, until } = opened()
    const native = { 'training.engine': 'native' }
    await start(project(native))
    await until(() => run().epoch >= 20)
    await session.prepare({ document: wider(project(native)), files })
    const asked = run().epoch
    session.receive({ type: 'adopt' })
    await until(() => run().carried !== undefined)
    expect(run().epoch).toBeGreaterThan(asked)
    expect(run().status).toBe('running')
  }
)

test('taking an edit back loses nothing of what was learned', async () => {
  const { session, start, run } = opened()
  const plain = project({ 'training.epochs': 30 })
  await start(plain)
  await session.idle()
  const learned = session.ready!.network.readState()
  const without = applyEdit(plain, { kind: 'remove', nodes: ['hidden'], edges: [] })
  const bridged = applyEdit(without, {
    kind: 'connect',
    edge: { from: { node: 'data', port: 'features' }, to: { node: 'output', port: 'input' } }
  })
  expect(await session.prepare({ document: bridged, files })).toMatchObject({ ok: true })
  expect(session.ready!.plan.weights.map((w) => w.name)).toEqual(['output/kernel', 'output/bias'])
  expect(await session.prepare({ document: plain, files })).toMatchObject({ ok: true })
  expect(session.ready!.network.readState()).toEqual(learned)
  expect(session.ready!.position.epoch).toBe(30)
  expect(run().epoch).toBe(30)
})

test('starting over forgets what was learned before an edit', async () => {
  const { session, start } = opened()
  await start(project({ 'training.epochs': 5 }))
  await session.idle()
  const document = wider(project({ 'training.epochs': 5 }))
  await session.prepare({ document, files, checkpoint: null })
  expect(session.ready!.trained).toBe(false)
})

test('a frozen layer keeps its weights while the others learn', async () => {
  const { session } = opened()
  const frozen: Document = {
    ...project(),
    networks: project().networks.map((network) => ({
      ...network,
      nodes: { ...network.nodes, hidden: { ...network.nodes['hidden']!, frozen: true as const } }
    }))
  }
  await session.prepare({ document: frozen, files })
  const { network } = session.ready!
  const before = network.weights()
  network.train({ first: 0, batches: [undefined, undefined], factors: [1, 1], measured: false })
  const changed = network
    .weights()
    .filter((w, i) => w.values.some((v, j) => v !== before[i]!.values[j]))
    .map((w) => w.name)
  expect(changed).toEqual(['output/kernel', 'output/bias'])
})

test('ends at a loss, after a time, after a number of steps', async () => {
  const endOf = async (stopAt: Partial<Document['training']['stopAt']>) => {
    const { session, start, run } = opened()
    const document = project()
    await start({
      ...document,
      training: { ...document.training, stopAt: { ...document.training.stopAt, ...stopAt } }
    })
    await session.idle()
    return run()
  }
  const aimed = await endOf({ loss: 0.4 })
  expect(aimed.ending).toBe('target')
  expect(aimed.history.at(-1)!.valLoss).toBeLessThanOrEqual(0.4)
  expect(aimed.history.at(-2)!.valLoss).toBeGreaterThan(0.4)
  expect((await endOf({ seconds: 0.2 })).ending).toBe('time')
  expect(await endOf({ steps: 17 })).toMatchObject({ ending: 'finished', epoch: 17 })
})

test('goes back to the best epoch when patience has run out and that was asked for', async () => {
  const { session, start, run } = opened()
  await start(project({ 'training.patience': 10, 'training.restoreBest': true, 'training.epochs': 4000 }))
  await session.idle()
  expect(session.ready!.position.epoch).toBe(run().epoch)
  expect(run().best!.epoch).toBe(run().epoch)
})

test('a project that is opened while another one trains begins untrained, even when it is edited at once', async () => {
  const { session, start, run, until } = opened()
  await start(project())
  await until(() => run().epoch >= 20)
  const other = withSettings(project(), { 'data.seed': 7 })
  await session.prepare({ document: other, files, checkpoint: null })
  await session.prepare({ document: withSettings(other, { 'nodes.hidden.units': 4 }), files })
  session.receive({ type: 'stop' })
  await session.idle()
  // What waits is got ready behind the run.
  await until(() => session.ready?.plan.weights[0]?.spec.shape[1] === 4)
  expect(session.ready!.position).toEqual({ epoch: 0, step: 0 })
  expect(session.ready!.run.history).toEqual([])
})
