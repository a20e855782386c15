import { augmentedPictures } from '@core/data/augmentation/draw'
import { makeDataset, type Dataset } from '@core/data/dataset'
import { applyEdit } from '@core/document/edits'
import type { Document } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import { fullPart } from '@core/registry/complete'
import { part } from '@core/registry/define'
import { unwrap } from '@core/result'
import { chainProject, type ChainProject } from '@core/templates/chainProject'
import { Batches } from '@trainer/batches'
import { chooseEngine } from '@trainer/engines/choose'
import type { CompiledNetwork, Engine } from '@trainer/engines/engine'
import { fusedEngine } from '@trainer/engines/fused/engine'
import { afterEach, describe, expect, test } from 'vitest'
import { engines, openSession, withSettings } from './support'

const steps = ['randomFlip', 'randomRotation', 'randomTranslation', 'randomBrightness'].map((type) =>
  fullPart('augmentation', part(type))
)
const augmentation = { steps, fill: 'reflect' } as const
const dense: ChainProject['layers'] = [
  ['flat', 'flatten', {}],
  ['hidden', 'dense', { units: 4, activation: part('tanh') }],
  ['classes', 'dense', { units: 2, activation: part('softmax') }]
]

function project(changes: Partial<ChainProject> = {}): Document {
  return chainProject({
    name: 'Pictures',
    source: part('pictures', { samples: 40 }),
    split: { train: 0.5, test: 0 },
    layers: dense,
    optimizer: part('adam', { learningRate: 0.003 }),
    epochs: 3,
    batchSize: 8,
    ...changes
  })
}

/** Digits that are drawn again by a network with three numbers in its middle. */
const autoencoder = project({
  source: part('mnist', { samples: 20, heldOutSamples: 10, answers: 'picture' }),
  split: { train: 1, test: 0 },
  layers: [
    ['flat', 'flatten', {}],
    ['narrow', 'dense', { units: 3 }],
    ['wide', 'dense', { units: 784, activation: part('sigmoid') }],
    ['picture', 'reshape', { to: 'picture', height: 28, width: 28, channels: 1 }]
  ],
  output: { loss: part('meanSquaredError') }
})
const digits = {
  x: new Uint8Array(10_020 * 784).map((_, i) => (i % 784 < 400 ? (i * 7) % 256 : 0)),
  y: new Uint8Array(10_020)
}

const changing = (document: Document): Document =>
  applyEdit(document, { kind: 'setData', change: { augmentation } })
const dataOf = (document: Document): Dataset =>
  unwrap(makeDataset(document.data, {}, { library: { mnist: digits } }))

const used: { readonly name: string; readonly engine: () => Promise<Engine> }[] = [
  ...engines.map((name) => ({ name, engine: () => chooseEngine(name) })),
  { name: 'fused', engine: () => Promise.resolve(fusedEngine) }
]

async function compiled(engine: Engine, document: Document, dataset: Dataset): Promise<CompiledNetwork> {
  const derivation = derive(document, {})
  expect(derivation.problems).toEqual([])
  expect(engine.supports(document, derivation)).toBeUndefined()
  return engine.compile(document, derivation, dataset)
}

/** The data with every picture as it is drawn in an epoch: what an engine should see. */
function drawn(document: Document, dataset: Dataset, epoch: number): Dataset {
  const all = Int32Array.from({ length: dataset.rows }, (_, i) => i)
  const changed = augmentedPictures(dataset, all, augmentation, { epoch, seed: document.training.seed })
  return { ...dataset, x: changed, scale: 1 }
}

const apart = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i]!)), 0)

/** Trains an epoch on drawn pictures, and compares it with an epoch on data that holds them. */
async function expectSame(engine: Engine, document: Document): Promise<void> {
  const dataset = dataOf(document)
  const network = await compiled(engine, changing(document), dataset)
  const batches = new Batches(document, dataset)
  for (const epoch of [0, 1]) {
    const first = epoch * batches.perEpoch
    const factors = Array.from({ length: batches.perEpoch }, () => 1)
    const request = batches.of(first, batches.perEpoch, changing(document).data)
    expect(request.examples).toHaveLength(batches.perEpoch)
    const other = await compiled(engine, document, drawn(document, dataset, epoch))
    other.writeState(network.readState())
    const scores = network.train({ first, ...request, factors, measured: true })
    const expected = other.train({ first, batches: request.batches, factors, measured: true })
    for (const [i, { loss }] of scores.entries()) expect(loss).toBeCloseTo(expected[i]!.loss, 4)
    const weights = other.weights()
    for (const [w, { values }] of network.weights().entries())
      expect(apart(values, weights[w]!.values)).toBeLessThan(1e-4)
    // What is measured, and what is said, is about the pictures as they are.
    const plain = await compiled(engine, document, dataset)
    plain.writeState(network.readState())
    for (const part of ['train', 'validation'] as const) {
      expect(network.evaluate(part).loss).toBeCloseTo(plain.evaluate(part).loss, 5)
      expect(apart(network.predict(part), plain.predict(part))).toBeLessThan(1e-5)
    }
    for (const own of [other, plain]) own.dispose()
  }
  network.dispose()
}

describe.each(used)('on the engine $name', ({ engine }) => {
  test('a network learns from the drawn pictures', async () => {
    await expectSame(await engine(), project())
  })
})

test.each(engines)(
  'where the right answer is the picture itself, it is the drawn one, on %s',
  async (name) => {
    await expectSame(await chooseEngine(name), autoencoder)
  }
)

test.runIf(engines.includes('native'))('answers of frozen layers are not kept', async () => {
  const document = project({
    layers: [['edges', 'conv2d', { filters: 3, strides: 2 }], ['pool', 'maxPooling2d', {}], ...dense]
  })
  const frozen = applyEdit(document, { kind: 'freeze', nodeId: 'edges', frozen: true })
  await expectSame(await chooseEngine('native'), frozen)
})

describe('a run', () => {
  const open: ReturnType<typeof openSession>[] = []
  const opened = (): ReturnType<typeof openSession> => {
    const made = openSession()
    open.push(made)
    return made
  }
  afterEach(async () => {
    for (const { session } of open.splice(0)) await session.dispose()
  })
  const small = (): Document => withSettings(changing(project()), { 'training.engine': 'wasm' })

  async function trained(document: Document) {
    const own = opened()
    expect(await own.start(document)).toMatchObject({ ok: true })
    await own.session.idle()
    const network = own.session.ready!.network
    return { ...own, weights: network.weights(), state: network.readState() }
  }

  test('is the same again, and another one without the changes', async () => {
    const first = await trained(small())
    expect((await trained(small())).weights).toEqual(first.weights)
    expect((await trained(withSettings(project(), { 'training.engine': 'wasm' }))).weights).not.toEqual(
      first.weights
    )
  })

  test('that goes on from a checkpoint ends as one that was not interrupted', async () => {
    const whole = await trained(small())
    const before = opened()
    await before.start(small(), { until: 'epoch' })
    await before.until(() => before.run().status === 'paused')
    const bytes = (await before.session.capture())!
    before.session.receive({ type: 'stop' })
    await before.session.idle()
    const after = opened()
    await after.start(small(), { from: 'checkpoint' }, bytes)
    await after.session.idle()
    expect(after.session.ready!.network.readState()).toEqual(whole.state)
  })

  test.each(engines)('takes it up while it goes on, and lets it go again, on %s', async (engine) => {
    const { session, start, run, until } = opened()
    const plain = withSettings(project(), { 'training.engine': engine, 'training.epochs': 1_000_000 })
    await start(plain)
    await until(() => run().epoch >= 2)
    session.receive({ type: 'hot', document: changing(plain) })
    await until(() => run().changes.some(({ path }) => path === 'data.augmentation.randomFlip'))
    const { epoch } = run()
    await until(() => run().epoch >= epoch + 2)
    session.receive({ type: 'hot', document: plain })
    await until(() => run().changes.some(({ value }) => value === null))
    const later = run().epoch
    await until(() => run().epoch >= later + 2)
    expect(run().status).toBe('running')
    session.receive({ type: 'stop' })
  })
})
