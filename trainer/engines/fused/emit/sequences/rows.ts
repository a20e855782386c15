import { f32x4, v128, type Vec } from '../../wasm/instructions'
import type { Local } from '../../wasm/functionBuilder'
import { VECTOR } from '../../layout'
import type { Writer } from '../context'
import { across } from '../lanes'
import { beyond, load, store, type Place } from '../place'
import { walk } from '../walk'

/** Vectors of a row up to which the code is written out. */
const UNROLLED = 4

const { add, div, lt, mul, pmax, sub } = f32x4

/**
 * Goes over rows of so many numbers, four at a time. `real` takes away what is in places beyond the last number, where
 * there are such.
 */
export function overRow(
  { f }: Writer,
  count: number,
  rows: readonly Place[],
  body: (at: readonly Place[], real: (value: Vec) => Vec) => void
): void {
  const whole = Math.floor(count / 4)
  const places = rows.map((from) => ({ from, stride: VECTOR }))
  walk(f, { count: whole, step: 1, unroll: UNROLLED, places }, (at) => body(at, (value) => value))
  const rest = count - 4 * whole
  if (rest === 0) return
  const mask = f.constant(`first ${rest}`, () => lt(f32x4.consts([0, 1, 2, 3]), f32x4.const(rest)))
  f.scope(() =>
    body(
      rows.map((row) => beyond(row, VECTOR * whole)),
      (value) => v128.and(value, mask)
    )
  )
}

/** The largest number of a row, in all places. */
export function largestOf(writer: Writer, count: number, row: Place): Local<'v128'> {
  const { f, math } = writer
  const lowest = math.number(-Infinity)
  const most = f.keep(lowest)
  overRow(writer, count, [row], ([at], real) => {
    const value = f.keep(load(at!))
    // All ones in real places, zeros in the others.
    const there = real(f32x4.eq(math.number(0), math.number(0)))
    f.set(most, pmax(most, v128.select(value, lowest, there)))
  })
  return across(f, most, pmax)
}

/** Writes exp(z − max z) of a row of sums z to `to`, with zeros beyond; gives max z and the sum, in all places. */
export function exponentials(writer: Writer, count: number, from: Place, to: Place) {
  const { f, math } = writer
  const largest = largestOf(writer, count, from)
  const sum = f.keep(math.number(0))
  overRow(writer, count, [from, to], ([z, out], real) => {
    const e = f.keep(real(math.exp([sub(load(z!), largest)])[0]!))
    f.set(sum, add(sum, e))
    store(f, out!, 0, e)
  })
  return { largest, total: across(f, sum, add) }
}

/** Turns a row of sums into shares: exp z / Σ exp z, in place. */
export function softmax(writer: Writer, count: number, row: Place): void {
  const { f } = writer
  f.scope(() => {
    const { total } = exponentials(writer, count, row, row)
    overRow(writer, count, [row], ([p]) => store(f, p!, 0, div(load(p!), total)))
  })
}

/** A row of slopes by shares p becomes slopes by sums: p · (d − Σ p · d), in place. */
export function throughSoftmax(writer: Writer, count: number, shares: Place, slopes: Place): void {
  const { f, math } = writer
  f.scope(() => {
    const sum = f.keep(math.number(0))
    overRow(writer, count, [shares, slopes], ([p, d]) => f.set(sum, add(sum, mul(load(p!), load(d!)))))
    const total = across(f, sum, add)
    overRow(writer, count, [shares, slopes], ([p, d]) => store(f, d!, 0, mul(load(p!), sub(load(d!), total))))
  })
}
