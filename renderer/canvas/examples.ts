import type { Dataset } from '@core/data/dataset'
import { sizeOf } from '@core/graph/signal'
import type { Look } from '../shared/look'

/** An example that the data's card shows. */
export interface Example {
  readonly row: number
  /** Its class, where it has one. */
  readonly caption: string
}

/** A card has room for so many. */
const MOST = 4

/** The first example of each class, or the first few; none where examples are plain rows of numbers. */
export function examplesOf(
  { shape, target, classes, y, rows, symbols, tokens }: Dataset,
  look?: Look
): readonly Example[] {
  if (shape.length < 2 && !symbols && tokens === undefined) return []
  if (!symbols && target.shape.length === 0 && target.classes !== undefined && y) {
    const first = classes.flatMap((caption, k) => {
      const row = y.indexOf(k)
      return row < 0 ? [] : [{ row, caption }]
    })
    return first.slice(0, MOST)
  }
  return Array.from({ length: Math.min(look?.kind === 'sum' ? 1 : 3, rows) }, (_, row) => ({
    row,
    caption: ''
  }))
}

/** The numbers of one example, [shape], as they are before they go into the network. */
export function exampleValues({ shape, x, scale }: Dataset, row: number): Float32Array {
  const size = sizeOf(shape)
  return Float32Array.from({ length: size }, (_, i) => x[row * size + i]! * scale)
}
