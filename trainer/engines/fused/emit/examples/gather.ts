import { f32, f32x4, i32, v128, type Int, type Lane } from '../../wasm/instructions'
import type { FunctionBuilder, Local } from '../../wasm/functionBuilder'
import { VECTOR } from '../../layout'
import type { Buffer, ExampleLayout } from './layout'
import { outputsOf } from '../../spec'
import type { ExampleContext } from './context'
import { walk } from '../walk'

/** Numbers of a row up to which the code is written out. */
const UNROLLED = 16
const LANES: readonly Lane[] = [0, 1, 2, 3]

/**
 * Emits the gathering of rows: (where their numbers stand, how many rows, which of them count in how far) turns
 * rows into groups of four, number by number, chunk after chunk. Parameters: address of row numbers, how many,
 * share of each example in the loss as bits of a float32.
 */
export function gatherRows({ spec, layout }: ExampleContext, f: FunctionBuilder): void {
  const [order, count] = [f.int(0), f.int(1)]
  const share = f.params[2] as Local<'f32'>
  const { gathered, address } = layout
  const last = f.keep(i32.sub(count, i32.const(1)))
  const shares = f.keep(f32x4.splat(share))
  const end = f.keep(f32x4.splat(f32.fromInt(count)))
  // The row of each place in the group, as a number.
  const place = f.keep(f32x4.consts([0, 1, 2, 3]))
  const row = f.keep(i32.const(0))
  const to = f.keep(i32.const(0))
  const inChunk = f.keep(i32.const(0))
  f.repeat(
    () => {
      // Beyond the last row it is taken again, with a share of 0: a group is always full of real numbers.
      const places = LANES.map((lane) => {
        const at = i32.min(f.keep(i32.add(row, i32.const(lane))), last)
        return f.keep(i32.add(order, i32.shl(at, i32.const(2))))
      })
      const rows = places.map((at) => f.keep(i32.load(at)))
      columns(f, rows, { from: address.x, width: spec.inputs, count: spec.inputs }, to, gathered.inputs)
      const outputs = outputsOf(spec)
      columns(f, rows, { from: address.targets, width: outputs, count: outputs }, to, gathered.targets)
      maskColumns(layout, f, places, to)
      f.do(v128.store(to, gathered.share.base, v128.and(shares, f32x4.lt(place, end))))
      f.set(place, f32x4.add(place, f32x4.const(4)))
      f.advance(row, 4)
      f.advance(to, VECTOR)
      f.advance(inChunk, 1)
      f.if(i32.eq(inChunk, i32.const(gathered.chunkGroups)), () => {
        f.set(inChunk, i32.const(0))
        f.advance(to, gathered.chunkBytes - gathered.chunkGroups * VECTOR)
      })
    },
    () => i32.lt(row, evenGroups(count))
  )
}

/** Rows of an even number of groups, which is what the code works on. */
export function evenGroups(rows: Int): Int {
  return i32.and(i32.add(rows, i32.const(7)), i32.const(-8))
}

/** Emits the same for points to answer: how many, from the first one on. */
export function gatherPoints({ spec, layout }: ExampleContext, f: FunctionBuilder, count: Int): void {
  const row = f.keep(i32.const(0))
  const last = f.keep(i32.sub(count, i32.const(1)))
  const to = f.keep(i32.const(0))
  f.repeat(
    () => {
      const rows = LANES.map((lane) => f.keep(i32.min(f.keep(i32.add(row, i32.const(lane))), last)))
      const from = { from: layout.address.points, width: spec.inputs, count: spec.inputs }
      columns(f, rows, from, to, layout.pass.inputs)
      f.advance(row, 4)
      f.advance(to, VECTOR)
    },
    () => i32.lt(row, evenGroups(count))
  )
}

/** Gathers the masks of the rows whose numbers stand at these places of the order. */
function maskColumns(
  { layers, address, gathered, maskWidth }: ExampleLayout,
  f: FunctionBuilder,
  places: readonly Int[],
  to: Int
) {
  if (maskWidth === 0) return
  // Masks are in the order of the row numbers.
  const rows = places.map((at) => f.keep(i32.shr(i32.sub(at, i32.const(address.order)), i32.const(2))))
  let from = address.masks
  for (const [i, buffer] of gathered.masks.entries()) {
    if (!buffer) continue
    columns(f, rows, { from, width: maskWidth, count: layers[i]!.inputs }, to, buffer)
    from += 4 * layers[i]!.inputs
  }
}

/** Turns `count` numbers of four rows into columns of four. Rows are `width` numbers long and start at `from`. */
function columns(
  f: FunctionBuilder,
  rows: readonly Int[],
  { from, width, count }: { readonly from: number; readonly width: number; readonly count: number },
  to: Int,
  buffer: Buffer
): void {
  const starts = rows.map((row) => f.keep(i32.mul(row, i32.const(4 * width))))
  const places = [
    { from: { pointer: to, offset: buffer.base }, stride: buffer.stride },
    ...starts.map((pointer) => ({ from: { pointer, offset: from }, stride: 4 }))
  ]
  walk(f, { count, step: 1, unroll: UNROLLED, places }, ([column, ...four]) => {
    const [first, ...others] = four
    const values = others.reduce(
      (v, { pointer, offset }, i) => v128.loadLane(pointer, offset, LANES[i + 1]!, v),
      v128.loadZero(first!.pointer, first!.offset)
    )
    f.do(v128.store(column!.pointer, column!.offset, values))
  })
}
