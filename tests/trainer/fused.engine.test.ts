import { beforeAll, describe, expect, test } from 'vitest'
import { makeDataset } from '@core/data/dataset'
import type { Document } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import { sizeOf } from '@core/graph/signal'
import { part } from '@core/registry/define'
import { unwrap } from '@core/result'
import { chooseEngine } from '@trainer/engines/choose'
import type { CompiledNetwork, Engine } from '@trainer/engines/engine'
import { fusedEngine } from '@trainer/engines/fused/engine'
import { Batches } from '@trainer/batches'
import { chain, documents, one } from './fusedDocuments'
import { withSettings } from './support'

let eager: Engine
beforeAll(async () => {
  eager = await chooseEngine('wasm')
})

/** A document's network on both engines, and what it trains on. */
async function both(document: Document) {
  const derivation = derive(document, {})
  expect(derivation.problems).toEqual([])
  expect(fusedEngine.supports(document, derivation)).toBeUndefined()
  const dataset = unwrap(makeDataset(document.data, {}))
  const fused = await fusedEngine.compile(document, derivation, dataset)
  const reference = await eager.compile(document, derivation, dataset)
  const batches = new Batches(document, dataset)
  const train = (network: CompiledNetwork, first: number, count: number) =>
    network.train({
      first,
      batches: Array.from({ length: count }, (_, i) => batches.at(first + i)),
      factors: Array.from({ length: count }, (_, i) => (first + i < 30 ? 1 : 0.5)),
      measured: true
    })
  return { fused, reference, dataset, train }
}

/** max|a − b| ≤ 1e-4 · max|b| + 1e-6: float32 rounds differently on the two, for fifty steps. */
function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(found).toHaveLength(expected.length)
  const largest = Array.from(expected, Math.abs).reduce((a, b) => Math.max(a, b), 0)
  const worst = Array.from(expected, (e, i) => Math.abs(found[i]! - e)).reduce((a, b) => Math.max(a, b), 0)
  expect(worst).toBeLessThanOrEqual(1e-4 * largest + 1e-6)
}

type State = ReturnType<CompiledNetwork['readState']>
function expectSameState(found: State, expected: State): void {
  expect(found.map(({ name, shape }) => [name, ...shape]).sort()).toEqual(
    expected.map(({ name, shape }) => [name, ...shape]).sort()
  )
  const values = new Map(found.map((tensor) => [tensor.name, tensor.values]))
  for (const tensor of expected) expectNear(values.get(tensor.name)!, tensor.values)
}

describe('agrees with TensorFlow.js over 50 steps', () => {
  test.each(Object.entries(documents))('%s', async (_, document) => {
    const { fused, reference, dataset, train } = await both(document)
    const points = Float32Array.from({ length: 30 * sizeOf(dataset.shape) }, (_, i) => Math.sin(7 * i) * 2)
    try {
      expectSameState(fused.readState(), reference.readState())
      const expected = train(reference, 0, 50)
      // In calls of different sizes.
      const found = [...train(fused, 0, 1), ...train(fused, 1, 20), ...train(fused, 21, 29)]
      expectNear(
        found.map(({ loss }) => loss),
        expected.map(({ loss }) => loss)
      )
      expect(found.map(({ accuracy }) => accuracy)).toEqual(expected.map(({ accuracy }) => accuracy))
      expectSameState(fused.readState(), reference.readState())
      for (const name of ['train', 'validation'] as const) {
        if (dataset.parts[name].length === 0) continue
        const [score, wanted] = [fused.evaluate(name), reference.evaluate(name)]
        expectNear([score.loss], [wanted.loss])
        expect(score.accuracy).toBe(wanted.accuracy)
        expectNear(fused.predict(name), reference.predict(name))
      }
      const [maps, wanted] = [fused, reference].map((n) => n.activations({ points, unitLimit: 3 }))
      expect(Object.keys(maps!).sort()).toEqual(Object.keys(wanted!).sort())
      for (const [id, { units, values }] of Object.entries(wanted!)) {
        expect(maps![id]!.units).toBe(units)
        expectNear(maps![id]!.values, values)
      }
      expectNear(fused.answers(points), reference.answers(points))
    } finally {
      reference.dispose()
    }
  })
})

describe('a state', () => {
  const document = documents['adam (0)']!

  test('goes over to another engine and back', async () => {
    const { fused, reference, train } = await both(document)
    train(fused, 0, 20)
    reference.writeState(fused.readState())
    expectSameState(reference.readState(), fused.readState())
    expectNear(
      train(fused, 20, 10).map(({ loss }) => loss),
      train(reference, 20, 10).map(({ loss }) => loss)
    )
    fused.writeState(reference.readState())
    expectSameState(fused.readState(), reference.readState())
    reference.dispose()
  })

  test('put back trains on bit for bit', async () => {
    const { fused, train } = await both(document)
    train(fused, 0, 20)
    const state = fused.readState()
    const scores = train(fused, 20, 10)
    const after = fused.readState()
    fused.writeState(state)
    expect(train(fused, 20, 10)).toEqual(scores)
    expect(fused.readState()).toEqual(after)
  })

  test('of weights alone lets the optimizer start anew', async () => {
    const { fused, train } = await both(document)
    const fresh = fused.readState()
    train(fused, 0, 20)
    fused.writeState(fused.weights())
    const slots = (state: State) =>
      state.filter(({ name }) => name.split('/').length === 3 || name.endsWith('updates'))
    expect(slots(fused.readState())).toEqual(slots(fresh))
  })

  test('pictures with weights of another time', async () => {
    const { fused, train } = await both(document)
    const points = Float32Array.of(0.5, 0.25, -1, 2)
    const then = fused.weights()
    const before = { maps: fused.activations({ points, unitLimit: 9 }), shares: fused.answers(points) }
    train(fused, 0, 20)
    expect(fused.answers(points)).not.toEqual(before.shares)
    expect(fused.answers(points, then)).toEqual(before.shares)
    expect(fused.activations({ points, unitLimit: 9, weights: then })).toEqual(before.maps)
  })
})

test('hot settings are taken up at the next step', async () => {
  const document = documents['dropout twice']!
  const { fused, reference, train } = await both(document)
  const later = withSettings(document, {
    'training.optimizer.learningRate': 0.3,
    'nodes.rest.rate': 0.5,
    'nodes.hidden.kernelRegularizer': part('l2', { rate: 0.1 })
  })
  for (const network of [fused, reference]) train(network, 0, 5)
  for (const network of [fused, reference]) network.configure(later)
  expectNear(
    train(fused, 5, 10).map(({ loss }) => loss),
    train(reference, 5, 10).map(({ loss }) => loss)
  )
  expectSameState(fused.readState(), reference.readState())
  reference.dispose()
})

test('a frozen layer stays as it is', async () => {
  const document = documents['batches and penalties']!
  const network = document.networks[0]!
  const hidden = network.nodes['hidden']!
  const frozen: Document = {
    ...document,
    networks: [{ ...network, nodes: { ...network.nodes, hidden: { ...hidden, frozen: true } } }]
  }
  const { fused, reference, train } = await both(frozen)
  const before = fused.weights().find(({ name }) => name === 'hidden/kernel')!
  train(fused, 0, 20)
  train(reference, 0, 20)
  expect(fused.weights().find(({ name }) => name === 'hidden/kernel')).toEqual(before)
  expectSameState(fused.readState(), reference.readState())
  reference.dispose()
})

describe('what there is no fused code for is told in words', () => {
  const dense = (config: object) =>
    chain({ layers: [['output', 'dense', { units: 2, activation: part('softmax'), ...config }]] })
  test.each([
    ['is one of pictures', lessonLike('conv2d')],
    ['holds its weights to a rule', dense({ kernelConstraint: part('maxNorm', { value: 1 }) })],
    ['keeps its gradients', chain({ clipping: part('norm', { norm: 1 }) })],
    ['counts every class alike', chain({ output: { classWeights: 'balanced' } })],
    [
      'dropout',
      chain({
        layers: [
          ['hidden', 'dense', { units: 2, activation: part('softmax') }],
          ['rest', 'dropout', {}]
        ]
      })
    ],
    [
      'activation',
      chain({
        layers: [
          ['hidden', 'dense', { units: 2, activation: part('tanh') }],
          ['bend', 'activation', { activation: part('softmax') }]
        ]
      })
    ],
    ['loss', chain({ layers: one('tanh') })]
  ] as const)('%s', (_, document) => {
    const derivation = derive(document, {})
    expect(derivation.problems).toEqual([])
    const problem = fusedEngine.supports(document, derivation)
    expect(problem?.message).toMatch(/^This network .*, which the engine for small networks cannot do\.$/)
    expect(problem?.code).toBe('not-fused')
  })
})

/** A project with a convolution. */
function lessonLike(type: string): Document {
  return chain({
    source: part('pictures', {}),
    layers: [
      ['see', type, {}],
      ['flat', 'flatten', {}],
      ['output', 'dense', { units: 2, activation: part('softmax') }]
    ]
  })
}
