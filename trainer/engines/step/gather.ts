import type { Dataset } from '@core/data/dataset'
import { sizeOf } from '@core/graph/signal'

/** Examples as floats: [rows, …shape], row-major. */
export function gatherExamples({ x, scale, shape }: Dataset, rows: Int32Array): Float32Array {
  const width = sizeOf(shape)
  const found = new Float32Array(rows.length * width)
  for (const [i, row] of rows.entries()) {
    const from = row * width
    if (x instanceof Float32Array) found.set(x.subarray(from, from + width), i * width)
    else for (let j = 0; j < width; j++) found[i * width + j] = x[from + j]! * scale
  }
  return found
}

/**
 * Right answers as a loss wants them [rows · positions, outputs]: one-hot, the class number itself where the network
 * gives a single number for two classes, or the numbers that are to be hit. `examples` are what the rows show.
 */
export function gatherTargets(
  dataset: Dataset,
  rows: Int32Array,
  outputs: number,
  examples?: Float32Array
): Float32Array {
  const { y, target } = dataset
  if (y === undefined) return examples ?? gatherExamples(dataset, rows)
  const width = sizeOf(target.shape)
  const oneHot = target.classes !== undefined && outputs > 1
  const found = new Float32Array(rows.length * width * (oneHot ? outputs : 1))
  for (const [i, row] of rows.entries())
    for (let j = 0; j < width; j++) {
      const value = y[row * width + j]!
      if (oneHot) found[(i * width + j) * outputs + value] = 1
      else found[i * width + j] = value
    }
  return found
}
