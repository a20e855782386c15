import type { Local } from '../wasm/functionBuilder'
import { f32x4, type Vec } from '../wasm/instructions'
import type { Writer } from './context'
import type { Tile } from './math'
import type { load, Place, splat, Strip } from './place'
import { walk } from './walk'

/** Sums in registers at once, which leaves registers for the factors. */
const SUMS = 8
/** Up to here code is written out instead of looped. */
const UNROLLED = { blocks: 1, factors: 4 }
/** Factors of one turn of a loop. */
const FACTORS_TOGETHER = 4

/** How numbers are read: four that stand side by side, or one for all four places. */
type Read = typeof load | typeof splat

/** Numbers, each times a weight. */
export interface Term {
  readonly factors: Strip & {
    readonly count: number
    /** Bytes from one group's to the next's. */
    readonly groupStride: number
    readonly read: Read
  }
  /** Where the first weight stands, and the bytes to the next sum's and to the next factor's. */
  readonly weights: {
    readonly from: Place
    readonly sumStride: number
    readonly factorStride: number
    readonly read: Read
  }
}

/** Vectors of sums. */
export interface Product {
  /** Of one group. */
  readonly count: number
  /** Groups that are worked on together, with the same weights. */
  readonly groups: number
  /** What is added up. */
  readonly terms: readonly [Term, ...Term[]]
  /** What sums start from. */
  readonly bias?: Strip & { readonly read: Read }
  /** Places that move along with the sums: buffers that results go to or are made with. */
  readonly beside: readonly Strip[]
}

/**
 * Emits the product. `finish` is given some of the sums, one after the other and of each group by group, and the
 * places beside at the first of them.
 */
export function product(
  { f }: Pick<Writer, 'f'>,
  { count, groups, terms, bias, beside }: Product,
  finish: (sums: Tile, at: readonly Place[]) => void
): void {
  const places = [
    ...terms.map(({ weights }) => ({ from: weights.from, stride: weights.sumStride })),
    ...(bias ? [bias] : []),
    ...beside
  ]
  walk(f, { count, step: Math.floor(SUMS / groups), unroll: UNROLLED.blocks, places }, (at, together) => {
    const weights = at.slice(0, terms.length)
    const others = at.slice(terms.length)
    const start = bias && others.shift()
    const sums = Array.from({ length: together * groups }, () => f.local('v128'))
    let fresh = !start && terms[0].factors.count <= UNROLLED.factors
    if (!fresh)
      for (let k = 0; k < together; k++) {
        const first = f.keep(start ? bias.read(start, k * bias.stride) : f32x4.const(0))
        for (let g = 0; g < groups; g++) f.set(sums[k * groups + g]!, first)
      }
    for (const [i, term] of terms.entries()) addTerm(term, weights[i]!)
    finish(sums, others)

    function addTerm({ factors, weights: own }: Term, from: Place): void {
      const unrolled = factors.count <= UNROLLED.factors
      const inner = {
        count: factors.count,
        step: unrolled ? 1 : FACTORS_TOGETHER,
        unroll: unrolled ? factors.count : 1,
        places: [factors, { from, stride: own.factorStride }]
      }
      walk(f, inner, ([factor, weight], size) => {
        for (let s = 0; s < size; s++) {
          const numbers = Array.from({ length: groups }, (_, g) =>
            f.keep(factors.read(factor!, s * factors.stride + g * factors.groupStride))
          )
          for (let k = 0; k < together; k++) {
            const w = f.keep(own.read(weight!, s * own.factorStride + k * own.sumStride))
            for (let g = 0; g < groups; g++) add(sums[k * groups + g]!, f32x4.mul(numbers[g]!, w))
          }
          fresh = false
        }
      })
    }

    function add(sum: Local<'v128'>, value: Vec): void {
      f.set(sum, fresh ? value : f32x4.add(sum, value))
    }
  })
}
