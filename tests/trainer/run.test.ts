import * as tf from '@tensorflow/tfjs-core'
import { nodeBackend } from '@trainer/engines/native/binding'
import { part } from '@core/registry/define'
import { decodeCheckpoint } from '@core/run/checkpoint'
import { lessonOf } from '@core/lessons'
import { firstProject } from '@core/templates'
import { applyEdit } from '@core/document/edits'
import type { Document } from '@core/document/schema'
import { unwrap } from '@core/result'
import { afterEach, describe, expect, test } from 'vitest'
import { engines, openSession, withSettings } from './support'

const small = (engine: string, more: Record<string, unknown> = {}): Document =>
  withSettings(firstProject, { 'training.engine': engine, 'training.epochs': 40, ...more })

/** With dropout and shuffled batches: everything that is random. */
const random = (engine: string): Document =>
  applyEdit(small(engine, { 'training.batchSize': 32, 'training.epochs': 6 }), {
    kind: 'insertBefore',
    nodeId: 'output',
    port: 'input',
    type: 'dropout',
    config: { rate: 0.3 }
  })

const weightsOf = (bytes: Uint8Array | undefined) => unwrap(decodeCheckpoint(bytes!)).tensors
const open: ReturnType<typeof openSession>[] = []
const opened = (options: Parameters<typeof openSession>[0] = {}) => {
  const made = openSession(options)
  open.push(made)
  return made
}
afterEach(async () => {
  for (const { session } of open.splice(0)) await session.dispose()
})

describe.each(engines)('a run on %s', (engine) => {
  test('is a function of document, data and seed', async () => {
    const states = []
    for (let i = 0; i < 2; i++) {
      const { session, start } = opened()
      await start(random(engine))
      await session.idle()
      states.push(weightsOf(await session.capture()))
    }
    expect(states[0]).toEqual(states[1])
    const { session, start } = opened()
    await start(withSettings(random(engine), { 'training.seed': 1 }))
    await session.idle()
    expect(weightsOf(await session.capture())).not.toEqual(states[0])
  })

  test('goes on from a checkpoint bit for bit, in the middle of an epoch', async () => {
    const whole = opened()
    await whole.start(random(engine))
    await whole.session.idle()
    const first = opened({ maxSteps: 14 })
    await first.start(random(engine))
    await first.session.idle()
    const bytes = await first.session.capture()
    expect(unwrap(decodeCheckpoint(bytes!))).toMatchObject({ epoch: 3, step: 14 })
    const second = opened()
    expect(await second.start(random(engine), { from: 'checkpoint' }, bytes)).toMatchObject({ ok: true })
    await second.session.idle()
    expect(weightsOf(await second.session.capture())).toEqual(weightsOf(await whole.session.capture()))
    expect(second.run()).toMatchObject({ epoch: 6, step: 24, ending: 'finished' })
  })

  test('refuses a checkpoint of another network, in words', async () => {
    const { session, start } = opened()
    await start(small(engine))
    await session.idle()
    const bytes = await session.capture()
    const wider = small(engine, { 'nodes.hidden.units': 5 })
    const other = opened()
    expect(await other.start(wider, { from: 'checkpoint' }, bytes)).toMatchObject({
      ok: false,
      problems: [{ code: 'other-network' }]
    })
  })

  test('means of an epoch weigh batches by their rows, and a sum is told per example', async () => {
    const mean = opened()
    const frozen = {
      'training.optimizer': 'sgd',
      'training.optimizer.learningRate': 0,
      'training.epochs': 1,
      'nodes.hidden.kernelRegularizer': 'none',
      'nodes.output.kernelRegularizer': 'none'
    }
    await mean.start(small(engine, { ...frozen, 'training.batchSize': 32 }))
    await mean.session.idle()
    const point = mean.run().history[0]!
    expect(point.loss).toBeCloseTo(point.trainLoss!, 5)
    expect(point.accuracy).toBeCloseTo(point.trainAccuracy!, 6)
    const sum = opened()
    const settings = { ...frozen, 'nodes.target.reduction': 'sum', 'nodes.hidden.kernelRegularizer': 'l2' }
    await sum.start(small(engine, { ...settings, 'nodes.hidden.kernelRegularizer.rate': 5 }))
    await sum.session.idle()
    const kernel = weightsOf(await sum.session.capture()).find((t) => t.name === 'hidden/kernel')!
    const penalty = kernel.values.reduce((a, w) => a + 5 * w * w, 0)
    expect(sum.run().history[0]!.trainLoss).toBeCloseTo(point.trainLoss! + penalty / 100, 4)
  })

  test('leaves no tensors behind, epoch by epoch', async () => {
    const counts: number[] = []
    // Tensors of TensorFlow.js, and the handles beneath them that native sessions use directly.
    const held = (): number => tf.memory().numTensors + (engine === 'native' ? nativeTensors() : 0)
    const empty = held()
    const { session, start } = opened({
      observe: () => {
        counts.push(held())
        return true
      }
    })
    await start(random(engine))
    await session.idle()
    expect(new Set(counts.slice(8)).size).toBe(1)
    expect(held()).toBeGreaterThan(empty)
    await session.dispose()
    expect(held()).toBe(empty)
  })
})

const nativeTensors = (): number => nodeBackend().binding.getNumOfTensors()

describe('a run', () => {
  const engine = 'wasm'

  test('pauses, makes single steps, goes on and stops', async () => {
    const { session, start, run, until, events } = opened()
    const document = small(engine, { 'training.epochs': 1_000_000, 'training.batchSize': 25 })
    await start(document, { until: 'batch' })
    await until(() => run().status === 'paused')
    expect(run()).toMatchObject({ epoch: 0, step: 1 })
    session.receive({ type: 'step', unit: 'epoch' })
    await until(() => run().epoch === 1 && events.at(-1)?.type === 'paused')
    expect(run()).toMatchObject({ status: 'paused', step: 4 })
    session.receive({ type: 'resume' })
    await until(() => run().epoch >= 5)
    session.receive({ type: 'pause' })
    await until(() => run().status === 'paused')
    const { epoch } = run()
    await new Promise((done) => setTimeout(done, 50))
    expect(run().epoch).toBe(epoch)
    const asked = performance.now()
    session.receive({ type: 'stop' })
    await session.idle()
    expect(performance.now() - asked).toBeLessThan(1000)
    expect(run()).toMatchObject({ status: 'ended', ending: 'stopped', epoch })
  })

  test('pace never delays a stop, and going on again is quick too', async () => {
    const { session, start, run, until } = opened({ paced: true })
    await start(small(engine, { 'view.pace': 'slow', 'training.epochs': 2 }))
    await until(() => run().epoch === 1)
    session.receive({ type: 'hot', document: small(engine, { 'view.pace': 'full', 'training.epochs': 2 }) })
    await session.idle()
    expect(run()).toMatchObject({ ending: 'finished', epoch: 2 })
    await start(small(engine, { 'view.pace': 'slow', 'training.epochs': 2 }))
    await until(() => run().epoch === 1 && run().status === 'running')
    session.receive({ type: 'stop' })
    await session.idle()
    expect(run()).toMatchObject({ ending: 'stopped', epoch: 1 })
  })

  test('takes hot settings from a document whose structure has moved on', async () => {
    const { session, start, run, until } = opened()
    const document = small(engine, { 'training.epochs': 1_000_000 })
    await start(document)
    await until(() => run().epoch >= 3)
    const edited = withSettings(document, {
      'nodes.hidden.units': 9,
      'nodes.hidden.kernelRegularizer': 'l1',
      'training.optimizer.learningRate': 0.001
    })
    session.receive({ type: 'hot', document: edited })
    await until(() => run().changes.length === 2)
    expect(run().changes.map((c) => c.path)).toEqual([
      'nodes.hidden.kernelRegularizer',
      'training.optimizer.learningRate'
    ])
    expect(session.ready!.plan.weights[0]!.spec.shape).toEqual([2, 3])
    session.receive({
      type: 'hot',
      document: withSettings(document, { 'training.epochs': run().epoch + 20 })
    })
    await session.idle()
    expect(run().ending).toBe('finished')
  })

  test('a network of another structure waits until the run is over', async () => {
    const { session, start, run, until } = opened()
    await start(small(engine, { 'training.epochs': 1_000_000 }))
    const wider = small(engine, { 'nodes.hidden.units': 7 })
    expect(await session.prepare({ document: wider, files: {} })).toMatchObject({ ok: true })
    const { epoch } = run()
    await until(() => run().epoch > epoch + 2)
    session.receive({ type: 'stop' })
    await session.idle()
    await session.capture()
    expect(session.ready!.plan.weights[0]!.spec.shape).toEqual([2, 7])
    expect(run()).toMatchObject({ carried: { layers: { hidden: 'grown', output: 'grown' } } })
  })

  test('keeps what was learned when only hot settings change', async () => {
    const { session, start } = opened()
    await start(small(engine))
    await session.idle()
    const learned = weightsOf(await session.capture())
    await session.prepare({ document: small(engine, { 'training.epochs': 99 }), files: {} })
    expect(weightsOf(await session.capture())).toEqual(learned)
    await session.prepare({ document: small(engine), files: {}, checkpoint: null })
    expect(await session.capture()).toBeUndefined()
  })

  test('goes back to an earlier epoch and on from there', async () => {
    const { session, start, run, until, answers, events } = opened()
    await start(small(engine))
    await session.idle()
    session.receive({ type: 'view', id: 1, epoch: 10 })
    await until(() => answers.length === 1)
    expect(answers[0]).toMatchObject({ type: 'view', epoch: 10 })
    session.receive({ type: 'restore', epoch: 10 })
    await until(() => events.at(-1)?.type === 'restored')
    expect(run()).toMatchObject({ epoch: 10 })
    expect(run().history).toHaveLength(10)
    const viewed = answers[0]!.type === 'view' ? answers[0]!.weights['hidden']!['kernel']!.values : undefined
    expect(weightsOf(await session.capture()).find((t) => t.name === 'hidden/kernel')!.values).toEqual(viewed)
    await start(small(engine), { from: 'current' })
    await session.idle()
    expect(run()).toMatchObject({ epoch: 40, ending: 'finished' })
  })

  test('names divergence and keeps the last weights that were numbers', async () => {
    const { session, start, run } = opened()
    const wild = small(engine, {
      'training.optimizer': 'sgd',
      'training.optimizer.learningRate': 100,
      'nodes.hidden.activation': part('linear'),
      'nodes.output.activation': part('linear'),
      'nodes.target.loss': 'meanSquaredError'
    })
    await start(wild)
    await session.idle()
    expect(run()).toMatchObject({ status: 'ended', ending: 'diverged' })
    expect(['hidden', 'output']).toContain(run().blame)
    for (const { values } of weightsOf(await session.capture()) ?? [])
      expect(values.every(Number.isFinite)).toBe(true)
  })

  test('stops early once validation gets no better', async () => {
    const { session, start, run } = opened()
    const document = lessonOf('overfit-live')!.document
    await start(withSettings(document, { 'training.engine': engine, 'training.patience': 30 }))
    await session.idle()
    expect(run().ending).toBe('early')
    expect(run().epoch).toBe(run().best!.epoch + 30)
  })

  test('scores a part on demand and answers every view', async () => {
    const { session, start, answers, until } = opened()
    session.receive({ type: 'view', id: 1 })
    await until(() => answers.length === 1)
    expect(answers[0]).toEqual({ type: 'noView', id: 1 })
    await start(small(engine, { 'data.split.test': 0.25 }))
    await session.idle()
    session.receive({ type: 'score', id: 2, part: 'test' })
    await until(() => answers.length === 2)
    expect(answers[1]).toMatchObject({ type: 'score', id: 2, part: 'test', rows: 50, epoch: 40 })
  })

  test('reports problems instead of compiling', async () => {
    const { session } = opened()
    const broken = small(engine, { 'nodes.output.units': 5 })
    expect(await session.prepare({ document: broken, files: {} })).toMatchObject({
      ok: false,
      problems: [{ code: 'class-count' }]
    })
  })
})

describe.runIf(engines.includes('native'))('the engines', () => {
  test('agree within 1e-4 over 50 steps', async () => {
    const losses = []
    for (const engine of engines) {
      const { session, start, run } = opened()
      await start(withSettings(random(engine), { 'training.epochs': 13 }))
      await session.idle()
      losses.push(run().history.map((p) => [p.loss, p.trainLoss!, p.valLoss!]))
    }
    for (const [i, row] of losses[0]!.entries())
      for (const [k, loss] of row.entries()) expect(Math.abs(loss - losses[1]![i]![k]!)).toBeLessThan(1e-4)
  })
})
