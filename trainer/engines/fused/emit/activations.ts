import { f32x4, v128, type Vec } from '../wasm/instructions'
import type { FusedActivation, SizedLayer } from '../spec'
import type { Tile, VectorMath } from './math'

const { add, gt, ge, lt, mul, sub } = f32x4

/** An activation on sums z, and its slope. */
interface ActivationCode {
  /** f(z). `slope` is there where it cannot be told from f(z) later. */
  readonly value: (
    math: VectorMath,
    z: Tile,
    negativeSlope: number
  ) => { readonly value: Tile; readonly slope?: Tile }
  /** What remains of the slope d by f(z): d · f′(z), from h = f(z). */
  readonly through?: (math: VectorMath, d: Vec, h: Vec, negativeSlope: number) => Vec
}

/** Softmax is missing: it works across neurons (see `softmax.ts`). */
const CODE: { readonly [type in Exclude<FusedActivation, 'softmax'>]: ActivationCode } = {
  linear: { value: (_, z) => ({ value: z }), through: (_, d) => d },
  relu: {
    value: (math, z) => ({ value: math.each(z, (v) => f32x4.pmax(v, math.number(0))) }),
    through: (math, d, h) => v128.and(d, gt(h, math.number(0)))
  },
  leakyRelu: {
    value: (math, z, slope) => ({
      value: math.each(z, (v) => v128.select(mul(v, math.number(slope)), v, lt(v, math.number(0))))
    }),
    through: (math, d, h, slope) => v128.select(d, mul(d, math.number(slope)), gt(h, math.number(0)))
  },
  elu: {
    value: (math, z) => {
      const below = math.expm1(math.each(z, (v) => f32x4.pmin(v, math.number(0))))
      return { value: math.each(z, (v, i) => v128.select(v, below[i]!, gt(v, math.number(0)))) }
    },
    through: (math, d, h) => v128.select(d, mul(d, add(h, math.number(1))), gt(h, math.number(0)))
  },
  tanh: {
    value: (math, z) => ({ value: math.tanh(z) }),
    through: (math, d, h) => mul(d, sub(math.number(1), mul(h, h)))
  },
  sigmoid: {
    value: (math, z) => ({ value: math.sigmoid(z) }),
    through: (math, d, h) => mul(d, mul(h, sub(math.number(1), h)))
  },
  softplus: { value: (math, z) => math.softplus(z) },
  gaussian: {
    value: (math, z) => {
      const value = math.exp(math.each(z, (v) => f32x4.neg(mul(v, v))))
      return { value, slope: math.each(z, (v, i) => mul(mul(v, math.number(-2)), value[i]!)) }
    }
  },
  step: {
    value: (math, z) => ({ value: math.each(z, (v) => v128.and(ge(v, math.number(0)), math.number(1))) }),
    through: (math) => math.number(0)
  }
}

/** Does the slope have to be kept beside the answer? */
export function keepsSlope({ activation, behindLoss }: SizedLayer): boolean {
  return activation !== 'softmax' && !behindLoss && !CODE[activation].through
}

/** A layer's activation of some sums, a few at a time, as registers last. Softmax is left to its own pass. */
export function activate(
  math: VectorMath,
  { activation, negativeSlope }: SizedLayer,
  sums: Tile,
  use: (i: number, value: Vec, slope: Vec | undefined) => void
): void {
  if (activation === 'softmax') return sums.forEach((z, i) => use(i, z, undefined))
  const together = 4
  for (let from = 0; from < sums.length; from += together)
    math.scope(() => {
      const { value, slope } = CODE[activation].value(math, sums.slice(from, from + together), negativeSlope)
      value.forEach((v, i) => use(from + i, v, slope?.[i]))
    })
}

/** d · f′(z): what remains of a slope on its way back through an activation, from its answer h. */
export function backThrough(
  math: VectorMath,
  { activation, negativeSlope }: SizedLayer,
  d: Vec,
  h: Vec,
  slope: Vec
): Vec {
  if (activation === 'softmax') return d
  const { through } = CODE[activation]
  return through ? through(math, d, h, negativeSlope) : mul(d, slope)
}
