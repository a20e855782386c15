import * as tf from '@tensorflow/tfjs-core'
import { activations, layers } from '@core/registry'
import { fullConfig } from '@core/registry/complete'
import type { Inferred, LayerDefinition, Ops, Tensor } from '@core/registry/define'
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

/**
 * Layers whose slopes need a kernel that TensorFlow.js' WebAssembly lacks, or has with other numbers (pools whose
 * windows lie over an edge or overlap); that engine is for dense networks.
 */
export const nativeOnly = /^(conv|embedding|maxPooling|averagePooling)/

/** How a layer is run. */
interface Setting {
  readonly config: Config
  readonly training: boolean
  readonly masks?: Named<Tensor>
  /** Uniform numbers; a layer that asks for some without it throws. */
  readonly random?: (shape: readonly number[]) => Tensor
}

/** A layer of the registry as a function of tensors. */
export function layerOf(ops: Ops, type: string, { config, training, masks = {}, random }: Setting) {
  const layer = layers[type]!
  const settings = fullConfig(layer.fields, config)
  const assigned: Record<string, Tensor> = {}
  let outputMask: Tensor | undefined
  const run = (inputs: Named<Tensor>, weights: Named<Tensor>): Tensor => {
    outputMask = masks['input']
    return layer.forward!({
      ops,
      config: settings,
      inputs,
      weights,
      training,
      hot: (field) => tf.scalar(settings[field] as number),
      random:
        random ??
        (() => {
          throw new Error('This layer was to be run without random numbers.')
        }),
      activate: (part, x) => activations[part.type]!.forward(ops, x, part.config),
      assign: (weight, value) => (assigned[weight] = value),
      masks,
      setMask: (mask) => (outputMask = mask)
    })
  }
  return { layer, config: settings, run, assigned, outputMask: () => outputMask }
}

/** Signals with the shapes of tensors, without the batch. */
export function signalsOf(inputs: Named<Tensor>): Named<Signal> {
  return Object.fromEntries(
    Object.entries(inputs).map(([port, x]) => [port, { kind: 'numbers', shape: x.shape.slice(1) }])
  )
}

/** The shapes that a layer infers from these inputs. */
export function inferred(layer: LayerDefinition, config: Config, inputs: Named<Signal>): Inferred {
  const data = { features: [], classes: [], shape: [], target: { shape: [] } }
  return layer.infer({ nodeId: 'node', config, inputs, data, producer: () => undefined })
}

/** What a case comes to with the layer of the registry. */
export function compute(ops: Ops, type: string, example: LayerCase) {
  const { config, training } = example
  const built = layerOf(ops, type, { config, training, masks: uploadAll(example.masks) })
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
    signals: signalsOf(inputs),
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
  const b = flat(expected)
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

/** All numbers in order. */
export const flat = (values: Nested): number[] =>
  typeof values === 'number' ? [values] : values.flatMap(flat)
