import type { Seen } from '@core/answers/messages'
import type { Palette } from '../shared/paint'

/** How feature maps stand on a card. */
export interface MapGrid {
  readonly shown: number
  readonly columns: number
  /** Side of a map in document units. */
  readonly side: number
}

const GAP = 3

/** As many maps as large as there is room for: none smaller than 18 where some can be left out. */
export function mapGrid(maps: number, width: number, height: number): MapGrid {
  const sideOf = (count: number, columns: number): number =>
    Math.min(
      (width - GAP * (columns - 1)) / columns,
      (height - GAP * (Math.ceil(count / columns) - 1)) / Math.ceil(count / columns)
    )
  for (let shown = maps; ; shown--) {
    let best = 1
    for (let columns = 2; columns <= shown; columns++)
      if (sideOf(shown, columns) > sideOf(shown, best)) best = columns
    const side = Math.floor(sideOf(shown, best))
    if (side >= 18 || shown <= 1) return { shown, columns: best, side: Math.max(4, Math.min(64, side)) }
  }
}

/** Gap between maps in document units. */
export const MAP_GAP = GAP

/** The largest size among these numbers, and whether any is below 0. */
export function extent(values: Float32Array): { readonly limit: number; readonly signed: boolean } {
  let limit = 0
  let least = 0
  for (const v of values) {
    limit = Math.max(limit, Math.abs(v))
    least = Math.min(least, v)
  }
  return { limit: limit || 1, signed: least < 0 }
}

/** One map of an answer that is a picture, [height · width]. */
export function mapOf({ size, values }: Seen, map: number) {
  const [, height = 1, width = 1] = size
  return { width, height, values: values.subarray(map * height * width, (map + 1) * height * width) }
}

/** Numbers of a flat answer in stretches, each told by the one that is the furthest from 0. */
export function strip(values: Float32Array, most: number): Float32Array {
  if (values.length <= most) return values
  return Float32Array.from({ length: most }, (_, i) => {
    let far = 0
    const to = Math.floor(((i + 1) * values.length) / most)
    for (let at = Math.floor((i * values.length) / most); at < to; at++)
      if (Math.abs(values[at]!) > Math.abs(far)) far = values[at]!
    return far
  })
}

/** Answers that are never below 0 are painted as ink; others on the diverging map. */
export function paletteFor(palette: Palette, signed: boolean, ink: readonly number[]): Palette {
  if (signed) return palette
  const [r = 0, g = 0, b = 0] = ink
  return { ...palette, positive: [r, g, b], strength: 0.94 }
}

/** A number of a css colour: "rgb(33, 31, 27)" → [33, 31, 27]. */
export function channels(colour: string): readonly number[] {
  return (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)
}
