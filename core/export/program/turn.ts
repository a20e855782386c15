import { stridesOf, takeStrided } from './strided'

/** Numbers that lie row by row. */
type Values = Float32Array | Int32Array | Uint16Array | Int8Array

/** Row-major numbers of a shape with the axes in another order: the first axis of the result is `order[0]`. */
export function turn<V extends Values>(values: V, shape: readonly number[], order: readonly number[]): V {
  const own = stridesOf(shape)
  const made = values.slice() as V
  takeStrided(values, made, {
    shape: order.map((axis) => shape[axis]!),
    start: 0,
    strides: order.map((axis) => own[axis]!)
  })
  return made
}
