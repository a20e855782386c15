import * as tf from '@tensorflow/tfjs-core'
import { activations, layers } from '@core/registry'
import { fullConfig } from '@core/registry/complete'
import type { Ops, Tensor } from '@core/registry/define'
import type { Config } from '@core/registry/fields'
import type { Signal } from '@core/graph/signal'

/** Numbers in nested lists, as the golden files have them. */
export type Nested = number | readonly Nested[]
type Named<T> = { readonly [name: string]: T }

/** One case of tests/oracles/layers/<type>.json. */
export interface LayerCase {
  readonly name: string
  readonly config: Config
  readonly training: boolean
  readonly inputs: Named<Nested>
  readonly masks?: Named<Nested>
  readonly weights: Named<Nested>
  readonly output: Nested
  readonly outputMask?: Nested
  readonly weighting?: Nested
  readonly inputSlopes?: Named<Nested>
  readonly weightSlopes?: Named<Nested>
  readonly updated?: Named<Nested>
}

const upload = (values: Nested): Tensor => tf.tensor(values as number[], undefined, 'float32')
const uploadAll = (named: Named<Nested> = {}): Named<Tensor> =>
  Object.fromEntries(Object.entries(named).map(([name, values]) => [name, upload(values)]))

/** A layer of the registry as a function of tensors, with the values of one case. */
export function layerOf(
  ops: Ops,
  type: string,
  example: Pick<LayerCase, 'config' | 'inputs' | 'masks' | 'training'>
) {
  const layer = layers[type]!
  const config = fullConfig(layer.fields, example.config)
  const masks = uploadAll(example.masks)
  const assigned: Record<string, Tensor> = {}
  let outputMask: Tensor | undefined
  const run = (inputs: Named<Tensor>, weights: Named<Tensor>): Tensor => {
    outputMask = masks['input']
    return layer.forward!({
      ops,
      config,
      inputs,
      weights,
      training: example.training,
      hot: (field) => tf.scalar(config[field] as number),
      random: () => {
        throw new Error('A golden case has no random numbers.')
      },
      activate: (part, x) => activations[part.type]!.forward(ops, x, part.config),
      assign: (weight, value) => (assigned[weight] = value),
      masks,
      setMask: (mask) => (outputMask = mask)
    })
  }
  const signals = Object.fromEntries(
    Object.entries(example.inputs).map(([port, values]): [string, Signal] => [
      port,
      { kind: 'numbers', shape: upload(values).shape.slice(1) }
    ])
  )
  return { layer, config, signals, run, assigned, outputMask: () => outputMask }
}

/** What a case comes to with the layer of the registry. */
export function compute(ops: Ops, type: string, example: LayerCase) {
  const built = layerOf(ops, type, example)
  const inputs = uploadAll(example.inputs)
  const weights = uploadAll(example.weights)
  const output = built.run(inputs, weights)
  const outputMask = built.outputMask()
  const updated = { ...built.assigned }
  const slopeOf = Object.keys({ ...example.inputSlopes })
  const trained = Object.keys({ ...example.weightSlopes })
  let slopes: Tensor[] = []
  if (example.weighting !== undefined && slopeOf.length + trained.length > 0) {
    const weighting = upload(example.weighting)
    const objective = (...values: Tensor[]): Tensor => {
      const given = Object.fromEntries(slopeOf.map((port, i) => [port, values[i]!]))
      const learned = Object.fromEntries(trained.map((name, i) => [name, values[slopeOf.length + i]!]))
      return ops.sum(ops.mul(built.run({ ...inputs, ...given }, { ...weights, ...learned }), weighting))
    }
    slopes = tf.grads(objective)([...slopeOf.map((p) => inputs[p]!), ...trained.map((n) => weights[n]!)])
  }
  return {
    ...built,
    output,
    outputMask,
    updated,
    inputSlopes: Object.fromEntries(slopeOf.map((port, i) => [port, slopes[i]!])),
    weightSlopes: Object.fromEntries(trained.map((name, i) => [name, slopes[slopeOf.length + i]!]))
  }
}

/** max|a − b| ≤ 1e-5 · max|b| + 1e-7, and the same number of values. */
export function difference(actual: Tensor, expected: Nested): { error: number; allowed: number } {
  const a = actual.dataSync()
  const b = [expected].flat(Infinity) as number[]
  if (a.length !== b.length) throw new Error(`${a.length} values, not ${b.length}.`)
  let error = 0
  let size = 0
  for (const [i, value] of b.entries()) {
    // A NaN must not slip through a comparison.
    const apart = Math.abs(a[i]! - value)
    error = apart <= error ? error : apart
    size = Math.max(size, Math.abs(value))
  }
  return { error, allowed: 1e-5 * size + 1e-7 }
}
