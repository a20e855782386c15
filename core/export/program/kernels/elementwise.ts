import { sizeOf } from '../../../graph/signal'
import type { Kernels, Numbers } from '../interpret'
import type { BinaryKind, CompareKind, UnaryKind } from '../program'

const unary: { readonly [K in UnaryKind]: (x: number) => number } = {
  neg: (x) => -x,
  abs: Math.abs,
  sign: Math.sign,
  square: (x) => x * x,
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  relu: (x) => Math.max(x, 0),
  elu: (x) => (x >= 0 ? x : Math.expm1(x)),
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
}

const binary: { readonly [K in BinaryKind]: (a: number, b: number) => number } = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  maximum: Math.max,
  minimum: Math.min,
  pow: Math.pow
}

const compare: { readonly [K in CompareKind]: (a: number, b: number) => boolean } = {
  greater: (a, b) => a > b,
  greaterEqual: (a, b) => a >= b,
  less: (a, b) => a < b,
  lessEqual: (a, b) => a <= b,
  equal: (a, b) => a === b,
  notEqual: (a, b) => a !== b
}

/** Where in an input each place of the output is found, the input being stretched to the output's shape. */
function places({ shape, values }: Numbers, to: readonly number[]): (at: number) => number {
  if (values.length === 1) return () => 0
  const own = shape.filter((_, axis) => shape.slice(0, axis).some((n) => n > 1) || shape[axis]! > 1)
  // What lies along the last axes of the output repeats itself.
  if (own.every((n, axis) => n === to[to.length - own.length + axis])) {
    const { length } = values
    return (at) => at % length
  }
  const strides = new Array<number>(to.length).fill(0)
  let stride = 1
  for (let axis = 1; axis <= shape.length; axis++) {
    const size = shape.at(-axis)!
    if (size > 1) strides[to.length - axis] = stride
    stride *= size
  }
  return (at) => {
    let place = 0
    let rest = at
    for (let axis = to.length - 1; axis >= 0; axis--) {
      const size = to[axis]!
      place += (rest % size) * strides[axis]!
      rest = Math.floor(rest / size)
    }
    return place
  }
}

export const elementwiseKernels = {
  unary: ([x], { kind }) => Float32Array.from(x!.values, unary[kind]),
  leakyRelu: ([x], { alpha }) => Float32Array.from(x!.values, (v) => (v >= 0 ? v : v * alpha)),
  binary: ([a, b], { kind }, shape) => {
    const [f, left, right] = [binary[kind], places(a!, shape), places(b!, shape)]
    const made = new (a!.values instanceof Int32Array ? Int32Array : Float32Array)(sizeOf(shape))
    for (let i = 0; i < made.length; i++) made[i] = f(a!.values[left(i)]!, b!.values[right(i)]!)
    return made
  },
  compare: ([a, b], { kind }, shape) => {
    const [f, left, right] = [compare[kind], places(a!, shape), places(b!, shape)]
    return Int32Array.from({ length: sizeOf(shape) }, (_, i) =>
      Number(f(a!.values[left(i)]!, b!.values[right(i)]!))
    )
  },
  where: ([condition, a, b], _attributes, shape) => {
    const [asked, left, right] = [places(condition!, shape), places(a!, shape), places(b!, shape)]
    return Float32Array.from({ length: sizeOf(shape) }, (_, i) =>
      condition!.values[asked(i)]! ? a!.values[left(i)]! : b!.values[right(i)]!
    )
  },
  cast: ([x], { to }) => {
    if (to === 'float32') return Float32Array.from(x!.values)
    return to === 'int32'
      ? Int32Array.from(x!.values, Math.trunc)
      : Int32Array.from(x!.values, (v) => Number(v !== 0))
  },
  softmax: ([x], _attributes, shape) => {
    const width = shape.at(-1)!
    const made = Float32Array.from(x!.values)
    for (let from = 0; from < made.length; from += width) {
      const row = made.subarray(from, from + width)
      const top = row.reduce((a, b) => Math.max(a, b), -Infinity)
      const powers = Array.from(row, (v) => Math.exp(v - top))
      const sum = powers.reduce((a, b) => a + b, 0)
      row.set(powers.map((v) => v / sum))
    }
    return made
  }
} satisfies Partial<Kernels>
