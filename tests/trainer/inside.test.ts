import type { Document } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import { sizeOf } from '@core/graph/signal'
import { logOdds } from '@core/inside/occlusion'
import { planSystem } from '@core/graph/plan'
import { fromTrainerSchema, type FromTrainer, type ToTrainer } from '@core/ipc'
import { part } from '@core/registry/define'
import { unwrap } from '@core/result'
import type { NamedTensor } from '@core/run/checkpoint'
import { makeDataset } from '@core/data/dataset'
import { chainProject, type ChainProject } from '@core/templates/chainProject'
import { chooseEngine } from '@trainer/engines/choose'
import { fusedEngine } from '@trainer/engines/fused/engine'
import { coarseToFine, evenly } from '@trainer/inside/layers'
import { signalOf } from '@trainer/inside/moments'
import { describe, expect, onTestFinished, test } from 'vitest'
import { engines, openSession, withSettings } from './support'

type Request = ToTrainer extends infer M ? (M extends { id: number } ? Omit<M, 'id'> : never) : never
type Reply<T> = Extract<FromTrainer, { type: T }>

function opened() {
  const made = openSession()
  onTestFinished(() => made.session.dispose())
  let asked = 0
  const ask = async <T extends Request['type']>(
    request: Extract<Request, { type: T }>
  ): Promise<Reply<T> | Reply<'noView'>> => {
    const id = ++asked
    made.session.receive({ ...request, id } as Exclude<ToTrainer, { type: 'ack' }>)
    const found = () => made.answers.find((answer) => 'id' in answer && answer.id === id)
    await made.until(() => found() !== undefined)
    return fromTrainerSchema.parse(found()) as Reply<T>
  }
  return { ...made, ask }
}

const chain = (layers: ChainProject['layers'], more: Partial<ChainProject> = {}, classes = 2): Document =>
  chainProject({
    name: 'Inside',
    source: part('moons', { samples: 40 }),
    split: { train: 0.5, test: 0 },
    layers: [...layers, ['output', 'dense', { units: classes, activation: part('softmax') }]],
    optimizer: part('sgd', { learningRate: 0.1 }),
    epochs: 6,
    ...more
  })
const tanh = part('tanh')
const dense = chain([
  ['first', 'dense', { units: 4, activation: tanh }],
  ['second', 'dense', { units: 3, activation: part('sigmoid') }]
])
const normalized = chain([
  ['first', 'dense', { units: 4, activation: tanh }],
  ['norm', 'layerNormalization', {}]
])
const pictures = chain(
  [
    ['convolution', 'conv2d', { filters: 2, kernelSize: 3, strides: 2, activation: tanh }],
    ['flatten', 'flatten', {}]
  ],
  { source: part('pictures', { samples: 30 }) }
)
const sequences = chain(
  [['recurrent', 'simpleRnn', { units: 3 }]],
  { source: part('waves', { samples: 30 }) },
  3
)
const networks: readonly (readonly [string, 'native' | 'wasm' | 'fused', Document])[] = [
  ...engines.map((engine) => ['dense layers', engine, dense] as const),
  ['dense layers', 'fused', dense],
  ...engines.map((engine) => ['a normalised network', engine, normalized] as const),
  ...(engines.includes('native') ? [['a convolution', 'native', pictures] as const] : []),
  ...engines.map((engine) => ['a recurrent network', engine, sequences] as const),
  ['a recurrent network', 'fused', sequences]
]

describe('gradients', () => {
  test.each(networks)('of %s on %s are the slopes of its loss', async (_, engine, document) => {
    const derivation = derive(document, {})
    expect(derivation.problems).toEqual([])
    const dataset = unwrap(makeDataset(document.data, {}))
    const network = await (engine === 'fused' ? fusedEngine : await chooseEngine(engine)).compile(
      document,
      derivation,
      dataset
    )
    onTestFinished(() => network.dispose())
    const meter = (await chooseEngine(engine === 'wasm' ? 'wasm' : 'auto')).meter!(
      planSystem(document, derivation),
      document,
      dataset
    )
    const rows = dataset.parts.train
    const weights = network.weights()
    const { loss, weights: slopes } = meter.measure(rows, weights, document)
    expect(loss).toBeCloseTo(network.evaluate('train').loss, 5)
    expect([...slopes.keys()].sort()).toEqual(weights.map(({ name }) => name).sort())
    // Differences of what the engine itself says its loss is, exact to the fourth order.
    const step = 0.02
    const lossWith = (name: string, index: number, by: number): number => {
      const moved = (w: NamedTensor): NamedTensor => ({
        ...w,
        values: w.values.map((v, i) => (w.name === name && i === index ? v + by : v)) as Float32Array
      })
      network.writeState(weights.map(moved))
      return network.evaluate('train').loss
    }
    for (const [name, own] of slopes)
      for (const index of new Set([0, own.length >> 1, own.length - 1])) {
        const apart = (by: number): number => lossWith(name, index, by) - lossWith(name, index, -by)
        const difference = (8 * apart(step) - apart(2 * step)) / (12 * step)
        expect(Math.abs(own[index]! - difference), `${name} ${index}`).toBeLessThan(1e-4)
      }
  })

  test('that reach a layer are worked out by hand', async () => {
    // One neuron between: p = σ(v·h) of the second of two classes, h = 3·x₁; then dL/dh = (p − y) · v.
    const document = chain([['first', 'dense', { units: 1, activation: part('linear') }]], {
      source: part('moons', { samples: 12 })
    })
    const derivation = derive(document, {})
    const dataset = unwrap(makeDataset(document.data, {}))
    const meter = (await chooseEngine('auto')).meter!(planSystem(document, derivation), document, dataset)
    const tensor = (name: string, shape: number[], values: number[]): NamedTensor => ({
      name,
      shape,
      values: Float32Array.from(values)
    })
    const [a, b] = [0.4, -0.9]
    const { answers } = meter.measure(
      dataset.parts.train,
      [
        tensor('first/kernel', [2, 1], [3, 0]),
        tensor('first/bias', [1], [0]),
        tensor('output/kernel', [1, 2], [a, b]),
        tensor('output/bias', [2], [0, 0])
      ],
      document
    )
    const expected = Array.from(dataset.parts.train, (row) => {
      const h = 3 * dataset.x[2 * row]!
      const p = 1 / (1 + Math.exp((a - b) * h))
      return (p - dataset.y![row]!) * (b - a)
    })
    expect([...answers.keys()]).toEqual(['first'])
    answers.get('first')!.forEach((slope, i) => expect(slope).toBeCloseTo(expected[i]!, 5))
    const size = Math.sqrt(expected.reduce((sum, v) => sum + v * v, 0) / expected.length)
    expect(signalOf(answers.get('first')!, [1])).toBeCloseTo(size, 5)
  })
})

describe('layers over time', () => {
  test.each([...engines, 'fused'])('are told for every epoch that was kept, on %s', async (engine) => {
    const { session, start, ask } = opened()
    await start(withSettings(dense, { 'training.engine': engine }))
    await session.idle()
    let reply = await ask({ type: 'layers', nodeId: 'second' })
    while (reply.type === 'layers' && !reply.complete) reply = await ask({ type: 'layers', nodeId: 'second' })
    if (reply.type !== 'layers') throw new Error('They are not told.')
    expect(reply.epochs).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(Object.keys(reply.signals)).toEqual(['first', 'second'])
    for (const line of Object.values(reply.signals)) expect([...line].every((v) => v > 0)).toBe(true)
    const { kernel, bias } = reply.weights
    const now = session.ready!.network.weights().find(({ name }) => name === 'second/kernel')!.values
    const mean = now.reduce((sum, v) => sum + v, 0) / now.length
    expect(kernel!.count).toBe(12)
    expect(kernel!.mean.at(-1)).toBeCloseTo(mean, 5)
    expect(kernel!.least.at(-1)).toBeCloseTo(Math.min(...now), 6)
    expect(kernel!.most.at(-1)).toBeCloseTo(Math.max(...now), 6)
    const bins = kernel!.histogram.length / 7
    for (let i = 0; i < 7; i++)
      expect(kernel!.histogram.subarray(i * bins, (i + 1) * bins).reduce((a, b) => a + b)).toBe(12)
    // At epoch 0 all biases are 0; gradients of theirs are not.
    expect([bias!.least[0], bias!.most[0]]).toEqual([0, 0])
    expect(bias!.gradient!.size[0]).toBeGreaterThan(0)
    const tens = bias!.gradient!.histogram.length / 7
    expect(bias!.gradient!.histogram.subarray(0, tens).reduce((a, b) => a + b)).toBe(3)
  })

  test('without a network there are none', async () => {
    const { ask } = opened()
    expect(await ask({ type: 'layers' })).toMatchObject({ type: 'noView' })
    expect(await ask({ type: 'findings' })).toMatchObject({ type: 'noView' })
  })

  test('epochs are taken evenly, with both ends', () => {
    const all = [0, 1, 2, 3, 4, 10, 20, 40, 41].map((epoch) => ({ epoch, weights: [] }))
    expect(evenly(all, 20)).toBe(all)
    expect(evenly(all, 5).map(({ epoch }) => epoch)).toEqual([0, 10, 20, 40, 41])
  })

  test('what is missing is measured from coarse to fine', () => {
    expect(coarseToFine([0, 1, 2, 3, 4])).toEqual([4, 0, 2, 3, 1])
    expect(coarseToFine([7])).toEqual([7])
    expect(coarseToFine([])).toEqual([])
  })
})

describe('what an answer hangs on', () => {
  /** A linear network that looks at two places: log-odds are 0.2 · (sum of the first) − 0.1 · (sum of the second). */
  async function looking(engine: string) {
    const made = opened()
    const document = withSettings(
      chain([['flatten', 'flatten', {}]], { source: part('pictures', { samples: 30 }) }),
      { 'training.engine': engine }
    )
    await made.session.prepare({ document, files: {} })
    const { network, dataset } = made.session.ready!
    const [height, width, channels] = dataset.shape as [number, number, number]
    const weight = (pixel: number): number => {
      const [y, x] = [Math.floor(pixel / width), pixel % width]
      if (y < 4 && x < 4) return 0.2
      return y >= height - 3 && x >= width - 3 ? -0.1 : 0
    }
    const values = Float32Array.from({ length: 2 * height * width * channels }, (_, i) =>
      i % 2 === 1 ? weight(Math.floor(i / 2 / channels)) : 0
    )
    network.writeState([
      { name: 'output/kernel', shape: [values.length / 2, 2], values },
      { name: 'output/bias', shape: [2], values: new Float32Array(2) }
    ])
    return { ...made, dataset, height, width, channels, weight }
  }

  test.each([...engines, 'fused'])('is found on %s, as worked out by hand', async (engine) => {
    const { ask, dataset, height, width, channels, weight } = await looking(engine)
    const picture = new Float32Array(height * width * channels).fill(0.9)
    const reply = await ask({ type: 'saliency', example: { values: picture }, class: 1 })
    if (reply.type !== 'saliency') throw new Error('It is not said.')
    const { train } = dataset.parts
    const example = (row: number): number[] =>
      Array.from(
        dataset.x.subarray(row * picture.length, (row + 1) * picture.length),
        (v) => v * (dataset.x instanceof Float32Array ? 1 : dataset.scale)
      )
    const grey = Array.from({ length: channels }, (_, c) => {
      const own = [...train].flatMap((row) => example(row).filter((_, i) => i % channels === c))
      return own.reduce((a, b) => a + b) / own.length
    })
    const pull = grey.reduce((sum, v) => sum + (0.9 - v), 0)
    expect(pull).toBeGreaterThan(0)
    const { patch } = reply
    const starts = (length: number): number[] => {
      const found = []
      for (let at = 0; at < length - patch; at += Math.max(1, Math.floor(patch / 2))) found.push(at)
      return [...found, length - patch]
    }
    // For every pixel the mean over the patches on it; each takes off what its pixels weigh.
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const falls: number[] = []
        for (const top of starts(height))
          for (const left of starts(width)) {
            if (y < top || y >= top + patch || x < left || x >= left + patch) continue
            let fall = 0
            for (let i = top; i < top + patch; i++)
              for (let j = left; j < left + patch; j++) fall += weight(i * width + j) * pull
            falls.push(fall)
          }
        const mean = falls.reduce((a, b) => a + b) / falls.length
        expect(reply.values[y * width + x], `${y} ${x}`).toBeCloseTo(mean, 4)
      }
    expect(reply.values[0]).toBeGreaterThan(0)
    expect(reply.values.at(-1)).toBeLessThan(0)
    expect(reply.values[Math.floor(height / 2) * width + Math.floor(width / 2)]).toBeCloseTo(0, 3)
    expect(reply.least).toBeLessThanOrEqual(reply.share)
    // The other class, the other way round.
    const other = await ask({ type: 'saliency', example: { values: picture }, class: 0 })
    if (other.type !== 'saliency') throw new Error('It is not said.')
    expect(other.values[0]).toBeCloseTo(-reply.values[0]!, 2)
    // Without a class: the one that is named.
    const named = await ask({ type: 'saliency', example: { values: picture } })
    expect(named).toMatchObject({ class: 1 })
  })

  test('is not said of points', async () => {
    const { session, ask } = opened()
    await session.prepare({ document: dense, files: {} })
    expect(await ask({ type: 'saliency', example: { row: 0 } })).toMatchObject({ type: 'noView' })
  })
})

describe('how an answer moves with its example', () => {
  const numbers = chainProject({
    name: 'Numbers',
    source: part('plane', { samples: 40 }),
    split: { train: 0.5, test: 0 },
    layers: [
      ['first', 'dense', { units: 5, activation: tanh }],
      ['output', 'dense', { units: 1 }]
    ],
    output: { loss: part('meanSquaredError') },
    optimizer: part('sgd', { learningRate: 0.1 }),
    epochs: 1
  })
  const single = withSettings(dense, {
    'networks.0.nodes.output.config.units': 1,
    'networks.0.nodes.output.config.activation': part('sigmoid'),
    'networks.0.nodes.target.config.loss': part('binaryCrossentropy')
  })

  // The network's own answers to examples that differ in one number, on whichever engine it is.
  test.each([
    ['softmax', dense],
    ['pictures', pictures],
    ['one sigmoid', single],
    ['a number', numbers]
  ])('is the slope between two answers: %s', async (_, document) => {
    const { session, ask } = opened()
    expect(await session.prepare({ document, files: {} })).toMatchObject({ ok: true })
    const { network, dataset } = session.ready!
    const size = sizeOf(dataset.shape)
    const x = Float32Array.from({ length: size }, (_, i) => Math.sin(3 * i + 1) / 2)
    const classes = dataset.target.classes
    for (const class_ of classes === undefined ? [undefined] : [0, 1]) {
      const reply = await ask({
        ...{ type: 'slopes', example: { values: x } },
        ...(class_ === undefined ? {} : { class: class_ })
      })
      if (reply.type !== 'slopes') throw new Error('It is not said.')
      expect(reply.class).toBe(class_)
      const said = (at: number, by: number): number => {
        const moved = x.slice()
        moved[at]! += by
        const answer = network.answers(moved)
        return class_ === undefined ? answer[0]! : logOdds(answer, class_)
      }
      const step = 0.02
      const places = Array.from({ length: Math.min(size, 12) }, (_, i) => Math.floor((i * size) / 12) % size)
      for (const at of places) {
        const slope = (said(at, step) - said(at, -step)) / (2 * step)
        expect(reply.slopes[at]!, `number ${at}`).toBeCloseTo(slope, 2)
      }
      expect(reply.slopes.some((slope) => Math.abs(slope) > 0.005)).toBe(true)
      const mean = dataset.parts.train.reduce((sum, row) => sum + dataset.x[row * size]! * dataset.scale, 0)
      const usual = mean / dataset.parts.train.length
      expect(reply.moved[0]).toBeCloseTo(reply.slopes[0]! * (x[0]! - usual), 4)
    }
  })

  test('is not said of symbols', async () => {
    const { session, ask } = opened()
    const document = chain(
      [
        ['embedding', 'embedding', { inputDim: 60, outputDim: 4 }],
        ['memory', 'gru', { units: 4 }]
      ],
      {
        source: part('fables', { answers: 'last', length: 8 })
      },
      40
    )
    await session.prepare({ document, files: {} })
    expect(await ask({ type: 'slopes', example: { row: 0 } })).toMatchObject({ type: 'noView' })
  })
})
