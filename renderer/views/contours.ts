import { contour, type Segment } from '../shared/contour'
import type { Field } from './field'

/**
 * Where the likeliest class changes, in cells of the field. Each class is followed along the zero of "its share − the
 * largest other share": the .5 line for two classes, and lines that meet where three classes do. A network with one
 * answer changes its mind at .5.
 */
export function contours({ width, height, classes, values }: Field): Segment[] {
  if (classes === 1) return contour(width, height, (cell) => values[cell]!, 0.5)
  // Two classes share one border; with more, each has one around it.
  const followed = Array.from({ length: classes === 2 ? 1 : classes }, (_, k) => k)
  return followed.flatMap((k) =>
    contour(width, height, (cell) => lead(values, cell * classes, classes, k), 0)
  )
}

/** By how much class k is ahead of the best other one. */
function lead(values: Float32Array, from: number, classes: number, k: number): number {
  let best = -Infinity
  for (let c = 0; c < classes; c++) if (c !== k && values[from + c]! > best) best = values[from + c]!
  return values[from + k]! - best
}
