import { randomStream } from '@core/random/stream'
import { FusedNetwork, WEIGHTS, type LayerWeights } from '@trainer/engines/fused/network'
import {
  answersOf,
  inputsOf,
  outputsOf,
  type FusedActivation,
  type FusedLayer,
  type FusedOptimizer,
  type FusedSpec
} from '@trainer/engines/fused/spec'
import type { ReferenceWeights } from './fusedReference'

/** Plain gradient descent. */
export const SGD: FusedOptimizer = { type: 'sgd', momentum: 0, nesterov: false }
/** A layer that learns. */
export const dense = (
  units: number,
  activation: FusedActivation,
  more: Partial<FusedLayer> = {}
): FusedLayer => ({
  ...{ units, activation, bias: true, trainable: true },
  ...more
})

/** A network with random data and weights, and the same in float64. */
export function given(part: Partial<FusedSpec> & Pick<FusedSpec, 'layers'>, seed = 1) {
  const spec: FusedSpec = {
    ...{
      inputs: 3,
      loss: { type: 'meanSquaredError' },
      reduction: 'mean',
      optimizer: SGD,
      rows: 23,
      batch: 23
    },
    ...part
  }
  const random = randomStream(seed, 'fused')
  const outputs = outputsOf(spec)
  const inputs = inputsOf(spec)
  const numbers = (count: number, spread = 1) =>
    Float32Array.from({ length: count }, () => random.normal() * spread)
  const x = numbers(spec.rows * inputs)
  const targets = targetsOf(spec, outputs / answersOf(spec), random)
  const network = new FusedNetwork(spec)
  network.setData(x, targets)
  const weights = spec.layers.map((layer, i): ReferenceWeights => {
    const own = network.weights(i)
    own.kernel.set(numbers(own.kernel.length, 0.7))
    own.bias.set(numbers(own.bias.length, 0.3))
    own.recurrent_kernel.set(numbers(own.recurrent_kernel.length, 0.5))
    return { kernel: rowsOf(own.kernel, layer.units), bias: [...own.bias] }
  })
  return { spec, network, weights, x: rowsOf(x, inputs), targets: rowsOf(targets, outputs) }
}

/** Right answers of `outputs` numbers each. */
function targetsOf(spec: FusedSpec, outputs: number, random: ReturnType<typeof randomStream>): Float32Array {
  const { loss } = spec
  const rows = spec.rows * answersOf(spec)
  const classes = loss.type.endsWith('CrossEntropy') || loss.type === 'hinge' || loss.type === 'perceptron'
  const targets = Float32Array.from({ length: rows * outputs }, () => random.normal())
  if (!classes) return targets
  if (outputs === 1) return targets.map((v) => Number(v > 0))
  targets.fill(0)
  for (let row = 0; row < rows; row++) targets[row * outputs + random.integer(outputs)] = 1
  return targets
}

/** [rows, width] as rows. */
export function rowsOf(values: Float32Array, width: number): number[][] {
  return Array.from({ length: values.length / width }, (_, i) => [
    ...values.subarray(i * width, (i + 1) * width)
  ])
}

/** Knobs of steps with the same rate. */
export const knobs = (steps: number, rate = 0.1, second = 0): Float32Array =>
  Float32Array.from({ length: 2 * steps }, (_, i) => (i % 2 === 0 ? rate : second))

/** 0, 1, 2 … */
export const upTo = (count: number): Int32Array => Int32Array.from({ length: count }, (_, i) => i)

/** A small network that tells three classes apart. */
export const classifier = {
  layers: [dense(5, 'tanh'), dense(3, 'softmax')],
  loss: { type: 'softmaxCrossEntropy' }
} as const

/** All weights of a network, one after the other. */
export function weightsOf(network: FusedNetwork): number[] {
  return network.spec.layers.flatMap((_, i) => WEIGHTS.flatMap((name) => [...network.weights(i)[name]]))
}

/** Weights as they are now. */
export const copyOf = ({ kernel, recurrent_kernel, bias }: LayerWeights): LayerWeights => ({
  ...{ kernel: kernel.slice(), recurrent_kernel: recurrent_kernel.slice(), bias: bias.slice() }
})

/** See `given`. */
export type FusedCase = ReturnType<typeof given>
