import type { Rect } from './geometry'

/** A drawing of rectangles, from the back to the front. */
export interface ShapeDrawing {
  readonly width: number
  readonly height: number
  readonly rects: readonly Rect[]
}

/** Most sheets, steps and rows that are drawn: more would run together. */
const SHEETS = 6
const STEPS = 14
const ROWS = 6
/** Side of a sheet for pictures of 32 pixels and more. */
const SIDE = 58
const LEAST = 14

/** Feature maps [height, width, channels] as sheets one behind the other, the larger the more pixels they have. */
export function sheetsOf(shape: readonly number[]): ShapeDrawing {
  const [high = 1, wide = 1] = shape
  const count = Math.max(1, Math.min(SHEETS, shape.at(-1) ?? 1))
  const longest = Math.max(high, wide)
  const side = LEAST + (SIDE - LEAST) * Math.min(1, longest / 32)
  const width = Math.max(6, (side * wide) / longest)
  const height = Math.max(6, (side * high) / longest)
  const step = 7
  const last = (count - 1) * step
  return {
    width: width + last,
    height: height + last,
    rects: Array.from({ length: count }, (_, i) => ({ x: last - i * step, y: i * step, width, height }))
  }
}

/** A sequence [steps, numbers] as a film: a column a step, a cell a number. */
export function filmOf(shape: readonly number[]): ShapeDrawing {
  const [steps = 1, numbers = 1] = shape
  const columns = Math.max(1, Math.min(STEPS, steps))
  const rows = Math.max(1, Math.min(ROWS, numbers))
  const cell = 8
  return {
    width: columns * cell,
    height: rows * cell,
    rects: Array.from({ length: columns * rows }, (_, i) => ({
      x: (i % columns) * cell + 1,
      y: Math.floor(i / columns) * cell + 1,
      width: cell - 2,
      height: cell - 2
    }))
  }
}
