import { describe, test } from 'vitest'
import type { FusedLayer, FusedLoss, FusedOptimizer } from '@trainer/engines/fused/spec'
import { FusedNetwork, type Penalty } from '@trainer/engines/fused/network'
import { expectGolden, golden } from '../core/helpers/golden'

interface Weights {
  readonly kernel: readonly number[]
  readonly bias: readonly number[]
}

/** Small trainings of Keras in float64: see tests/oracles/fused.py. */
interface Golden {
  readonly sizes: readonly number[]
  readonly rows: number
  readonly cases: readonly {
    readonly name: string
    readonly inputs: number
    readonly layers: readonly FusedLayer[]
    readonly loss: FusedLoss
    readonly optimizer: FusedOptimizer & { readonly decay?: number }
    readonly rate: number
    readonly reduction: 'mean' | 'sum'
    readonly penalties: readonly Penalty[]
    readonly x: readonly number[]
    readonly targets: readonly number[]
    readonly order: readonly number[]
    readonly start: readonly Weights[]
    readonly losses: readonly number[]
    readonly end: readonly Weights[]
  }[]
}
const { sizes, rows, cases } = golden<Golden>('fused.json')

describe('trains as Keras does', () => {
  test.each(cases)('$name', (given) => {
    const { optimizer, rate, start, end, losses } = given
    const network = new FusedNetwork({ ...given, rows, batch: 5 })
    network.setData(Float32Array.from(given.x), Float32Array.from(given.targets))
    network.setPenalties(given.penalties.map((kernel) => ({ kernel })))
    start.forEach((weights, layer) => {
      network.weights(layer).kernel.set(weights.kernel)
      network.weights(layer).bias.set(weights.bias)
    })
    const found = network.train({
      rows: Int32Array.from(given.order),
      sizes: Int32Array.from(sizes),
      knobs: Float32Array.from(sizes.flatMap((_, step) => knobsOf(optimizer, rate, step + 1)))
    })
    expectGolden(found.losses, losses)
    end.forEach((weights, layer) => {
      expectGolden(network.weights(layer).kernel, weights.kernel)
      expectGolden(network.weights(layer).bias, weights.bias)
    })
  })
})

function knobsOf(
  optimizer: FusedOptimizer & { readonly decay?: number },
  rate: number,
  step: number
): number[] {
  if (optimizer.type !== 'adam' && optimizer.type !== 'adamW') return [rate, 0]
  const corrected = (rate * Math.sqrt(1 - optimizer.beta2 ** step)) / (1 - optimizer.beta1 ** step)
  return [corrected, 1 - rate * (optimizer.decay ?? 0)]
}
