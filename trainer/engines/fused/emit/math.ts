import type { FunctionBuilder, Local } from '../wasm/functionBuilder'
import { f32x4, i32x4, v128, type Vec } from '../wasm/instructions'

/** Vectors that are worked on together, so that none waits for another's result. */
export type Tile = readonly Local<'v128'>[]

const { abs, add, div, lt, mul, neg, pmax, pmin, sub } = f32x4

/**
 * Functions on vectors of four float32, without branches. Each takes variables and leaves them as they are; results
 * are new variables. All keep a number that is no number.
 */
export class VectorMath {
  constructor(private readonly f: FunctionBuilder) {}

  /** A constant in all four places. */
  number(value: number): Vec {
    return this.f.constant(`f32 ${value}`, () => f32x4.const(value))
  }

  /** Runs `body`; variables made in it are free afterwards. */
  scope(body: () => void): void {
    this.f.scope(body)
  }

  each(tile: readonly Vec[], value: (x: Vec, i: number) => Vec): Tile {
    return tile.map((x, i) => this.f.keep(value(x, i)))
  }

  /**
   * tanh x = x · P(x²) / Q(x²), fitted for the smallest largest relative error (1e-8 before rounding) up to |x| = 8.3,
   * from where on float32 has 1. At most 4e-7 off, relatively.
   */
  tanh(tile: Tile): Tile {
    const x = this.within(tile, 8.3)
    const y = this.each(x, (v) => mul(v, v))
    const p = this.polynomial(
      y,
      [
        0.9999999905182312, 0.134254667744434, 0.0035486888369464513, 2.1500530502434304e-5,
        1.4637017564973584e-8
      ]
    )
    const numerator = this.each(p, (v, i) => mul(x[i]!, v))
    const q = this.polynomial(
      y,
      [1, 0.4675879148758182, 0.026078124855668582, 0.0003373162753278394, 8.290556672282415e-7]
    )
    // Rounding would take it a little beyond 1, and slopes below 0.
    return this.within(
      this.each(q, (v, i) => div(numerator[i]!, v)),
      1
    )
  }

  /**
   * exp x: x = n · log 2 + r with |r| ≤ log 2 / 2, a polynomial for exp r, and n added to the exponent (Cephes' expf).
   * Between exp(−87.3) and exp(88.3), the ends of what float32 holds in full.
   */
  exp(tile: readonly Vec[]): Tile {
    const x = this.each(tile, (v) => pmax(pmin(v, this.number(88.3)), this.number(-87.3)))
    // Adding 1.5 · 2²³ rounds to a whole number, which then stands in the lowest bits.
    const magic = 12582912
    const shifted = this.each(x, (v) => add(mul(v, this.number(Math.LOG2E)), this.number(magic)))
    const n = this.each(shifted, (v) => sub(v, this.number(magic)))
    // log 2 in two parts: the first has few enough bits for n times it to be exact.
    const high = this.each(x, (v, i) => sub(v, mul(n[i]!, this.number(0.693359375))))
    const r = this.each(high, (v, i) => sub(v, mul(n[i]!, this.number(-2.1219444e-4))))
    const p = this.polynomial(
      r,
      [0.50000001201, 0.16666665459, 0.041665795894, 0.0083334519073, 0.0013981999507, 0.000198756915]
    )
    const e = this.each(p, (v, i) => add(add(mul(v, mul(r[i]!, r[i]!)), r[i]!), this.number(1)))
    return this.each(e, (v, i) => i32x4.add(v, i32x4.shl(shifted[i]!, 23)))
  }

  /** log x for numbers above 0 that float32 holds in full (Cephes' logf). */
  log(tile: Tile): Tile {
    const half = this.whole(0x3f000000)
    // x = 2ᵉ · m with m in [√½, √2).
    const m = this.each(tile, (v) => v128.or(v128.and(v, this.whole(0x007fffff)), half))
    const small = this.each(m, (v) => lt(v, this.number(Math.SQRT1_2)))
    const e = this.each(tile, (v, i) => {
      const exponent = f32x4.fromInts(i32x4.sub(i32x4.shr(v, 23), this.whole(126)))
      return sub(exponent, v128.and(small[i]!, this.number(1)))
    })
    const r = this.each(m, (v, i) => sub(add(v, v128.and(small[i]!, v)), this.number(1)))
    const p = this.polynomial(
      r,
      [
        0.33333331174, -0.24999993993, 0.20000714765, -0.16668057665, 0.14249322787, -0.12420140846,
        0.1167699874, -0.1151461031, 0.070376836292
      ]
    )
    const square = this.each(r, (v) => mul(v, v))
    const tail = this.each(p, (v, i) =>
      add(mul(mul(v, r[i]!), square[i]!), mul(e[i]!, this.number(-2.1219444e-4)))
    )
    // x − x is 0, or no number where x is none, which its bits do not show.
    const exact = this.each(tile, (v, i) => add(r[i]!, sub(v, v)))
    return this.each(tail, (v, i) =>
      add(add(sub(v, mul(square[i]!, this.number(0.5))), exact[i]!), mul(e[i]!, this.number(0.693359375)))
    )
  }

  /** log(1 + u) for u in [0, 1]: 2 · artanh(u / (2 + u)), which is as exact for tiny u as for 1. */
  log1p(tile: Tile): Tile {
    const s = this.each(tile, (u) => div(u, add(u, this.number(2))))
    const y = this.each(s, (v) => mul(v, v))
    const p = this.polynomial(
      y,
      [2.0000000078777482, 0.6666631593508046, 0.40024853723496334, 0.2796141883439841, 0.28174657264873487]
    )
    return this.each(p, (v, i) => mul(v, s[i]!))
  }

  /** exp(x) − 1 for x ≤ 0: 2t / (1 − t) with t = tanh(x / 2), which is exact near 0 where exp(x) − 1 is not. */
  expm1(tile: Tile): Tile {
    const t = this.tanh(this.each(tile, (v) => mul(v, this.number(0.5))))
    return this.each(t, (v) => div(add(v, v), sub(this.number(1), v)))
  }

  /** 1 / (1 + exp(−x)) */
  sigmoid(tile: Tile): Tile {
    const e = this.exp(this.each(tile, (v) => neg(v)))
    return this.each(e, (v) => div(this.number(1), add(v, this.number(1))))
  }

  /** softplus(x) = max(x, 0) + log(1 + exp(−|x|)), and its slope, which is sigmoid(x). */
  softplus(tile: Tile): { readonly value: Tile; readonly slope: Tile } {
    const e = this.exp(this.each(tile, (v) => neg(abs(v))))
    const rest = this.log1p(e)
    const value = this.each(rest, (v, i) => add(pmax(tile[i]!, this.number(0)), v))
    const slope = this.each(e, (v, i) => {
      const upper = v128.select(v, this.number(1), lt(tile[i]!, this.number(0)))
      return div(upper, add(v, this.number(1)))
    })
    return { value, slope }
  }

  /** −1, 0 or 1. */
  sign(x: Vec): Vec {
    const one = this.number(1)
    return sub(v128.and(f32x4.gt(x, f32x4.const(0)), one), v128.and(lt(x, f32x4.const(0)), one))
  }

  /** A whole number in all four places. */
  private whole(value: number): Vec {
    return this.f.constant(`i32 ${value}`, () => i32x4.const(value))
  }

  /** Cut off at ±limit. */
  private within(tile: Tile, limit: number): Tile {
    return this.each(tile, (v) => pmax(pmin(v, this.number(limit)), this.number(-limit)))
  }

  /** Σ cₖ · xᵏ, lowest power first. */
  private polynomial(tile: Tile, coefficients: readonly number[]): Tile {
    const [highest, ...rest] = [...coefficients].reverse()
    const sums = tile.map(() => this.f.local('v128'))
    for (const [step, coefficient] of rest.entries()) {
      const next = this.f.keep(this.number(coefficient))
      for (const [i, x] of tile.entries())
        this.f.set(sums[i]!, add(mul(step === 0 ? this.number(highest!) : sums[i]!, x), next))
    }
    return sums
  }
}
