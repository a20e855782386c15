import { FLOAT, layOutBase, VECTOR, type Column, type Layout } from '../../layout'
import type { FusedSpec, SizedLayer } from '../../spec'
import { keepsSlope } from '../activations'

/** What stands in memory for one layer: one row a step, filled up to whole vectors. */
export interface StepBuffers {
  /** Answers; sums where the loss works from them. */
  readonly value: Column
  /** Slopes of the loss, by the layer's answers at first and then by its sums. Zeros fill rows up. */
  readonly delta: Column
  /** f′ of the sums, where it does not follow from the answers. */
  readonly slope: Column
}

/** Where things stand when four units of an example are side by side in a vector. */
export interface SequenceLayout extends Layout {
  readonly buffers: readonly StepBuffers[]
  /** From one point's answers to the next's. A row that is learned from stands where the first point does. */
  readonly pointBytes: number
}

/** Where everything stands for a network of this shape. */
export function layOutSequences(spec: FusedSpec): SequenceLayout {
  const { take, used, ...base } = layOutBase(spec)
  const { layers, passPoints, orderRows } = base
  const strideOf = ({ units }: SizedLayer): number => VECTOR * vectorsOf(units)
  const bytesOf = (layer: SizedLayer): number => layer.steps * strideOf(layer)
  const pointBytes = layers.reduce((n, layer) => n + bytesOf(layer), 0)
  let value = take(passPoints * pointBytes)
  const buffers = layers.map((layer): StepBuffers => {
    const stride = strideOf(layer)
    const own = {
      value: { base: value, stride },
      delta: { base: take(bytesOf(layer)), stride },
      slope: { base: take(keepsSlope(layer) ? bytesOf(layer) : 0), stride }
    }
    value += bytesOf(layer)
    return own
  })
  return {
    ...base,
    residentRows: orderRows,
    answer: (layer, number) => {
      const { units, steps, kept } = layers[layer]!
      const { base: first, stride } = buffers[layer]!.value
      const step = steps - kept + Math.floor(number / units)
      return { base: first + step * stride + FLOAT * (number % units), stride: pointBytes }
    },
    buffers,
    pointBytes,
    bytes: used()
  }
}

/** Vectors that hold so many numbers. */
export function vectorsOf(count: number): number {
  return Math.ceil(count / 4)
}
