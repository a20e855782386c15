import { describe, expect, test } from 'vitest'
import { randomStream } from '@core/random/stream'
import type { FusedOptimizer } from '@trainer/engines/fused/spec'
import { expectGolden } from '../core/helpers/golden'
import { classifier, dense, given, knobs, rowsOf, upTo, weightsOf } from './fusedCase'
import { referenceBatch } from './fusedReference'

const ADAM: FusedOptimizer = { type: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 }
/** The order of some epochs of batches. */
function shuffled(rows: number, epochs: number, size: number): { rows: Int32Array; sizes: Int32Array } {
  const random = randomStream(1, 'order')
  const order = Array.from({ length: epochs }, () => [...random.permutation(rows)]).flat()
  const epoch = Array.from({ length: Math.ceil(rows / size) }, (_, i) => Math.min(size, rows - i * size))
  return {
    rows: Int32Array.from(order),
    sizes: Int32Array.from(Array.from({ length: epochs }, () => epoch).flat())
  }
}

describe('training', () => {
  test('many steps in a call are the same, bit for bit, as one step a call', () => {
    const { rows, sizes } = shuffled(23, 30, 7)
    const together = given({ ...classifier, optimizer: ADAM }).network
    const apart = given({ ...classifier, optimizer: ADAM }).network
    const all = together.train({ rows, sizes, knobs: knobs(sizes.length, 0.01) })
    let from = 0
    for (const [step, size] of sizes.entries()) {
      const one = apart.train({ rows: rows.slice(from, from + size), knobs: knobs(1, 0.01) })
      expect(one.losses[0]).toBe(all.losses[step])
      expect(one.hits[0]).toBe(all.hits[step])
      from += size
    }
    expect(weightsOf(apart)).toEqual(weightsOf(together))
  })

  test('more steps and rows than one call of the module takes', () => {
    const steps = 3000
    const long = given(classifier).network
    const short = given(classifier).network
    const rows = Int32Array.from({ length: 23 * steps }, (_, i) => i % 23)
    const found = long.train({ rows, sizes: new Int32Array(steps).fill(23), knobs: knobs(steps, 0.01) })
    const same = short.train({ rows: upTo(23), knobs: knobs(steps, 0.01) })
    expect(found).toEqual(same)
    expect(weightsOf(long)).toEqual(weightsOf(short))
  })

  test('looking in between changes nothing', () => {
    const [watched, alone] = [given(classifier).network, given(classifier).network]
    const rows = upTo(23)
    for (let step = 0; step < 5; step++) {
      watched.train({ rows, knobs: knobs(1) })
      watched.evaluate(upTo(9))
      watched.maps(Float32Array.of(1, 2, 3))
    }
    alone.train({ rows, knobs: knobs(5) })
    expect(weightsOf(watched)).toEqual(weightsOf(alone))
  })

  test('two networks of one shape do not touch each other', () => {
    const [first, second] = [given(classifier).network, given(classifier).network]
    const before = weightsOf(second)
    first.train({ rows: upTo(23), knobs: knobs(10) })
    expect(weightsOf(second)).toEqual(before)
  })

  test('the rate of each step is its own', () => {
    const [still, moving] = [given(classifier).network, given(classifier).network]
    const before = weightsOf(still)
    still.train({ rows: upTo(23), knobs: knobs(3, 0) })
    expect(weightsOf(still)).toEqual(before)
    still.train({ rows: upTo(23), knobs: knobs(1, 0.1) })
    moving.train({ rows: upTo(23), knobs: Float32Array.of(0, 0, 0, 0, 0, 0, 0.1, 0) })
    expect(weightsOf(moving)).toEqual(weightsOf(still))
  })

  test('penalties can be changed and taken away', () => {
    const { network, weights, spec, x, targets } = given(classifier)
    network.setPenalties([{ kernel: { l1: 0.3, l2: 0.2 }, bias: { l1: 0, l2: 0.4 } }, {}])
    network.setPenalties([{ kernel: { l1: 0.1, l2: 0.2 }, bias: { l1: 0.3, l2: 0 } }, {}])
    network.train({ rows: upTo(23), knobs: knobs(1, 1) })
    const { gradients } = referenceBatch(spec, weights, x, targets)
    const kernel = weights[0]!.kernel.flat()
    const loss = gradients[0]!.kernel.flat()
    expectGolden(
      network.weights(0).kernel,
      kernel.map((w, i) => w - (loss[i]! + 0.1 * Math.sign(w) + 2 * 0.2 * w))
    )
    expectGolden(
      network.weights(0).bias,
      weights[0]!.bias.map((w, i) => w - (gradients[0]!.bias[i]! + 0.3 * Math.sign(w)))
    )
    expectGolden(
      network.weights(1).kernel,
      weights[1]!.kernel.flat().map((w, i) => w - gradients[1]!.kernel.flat()[i]!)
    )
    const free = given(classifier).network
    const freed = given(classifier).network
    freed.setPenalties([{ kernel: { l1: 1, l2: 1 } }, {}])
    freed.setPenalties([{}, {}])
    for (const one of [free, freed]) one.train({ rows: upTo(23), knobs: knobs(1) })
    expect(weightsOf(freed)).toEqual(weightsOf(free))
  })

  test('the last slope again: w ← w − η·g − M·g₋₁', () => {
    const { network, weights, spec, x, targets } = given({
      ...classifier,
      optimizer: { type: 'previousGradient' }
    })
    const first = referenceBatch(spec, weights, x, targets)
    network.train({ rows: upTo(23), knobs: knobs(1, 0.5, 0.1) })
    const between = spec.layers.map((layer, i) => ({
      kernel: rowsOf(network.weights(i).kernel, layer.units),
      bias: [...network.weights(i).bias]
    }))
    const second = referenceBatch(spec, between, x, targets)
    network.train({ rows: upTo(23), knobs: knobs(1, 0.5, 0.1) })
    spec.layers.forEach((_, i) => {
      const [g0, g1] = [first.gradients[i]!.kernel.flat(), second.gradients[i]!.kernel.flat()]
      const w = weights[i]!.kernel.flat()
      expectGolden(
        network.weights(i).kernel,
        w.map((v, k) => v - 0.5 * g0[k]! - (0.5 * g1[k]! + 0.1 * g0[k]!))
      )
    })
  })

  test('an optimizer that forgets starts as a new one', () => {
    for (const optimizer of [ADAM, { type: 'adagrad', initialAccumulator: 0.1, epsilon: 1e-7 }] as const) {
      const { network } = given({ ...classifier, optimizer })
      const fresh = given({ ...classifier, optimizer }).network
      const start = fresh.slots(0).map(({ kernel }) => [...kernel])
      network.train({ rows: upTo(23), knobs: knobs(5, 0.01) })
      expect(network.slots(0).map(({ kernel }) => [...kernel])).not.toEqual(start)
      network.resetOptimizer()
      expect(network.slots(0).map(({ kernel }) => [...kernel])).toEqual(start)
    }
  })

  test.each([4, 5, 23])('masks of %i rows rest numbers on both ways', (size) => {
    const layers = [
      dense(5, 'tanh', { masked: true }),
      dense(6, 'relu'),
      dense(3, 'softmax', { masked: true })
    ]
    const { network, spec, weights, x, targets } = given({ ...classifier, layers, batch: size })
    const random = randomStream(3, 'masks')
    // Two steps: the second one has masks of its own.
    const masks = Float32Array.from({ length: 2 * size * (3 + 6) }, () => (random.uniform() < 0.5 ? 0 : 2))
    const rows = Int32Array.from({ length: 2 * size }, (_, i) => (i * 5) % 23)
    const own = rowsOf(masks, 9)
    const pick = (list: readonly number[][], from: number) =>
      [...rows.subarray(from, from + size)].map((r) => list[r]!)
    const maskRows = (from: number) => [
      own.slice(from, from + size).map((row) => row.slice(0, 3)),
      undefined,
      own.slice(from, from + size).map((row) => row.slice(3))
    ]
    const first = referenceBatch(spec, weights, pick(x, 0), pick(targets, 0), maskRows(0))
    const second = referenceBatch(spec, weights, pick(x, size), pick(targets, size), maskRows(size))
    const before = spec.layers.map((_, i) => network.weights(i).kernel.slice())
    const found = network.train({
      ...{ rows, masks },
      sizes: Int32Array.of(size, size),
      knobs: Float32Array.of(0, 0, 1, 0)
    })
    expectGolden(found.losses, [first.loss, second.loss])
    second.gradients.forEach(({ kernel }, i) =>
      expectGolden(
        network.weights(i).kernel,
        kernel.flat().map((g, k) => before[i]![k]! - g)
      )
    )
    // Nothing rests when the network answers.
    const now = spec.layers.map((layer, i) => ({
      kernel: rowsOf(network.weights(i).kernel, layer.units),
      bias: [...network.weights(i).bias]
    }))
    expectGolden([network.evaluate().loss], [referenceBatch(spec, now, x, targets).loss])
  })

  test('a loss that is no number any more is told', () => {
    const { network } = given({ ...classifier, layers: [dense(5, 'relu'), dense(3, 'softmax')] })
    const { losses } = network.train({ rows: upTo(23), knobs: knobs(50, 1e30) })
    expect(losses.at(-1)).toBeNaN()
  })
})

test('10,000 steps with pictures in between take no more memory', () => {
  const { network } = given({ ...classifier, inputs: 2 })
  const rows = upTo(23)
  const points = new Float32Array(2000)
  const work = (rounds: number): void => {
    for (let i = 0; i < rounds; i++) {
      network.train({ rows, knobs: knobs(10, 0.001) })
      if (i % 100 === 0) network.maps(points)
    }
  }
  work(100)
  const before = process.memoryUsage().external
  work(1000)
  // What is allocated for results is garbage sooner or later; a megabyte of it may still wait.
  expect(process.memoryUsage().external - before).toBeLessThan(2 ** 20)
})
