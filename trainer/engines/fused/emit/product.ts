import type { Local } from '../wasm/functionBuilder'
import { f32x4, v128, type Vec } from '../wasm/instructions'
import { VECTOR } from '../layout'
import type { Context, Frame } from './context'
import type { Tile } from './math'
import { beyond, walk, type Place } from './walk'

/** Units that are summed up side by side: with two groups eight sums, which leaves registers for the factors. */
const UNITS_TOGETHER = 4
/** Up to here code is written out instead of looped. */
const UNROLLED = { blocks: 1, factors: 4 }
/** Factors of one turn of a loop. */
const FACTORS_TOGETHER = 4

/** Sums over `factors.count` numbers of an example, each times a weight; one sum for each of `count` units. */
export interface Product {
  readonly count: number
  readonly factors: { readonly count: number; readonly from: Place; readonly stride: number }
  /** Where the first weight stands, and the bytes to the next unit's and to the next factor's. */
  readonly weights: { readonly from: Place; readonly unitStride: number; readonly factorStride: number }
  /** What sums start from, one number a unit. */
  readonly bias?: Place
  /** Places that move along with the units: buffers that results go to or are made with. */
  readonly beside: readonly { readonly from: Place; readonly stride: number }[]
}

/**
 * Emits the product. `finish` is given the sums of some units, unit by unit and in it group by group, and the places
 * beside at the first of them.
 */
export function product(
  { groups }: Context,
  { f }: Frame,
  { count, factors, weights, bias, beside }: Product,
  finish: (sums: Tile, at: readonly Place[]) => void
): void {
  const places = [
    { from: weights.from, stride: weights.unitStride },
    ...(bias ? [{ from: bias, stride: 4 }] : []),
    ...beside
  ]
  walk(f, { count, step: UNITS_TOGETHER, unroll: UNROLLED.blocks, places }, ([weight, ...others], units) => {
    const start = bias && others.shift()
    const sums = Array.from({ length: units * groups }, () => f.local('v128'))
    const unrolled = factors.count <= UNROLLED.factors
    let fresh = !start && unrolled
    if (!fresh)
      for (let k = 0; k < units; k++) {
        const first = f.keep(start ? splat(start, 4 * k) : f32x4.const(0))
        for (let g = 0; g < groups; g++) f.set(sums[k * groups + g]!, first)
      }
    const inner = {
      count: factors.count,
      step: unrolled ? 1 : FACTORS_TOGETHER,
      unroll: unrolled ? factors.count : 1,
      places: [
        { from: factors.from, stride: factors.stride },
        { from: weight!, stride: weights.factorStride }
      ]
    }
    walk(f, inner, ([factor, own], size) => {
      for (let s = 0; s < size; s++) {
        const numbers = Array.from({ length: groups }, (_, g) =>
          f.keep(load(factor!, s * factors.stride + VECTOR * g))
        )
        for (let k = 0; k < units; k++) {
          const w = f.keep(splat(own!, s * weights.factorStride + k * weights.unitStride))
          for (let g = 0; g < groups; g++) add(sums[k * groups + g]!, f32x4.mul(numbers[g]!, w))
        }
        fresh = false
      }
    })
    finish(sums, others)

    function add(sum: Local<'v128'>, value: Vec): void {
      f.set(sum, fresh ? value : f32x4.add(sum, value))
    }
  })
}

/** Four numbers from a place. */
export function load(at: Place, bytes: number): Vec {
  const { pointer, offset } = beyond(at, bytes)
  return v128.load(pointer, offset)
}

/** One number from a place, four times. */
export function splat(at: Place, bytes: number): Vec {
  const { pointer, offset } = beyond(at, bytes)
  return v128.loadSplat(pointer, offset)
}
