import { sharesOf } from '@trainer/engines/fused/shares'
import { describe, expect, test } from 'vitest'
import { randomStream } from '@core/random/stream'
import { FusedNetwork } from '@trainer/engines/fused/network'
import type { FusedSpec } from '@trainer/engines/fused/spec'
import { expectGolden } from '../core/helpers/golden'
import { classifier, copyOf, dense, given, knobs, rowsOf, SGD, upTo, weightsOf } from './fusedCase'
import { referenceBatch, referenceMaps } from './fusedReference'

describe('answers', () => {
  const spec: FusedSpec = {
    ...{
      inputs: 2,
      loss: { type: 'halfSquaredError' },
      reduction: 'mean',
      optimizer: SGD,
      rows: 10,
      batch: 10
    },
    layers: [dense(4, 'tanh'), dense(2, 'tanh'), dense(1, 'tanh')]
  }

  test('every neuron’s map on a grid is that of float64', () => {
    const { network, weights } = given(spec)
    const points = Float32Array.from({ length: 20_000 }, (_, i) => {
      const point = i >> 1
      return (i % 2 === 0 ? point % 100 : Math.floor(point / 100)) / 8.25 - 6
    })
    const maps = network.maps(points)
    const expected = referenceMaps(network.spec, weights, rowsOf(points, 2))
    expect(maps.map((map) => map.length)).toEqual([40_000, 20_000, 10_000])
    maps.forEach((map, layer) => {
      const worst = expected[layer]!.reduce((most, v, i) => Math.max(most, Math.abs(map[i]! - v)), 0)
      expect(worst).toBeLessThan(2e-6)
    })
    expect(network.forward(points)).toEqual(maps[2])
  })

  test.each([1, 3, 8, 2047, 2048, 2049, 5000])('%i points', (count) => {
    const { network, weights } = given({ ...classifier, inputs: 2 })
    const random = randomStream(2, 'points')
    const points = Float32Array.from({ length: 2 * count }, () => random.normal())
    const expected = referenceMaps(network.spec, weights, rowsOf(points, 2))
    network.maps(points).forEach((map, layer) => expectGolden(map, expected[layer]!))
    const answers = network.forward(points)
    expect(answers).toHaveLength(3 * count)
    expectGolden(
      answers,
      Array.from({ length: 3 * count }, (_, i) => expected[1]![(i % 3) * count + Math.floor(i / 3)]!)
    )
  })

  test.each(['softmax', 'sigmoid', 'linear'] as const)(
    'a last %s that the loss looks behind',
    (activation) => {
      const type = activation === 'softmax' ? 'softmaxCrossEntropy' : 'sigmoidCrossEntropy'
      const { network, weights } = given({ layers: [dense(4, 'tanh'), dense(3, activation)], loss: { type } })
      const points = Float32Array.of(1, 2, 3, -1, 0.5, 0)
      expectGolden(network.maps(points)[1]!, referenceMaps(network.spec, weights, rowsOf(points, 3))[1]!)
    }
  )

  test('with the weights of another time', () => {
    const { network } = given(classifier)
    const points = Float32Array.of(1, 2, 3, -1, 0.5, 0)
    const then = network.spec.layers.map((_, i) => copyOf(network.weights(i)))
    const before = network.maps(points)
    network.train({ rows: upTo(23), knobs: knobs(20) })
    const now = weightsOf(network)
    expect(network.maps(points)).not.toEqual(before)
    expect(network.maps(points, then)).toEqual(before)
    expect(weightsOf(network)).toEqual(now)
  })

  test('a score is the sum over the rows asked for', () => {
    const { network, spec, weights, x, targets } = given(classifier)
    const rows = Int32Array.of(3, 17, 5, 5, 22, 0, 9)
    const pick = (list: readonly number[][]) => [...rows].map((row) => list[row]!)
    const expected = referenceBatch(spec, weights, pick(x), pick(targets))
    const found = network.evaluate(rows)
    expectGolden([found.loss], [expected.loss])
    expect(found.hits).toBe(expected.hits)
    expect(network.evaluate(Int32Array.of())).toEqual({ loss: 0, hits: 0 })
  })

  test('a single output says yes from the threshold up', () => {
    for (const threshold of [-0.2, 0, 0.5]) {
      const { network, spec, weights, x, targets } = given({
        layers: [dense(4, 'tanh'), dense(1, 'linear')],
        loss: { type: 'hinge' },
        threshold
      })
      expect(network.evaluate().hits).toBe(referenceBatch(spec, weights, x, targets).hits)
    }
  })
})

describe('what cannot be is refused', () => {
  test.each([
    ['no layers', { layers: [] }],
    ['no rows', { rows: 0 }],
    ['a cross-entropy of tanh', { layers: [dense(2, 'tanh')], loss: { type: 'softmaxCrossEntropy' } }],
    ['a share for a single class', { layers: [dense(1, 'softmax')], loss: { type: 'softmaxCrossEntropy' } }]
  ] as const)('%s', (_, part) => {
    const { spec } = given(classifier)
    expect(() => new FusedNetwork({ ...spec, ...part })).toThrow(RangeError)
  })

  test('rows that are not there', () => {
    const { network } = given(classifier)
    expect(() => network.evaluate(Int32Array.of(23))).toThrow(RangeError)
    expect(() => network.train({ rows: Int32Array.of(-1), knobs: knobs(1) })).toThrow(RangeError)
    expect(() =>
      network.train({ rows: Int32Array.of(23), sizes: Int32Array.of(1), knobs: knobs(1) })
    ).toThrow(RangeError)
  })
})

test('a single output of a hinge is one half at 0, where its answers part', () => {
  const reading = { outputs: 1, fromLogits: false, softmax: false }
  const second = (cut: number) =>
    [...sharesOf(Float32Array.of(-2, -1, 0, 0.5, 1), { ...reading, cut })].filter((_, i) => i % 2 === 1)
  expect(second(0)).toEqual([0, 0, 0.5, 0.75, 1])
  expect(second(0.5)).toEqual([0, 0, 0, 0.5, 1])
})

test('answers that add up to next to nothing give every class the same share', () => {
  const reading = { outputs: 2, fromLogits: false, softmax: false, cut: 0.5 }
  const answers = Float32Array.of(0, 0, 1e-39, 0, 1e-29, 3e-29)
  expect([...sharesOf(answers, reading)]).toEqual([0.5, 0.5, 0.5, 0.5, expect.closeTo(0.25, 6), 0.75])
})
