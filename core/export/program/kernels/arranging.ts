import { sizeOf } from '../../../graph/signal'
import { stridesOf, takeStrided } from '../strided'
import type { Kernels, Numbers } from '../interpret'

const like = ({ values }: Numbers, length: number): Float32Array | Int32Array =>
  new (values instanceof Int32Array ? Int32Array : Float32Array)(length)

/** Numbers taken from an input: axis by axis, a step of the output is so many steps in the input. */
function taken(
  x: Numbers,
  shape: readonly number[],
  start: number,
  strides: readonly number[]
): Float32Array | Int32Array {
  const made = like(x, sizeOf(shape))
  takeStrided(x.values, made, { shape, start, strides })
  return made
}

export const arrangingKernels = {
  reshape: ([x]) => x!.values,
  transpose: ([x], { order }, shape) => {
    const strides = stridesOf(x!.shape)
    return taken(
      x!,
      shape,
      0,
      order.map((axis) => strides[axis]!)
    )
  },
  slice: ([x], { begin }, shape) => {
    const strides = stridesOf(x!.shape)
    return taken(
      x!,
      shape,
      begin.reduce((sum, n, axis) => sum + n * strides[axis]!, 0),
      strides
    )
  },
  reverse: ([x], { axes }, shape) => {
    const strides = stridesOf(shape)
    const start = axes.reduce((sum, axis) => sum + (shape[axis]! - 1) * strides[axis]!, 0)
    return taken(
      x!,
      shape,
      start,
      strides.map((n, axis) => (axes.includes(axis) ? -n : n))
    )
  },
  concat: (inputs, { axis }, shape) => {
    const made = like(inputs[0]!, sizeOf(shape))
    const before = sizeOf(shape.slice(0, axis))
    const [row, behind] = [sizeOf(shape.slice(axis)), sizeOf(shape.slice(axis + 1))]
    let offset = 0
    for (const { shape: own, values } of inputs) {
      const width = own[axis]! * behind
      for (let i = 0; i < before; i++) made.set(values.subarray(i * width, (i + 1) * width), i * row + offset)
      offset += width
    }
    return made
  },
  pad: ([x], { pads, value }, shape) => {
    const made = like(x!, sizeOf(shape)).fill(value)
    const strides = stridesOf(shape)
    const own = stridesOf(x!.shape)
    for (let i = 0; i < x!.values.length; i++) {
      let to = 0
      for (let axis = 0; axis < shape.length; axis++)
        to += ((Math.floor(i / own[axis]!) % x!.shape[axis]!) + pads[axis]![0]) * strides[axis]!
      made[to] = x!.values[i]!
    }
    return made
  },
  gather: ([table, numbers]) => {
    const width = table!.shape[1]!
    const made = new Float32Array(numbers!.values.length * width)
    numbers!.values.forEach((row, i) =>
      made.set(table!.values.subarray(row * width, (row + 1) * width), i * width)
    )
    return made
  },
  reduce: ([x], { kind, axes }) => {
    const strides = stridesOf(x!.shape)
    const [kept, gone] = [
      x!.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis])),
      x!.shape.flatMap((_, axis) => (axes.includes(axis) ? [axis] : []))
    ]
    const order = [...kept, ...gone]
    const rows = taken(
      x!,
      order.map((axis) => x!.shape[axis]!),
      0,
      order.map((axis) => strides[axis]!)
    )
    const width = sizeOf(gone.map((axis) => x!.shape[axis]!))
    return Float32Array.from({ length: rows.length / width }, (_, i) => {
      const row = rows.subarray(i * width, (i + 1) * width) as Float32Array
      if (kind === 'max') return row.reduce((a, b) => Math.max(a, b), -Infinity)
      if (kind === 'min') return row.reduce((a, b) => Math.min(a, b), Infinity)
      const sum = row.reduce((a, b) => a + b, 0)
      return kind === 'mean' ? sum / width : sum
    })
  },
  fill: (_inputs, { value }, shape) => new Float32Array(sizeOf(shape)).fill(value),
  matMul: ([a, b], { transposeA, transposeB }, shape) => {
    const [rows, columns] = shape as readonly [number, number]
    const inner = a!.shape[transposeA ? 0 : 1]!
    const [aRow, aStep] = transposeA ? [1, rows] : [inner, 1]
    const [bStep, bColumn] = transposeB ? [1, inner] : [columns, 1]
    const made = new Float32Array(rows * columns)
    const sums = new Float64Array(columns)
    for (let i = 0; i < rows; i++) {
      sums.fill(0)
      for (let k = 0; k < inner; k++) {
        const factor = a!.values[i * aRow + k * aStep]!
        for (let j = 0; j < columns; j++) sums[j]! += factor * b!.values[k * bStep + j * bColumn]!
      }
      made.set(sums, i * columns)
    }
    return made
  }
} satisfies Partial<Kernels>
