import { describe, expect, test } from 'vitest'
import { derive } from '@core/graph/derive'
import { part } from '@core/registry/define'
import { fusedEngine } from '@trainer/engines/fused/engine'
import { FusedNetwork } from '@trainer/engines/fused/network'
import type { FusedActivation, FusedLayer, FusedSpec, Recurrence } from '@trainer/engines/fused/spec'
import { expectGolden } from '../core/helpers/golden'
import { copyOf, dense, given, knobs, rowsOf, SGD, upTo, weightsOf } from './fusedCase'
import { sequenceChain } from './fusedSequences'

const memory = (units: number, activation: FusedActivation, more: Partial<Recurrence> = {}): FusedLayer =>
  dense(units, activation, { recurrent: { sequences: true, backwards: false, ...more } })

/** Labels each step of a sequence as one of three classes. */
const labeller = {
  ...{ inputs: 2, steps: 6, answersEach: true },
  layers: [memory(5, 'tanh'), memory(6, 'sigmoid', { backwards: true }), dense(3, 'softmax')],
  loss: { type: 'softmaxCrossEntropy' }
} as const satisfies Partial<FusedSpec>

const answered = (network: FusedNetwork, x: Float32Array): number[] => [...network.forward(x)]

describe('training on sequences', () => {
  test.each([1, 2, 7, 23])(
    'many steps of %i rows in a call are the same as one a call, bit for bit',
    (size) => {
      const [together, apart] = [given(labeller).network, given(labeller).network]
      const rows = Int32Array.from({ length: 12 * size }, (_, i) => (5 * i) % 23)
      const sizes = new Int32Array(12).fill(size)
      const all = together.train({ rows, sizes, knobs: knobs(12) })
      for (let step = 0; step < 12; step++) {
        const one = apart.train({ rows: rows.slice(step * size, (step + 1) * size), knobs: knobs(1) })
        expect(one.losses[0]).toBe(all.losses[step])
        expect(one.hits[0]).toBe(all.hits[step])
      }
      expect(weightsOf(apart)).toEqual(weightsOf(together))
    }
  )

  test('a step of several rows takes the sum of what each of them alone would take', () => {
    const rows = Int32Array.of(4, 17, 4, 0, 9)
    const [all, ...single] = [rows, ...Array.from(rows, (row) => Int32Array.of(row))].map((own) => {
      const { network } = given({ ...labeller, reduction: 'sum' })
      const before = weightsOf(network)
      const { losses, hits } = network.train({ rows: own, knobs: knobs(1) })
      return { losses, hits, taken: weightsOf(network).map((w, i) => w - before[i]!) }
    })
    const summed = (value: (one: (typeof single)[number]) => number): number =>
      single.reduce((sum, one) => sum + value(one), 0)
    expectGolden([all!.losses[0]!], [summed(({ losses }) => losses[0]!)])
    expect(all!.hits[0]).toBe(summed(({ hits }) => hits[0]!))
    // What is taken off weights near 1 is told to float32's precision of 1.
    const expected = all!.taken.map((_, i) => summed(({ taken }) => taken[i]!))
    const worst = expected.reduce((most, e, i) => Math.max(most, Math.abs(e - all!.taken[i]!)), 0)
    expect(worst).toBeLessThan(1e-6)
  })

  test('an average counts every step of every row alike', () => {
    const [average, sum] = (['mean', 'sum'] as const).map(
      (reduction) => given({ ...labeller, reduction }).network
    )
    average!.train({ rows: upTo(4), knobs: knobs(1, 0.24) })
    sum!.train({ rows: upTo(4), knobs: knobs(1, 0.24 / (4 * 6)) })
    expectGolden(weightsOf(average!), weightsOf(sum!))
  })

  test('looking in between changes nothing', () => {
    const [watched, alone] = [given(labeller).network, given(labeller).network]
    const rows = upTo(23)
    for (let step = 0; step < 5; step++) {
      watched.train({ rows, knobs: knobs(1) })
      watched.evaluate(upTo(9))
      watched.maps(Float32Array.from({ length: 24 }, (_, i) => Math.sin(i)))
    }
    alone.train({ rows, knobs: knobs(5) })
    expect(weightsOf(watched)).toEqual(weightsOf(alone))
  })

  test('frozen layers stay, and those below them learn', () => {
    const [first, second, last] = labeller.layers
    const { network } = given({ ...labeller, layers: [first, { ...second, trainable: false }, last] })
    const before = [0, 1, 2].map((i) => copyOf(network.weights(i)))
    network.train({ rows: upTo(23), knobs: knobs(3) })
    expect(copyOf(network.weights(1))).toEqual(before[1])
    for (const i of [0, 2]) {
      const { kernel, bias } = network.weights(i)
      expect(kernel).not.toEqual(before[i]!.kernel)
      expect(bias).not.toEqual(before[i]!.bias)
    }
    expect(network.weights(0).recurrent_kernel).not.toEqual(before[0]!.recurrent_kernel)
  })
})

describe('answers to sequences', () => {
  const points = Float32Array.from({ length: 5 * 12 }, (_, i) => Math.sin(3 * i))

  test('of many points are those of each alone', () => {
    const { network } = given(labeller)
    const together = rowsOf(network.forward(points), 18)
    expect(together).toEqual(rowsOf(points, 12).map((point) => answered(network, Float32Array.from(point))))
    const most = Float32Array.from({ length: 3000 * 12 }, (_, i) => points[i % points.length]!)
    expect(rowsOf(network.forward(most), 18)).toEqual(Array.from({ length: 3000 }, (_, i) => together[i % 5]))
  })

  test('of a memory that gives one answer are the last of one that gives all', () => {
    const layers = (sequences: boolean) => [memory(5, 'tanh', { sequences, backwards: true })]
    const [every, last] = [true, false].map(
      (sequences) => given({ inputs: 2, steps: 6, layers: layers(sequences), optimizer: SGD }).network
    )
    const steps = rowsOf(every!.forward(points), 30)
    expect(rowsOf(last!.forward(points, [every!.weights(0)]), 5)).toEqual(steps.map((row) => row.slice(-5)))
  })

  test('read backwards are those to the sequence turned round', () => {
    const networks = [true, false].map(
      (backwards) => given({ inputs: 2, steps: 6, layers: [memory(5, 'tanh', { backwards })] }).network
    )
    const turned = rowsOf(points, 12).flatMap((row) => rowsOf(Float32Array.from(row), 2).reverse().flat())
    expect(answered(networks[0]!, points)).toEqual(answered(networks[1]!, Float32Array.from(turned)))
  })

  test('with the weights of another time', () => {
    const { network } = given(labeller)
    const then = labeller.layers.map((_, i) => copyOf(network.weights(i)))
    const before = network.maps(points)
    network.train({ rows: upTo(23), knobs: knobs(20) })
    expect(network.maps(points)).not.toEqual(before)
    expect(network.maps(points, then)).toEqual(before)
  })

  test('a score is the sum over the rows asked for', () => {
    const { network } = given(labeller)
    const alone = [3, 17, 3].map((row) => network.evaluate(Int32Array.of(row)))
    const all = network.evaluate(Int32Array.of(3, 17, 3))
    expectGolden([all.loss], [alone.reduce((sum, { loss }) => sum + loss, 0)])
    expect(all.hits).toBe(alone.reduce((sum, { hits }) => sum + hits, 0))
  })
})

test('a row that is repeated and unrolled again is refused, in words', () => {
  const document = sequenceChain({
    source: part('moons'),
    layers: [
      ['again', 'repeatVector', { n: 3 }],
      ['flat', 'flatten', {}],
      ['output', 'dense', { units: 2, activation: part('softmax') }]
    ]
  })
  const derivation = derive(document, {})
  expect(derivation.problems).toEqual([])
  expect(fusedEngine.supports(document, derivation)?.message).toContain('repeats')
})

test('so many steps that their answers take much room are left to others', () => {
  const stacked = (gap: number) =>
    sequenceChain({
      source: part('memory', { samples: 20, gap }),
      layers: [
        ['first', 'simpleRnn', { units: 600, returnSequences: true }],
        ['second', 'simpleRnn', { units: 450 }],
        ['output', 'dense', { units: 4, activation: part('softmax') }]
      ]
    })
  const problem = (gap: number) => fusedEngine.supports(stacked(gap), derive(stacked(gap), {}))
  expect(problem(900)).toBeUndefined()
  expect(problem(1000)?.message).toContain('is large')
})

describe('what cannot be is refused', () => {
  test.each([
    ['a memory without steps', { inputs: 2, layers: [memory(3, 'tanh')] }],
    ['masks on steps', { inputs: 2, steps: 4, layers: [dense(3, 'tanh', { masked: true })] }],
    ['half a step', { inputs: 2, steps: 0.5, layers: [memory(3, 'tanh')] }],
    [
      'a loss that looks behind a memory',
      { inputs: 2, steps: 4, layers: [memory(3, 'softmax')], loss: { type: 'softmaxCrossEntropy' } }
    ]
  ] as const)('%s', (_, spec) => {
    expect(
      () =>
        new FusedNetwork({
          ...{ loss: { type: 'sumOfSquares' }, reduction: 'sum', optimizer: SGD, rows: 4, batch: 4 },
          ...spec
        })
    ).toThrow(RangeError)
  })

  const recurrent = (config: object) => ['memory', 'simpleRnn', { units: 4, ...config }] as const
  const answer = ['output', 'dense', { units: 3, activation: part('softmax') }] as const
  test.each([
    ['numbers that rest', [recurrent({ recurrentDropout: 0.2 }), answer]],
    ['dropout', [recurrent({}), ['rest', 'dropout', { rate: 0.2 }], answer]],
    ['unrolls the steps', [recurrent({ returnSequences: true }), ['flat', 'flatten', {}], answer]],
    [
      'repeats what a layer answers',
      [recurrent({}), ['again', 'repeatVector', { n: 3 }], ['later', 'simpleRnn', {}], answer]
    ],
    ['has LSTM', [['memory', 'lstm', { units: 4 }], answer]],
    ['has Masking', [['real', 'masking', {}], recurrent({}), answer]],
    ['an activation that does not follow', [recurrent({}), ['bend', 'activation', {}], answer]],
    ['holds its weights', [recurrent({ recurrentConstraint: part('maxNorm', { value: 1 }) }), answer]],
    ['a loss that does not go with', [['memory', 'simpleRnn', { units: 3, activation: part('softmax') }]]]
  ] as const)('%s, in words', (words, layers) => {
    const document = sequenceChain({
      source: part('waves', { task: 'classify', samples: 30, steps: 5 }),
      layers
    })
    const derivation = derive(document, {})
    expect(derivation.problems).toEqual([])
    const problem = fusedEngine.supports(document, derivation)
    expect(problem?.code).toBe('not-fused')
    expect(problem?.message).toContain(words)
  })
})
