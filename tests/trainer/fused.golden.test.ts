import { describe, test } from 'vitest'
import type { FusedLayer, FusedLoss, FusedOptimizer } from '@trainer/engines/fused/spec'
import { FusedNetwork, WEIGHTS, type LayerWeights, type Penalty } from '@trainer/engines/fused/network'
import { expectGolden, golden } from '../core/helpers/golden'
import { copyOf, SGD } from './fusedCase'

type Weights = { readonly [name in keyof LayerWeights]?: readonly number[] }

/** Small trainings of Keras in float64: see tests/oracles/fused.py. */
interface Golden {
  readonly sizes: readonly number[]
  readonly rows: number
  readonly cases: readonly Case[]
}
interface Case {
  readonly name: string
  readonly inputs: number
  readonly steps?: number
  readonly answersEach?: boolean
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
  readonly gradients: readonly Weights[]
  readonly losses: readonly number[]
  readonly end: readonly Weights[]
}
const { sizes, rows, cases } = golden<Golden>('fused.json')

/** The network of a case at its start. */
function started(given: Case, optimizer: FusedOptimizer): FusedNetwork {
  const network = new FusedNetwork({ ...given, optimizer, rows, batch: 5 })
  network.setData(Float32Array.from(given.x), Float32Array.from(given.targets))
  network.setPenalties(given.penalties.map((kernel) => ({ kernel })))
  given.start.forEach((weights, layer) => {
    for (const name of WEIGHTS) network.weights(layer)[name].set(weights[name] ?? [])
  })
  return network
}

describe('trains as Keras does', () => {
  test.each(cases)('$name', (given) => {
    const { optimizer, rate, end, losses } = given
    const network = started(given, optimizer)
    const found = network.train({
      rows: Int32Array.from(given.order),
      sizes: Int32Array.from(sizes),
      knobs: Float32Array.from(sizes.flatMap((_, step) => knobsOf(optimizer, rate, step + 1)))
    })
    expectGolden(found.losses, losses)
    end.forEach((weights, layer) => {
      for (const name of WEIGHTS) expectGolden(network.weights(layer)[name], weights[name] ?? [])
    })
  })
})

describe('has the slopes that Keras has', () => {
  /** So far that where a weight comes from does not show in where it goes. */
  const far = 2 ** 20
  test.each(cases)('$name', (given) => {
    const network = started(given, SGD)
    const before = given.layers.map((_, layer) => copyOf(network.weights(layer)))
    network.train({
      rows: Int32Array.from(given.order).subarray(0, sizes[0]!),
      knobs: Float32Array.of(far, 0)
    })
    given.gradients.forEach((gradients, layer) => {
      for (const name of WEIGHTS) {
        const taken = network.weights(layer)[name].map((w, i) => (before[layer]![name][i]! - w) / far)
        expectGolden(taken, gradients[name] ?? [])
      }
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
