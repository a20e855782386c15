import { f32, f32x4, i32, v128, type Int, type Lane } from '../wasm/instructions'
import type { FunctionBuilder, Local } from '../wasm/functionBuilder'
import type { Buffer } from '../layout'
import { outputsOf } from '../spec'
import { VECTOR } from './constants'
import type { Context } from './context'
import { walk } from './walk'

/** Numbers of a row up to which the code is written out. */
const UNROLLED = 16
const LANES: readonly Lane[] = [0, 1, 2, 3]

/**
 * Emits the gathering of rows: (where their numbers stand, how many rows, which of them count in how far) turns
 * rows into groups of four, number by number, chunk after chunk. Parameters: address of row numbers, how many,
 * share of each example in the loss as bits of a float32.
 */
export function gatherRows({ spec, layout, constants }: Context, f: FunctionBuilder): void {
  const [order, count] = [f.int(0), f.int(1)]
  const share = f.params[2] as Local<'f32'>
  const { gathered, address } = layout
  const chunkGroupBytes = gathered.chunkGroups * VECTOR
  const chunk = f.keep(i32.const(0))
  const lanes = v128.load(i32.const(address.lanes), 0)
  const shares = f.keep(f32x4.splat(share))
  const end = f.keep(f32x4.splat(f32.fromInt(count)))
  // The row that each place of the group has, as a number.
  const place = f.keep(lanes)
  const row = f.keep(i32.const(0))
  const last = f.keep(i32.sub(count, i32.const(1)))
  f.repeat(
    () => {
      const group = f.keep(i32.const(0))
      f.repeat(
        () => {
          // Beyond the last row it is taken again, with a share of 0: a group is always full of real numbers.
          const rows = LANES.map((lane) => {
            const at = i32.min(f.keep(i32.add(row, i32.const(lane))), last)
            return f.keep(i32.load(i32.add(order, i32.shl(at, i32.const(2)))))
          })
          const to = f.keep(i32.add(chunk, group))
          columns(f, rows, address.x, spec.inputs, to, gathered.inputs)
          columns(f, rows, address.targets, outputsOf(spec), to, gathered.targets)
          f.do(v128.store(to, gathered.share.base, v128.and(shares, f32x4.lt(place, end))))
          f.set(place, f32x4.add(place, constants.float(4)))
          f.advance(row, 4)
          f.advance(group, VECTOR)
        },
        () => i32.lt(group, i32.const(chunkGroupBytes))
      )
      f.advance(chunk, gathered.chunkBytes)
    },
    () => i32.lt(row, count)
  )
}

/** Emits the same for points to answer. Parameter: how many, from the first one on. */
export function gatherPoints({ spec, layout }: Context, f: FunctionBuilder): void {
  const count = f.int(0)
  const row = f.keep(i32.const(0))
  const last = f.keep(i32.sub(count, i32.const(1)))
  const to = f.keep(i32.const(0))
  f.repeat(
    () => {
      const rows = LANES.map((lane) => f.keep(i32.min(f.keep(i32.add(row, i32.const(lane))), last)))
      columns(f, rows, layout.address.points, spec.inputs, to, layout.pass.inputs)
      f.advance(row, 4)
      f.advance(to, VECTOR)
    },
    // Always an even number of groups.
    () => i32.lt(row, i32.and(i32.add(count, i32.const(7)), i32.const(-8)))
  )
}

/** Turns four rows into columns of four. */
function columns(
  f: FunctionBuilder,
  rows: readonly Int[],
  from: number,
  width: number,
  to: Int,
  buffer: Buffer
): void {
  const starts = rows.map((row) => f.keep(i32.mul(row, i32.const(4 * width))))
  const places = [
    { from: { pointer: to, offset: buffer.base }, stride: buffer.stride },
    ...starts.map((pointer) => ({ from: { pointer, offset: from }, stride: 4 }))
  ]
  walk(f, { count: width, step: 1, unroll: UNROLLED, places }, ([column, ...four]) => {
    const [first, ...others] = four
    const values = others.reduce(
      (v, { pointer, offset }, i) => v128.loadLane(pointer, offset, LANES[i + 1]!, v),
      v128.loadZero(first!.pointer, first!.offset)
    )
    f.do(v128.store(column!.pointer, column!.offset, values))
  })
}
