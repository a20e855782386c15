import type { ExportModel } from './model'

/** JSON of nested lists, as `--init` takes it. */
export type Nested = number | readonly Nested[]

/** Row-major numbers as nested lists. */
export function nest(values: Float32Array, shape: readonly number[]): Nested {
  const [first, ...rest] = shape
  if (first === undefined) return values[0]!
  const size = values.length / first
  return Array.from({ length: first }, (_, i) => nest(values.subarray(i * size, (i + 1) * size), rest))
}

/** A weight with its values. */
export interface ExportedWeight {
  /** node/weight */
  readonly name: string
  readonly nodeId: string
  /** Within its layer: kernel. */
  readonly own: string
  readonly shape: readonly number[]
  readonly values: Float32Array
}

/** All weights of a network, layer by layer in Keras' order. */
export function exportedWeights({
  plan,
  values
}: Pick<ExportModel, 'plan' | 'values'>): readonly ExportedWeight[] {
  return plan.weights.map(({ name, nodeId, spec }) => ({
    name,
    nodeId,
    own: spec.name,
    shape: spec.shape,
    values: values.get(name)!
  }))
}
