/** Numbers that lie row by row. */
type Values = Float32Array | Int32Array | Uint16Array | Int8Array

/** Row-major numbers of a shape with the axes in another order: the first axis of the result is `order[0]`. */
export function turn<V extends Values>(values: V, shape: readonly number[], order: readonly number[]): V {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1))
  const dims = order.map((axis) => shape[axis]!)
  const steps = order.map((axis) => strides[axis]!)
  const made = values.slice() as V
  const at = new Array<number>(dims.length).fill(0)
  let from = 0
  for (let i = 0; i < made.length; i++) {
    made[i] = values[from]!
    for (let axis = dims.length - 1; axis >= 0; axis--) {
      from += steps[axis]!
      if (++at[axis]! < dims[axis]!) break
      from -= steps[axis]! * dims[axis]!
      at[axis] = 0
    }
  }
  return made
}
