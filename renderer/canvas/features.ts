import type { Dataset } from '@core/data/dataset'
import type { Domain } from '../shared/plane'

/** A feature of points in the plane as a picture over it: its own value everywhere. */
export function planeField(
  domain: Domain,
  axis: 0 | 1
): {
  readonly width: number
  readonly height: number
  readonly values: Float32Array
  readonly limit: number
} {
  const width = 32
  const height = 20
  const [from, to] = [domain[2 * axis]!, domain[2 * axis + 1]!]
  const values = Float32Array.from({ length: width * height }, (_, pixel) => {
    const share =
      axis === 0 ? ((pixel % width) + 0.5) / width : 1 - (Math.floor(pixel / width) + 0.5) / height
    return from + share * (to - from)
  })
  return { width, height, values, limit: Math.max(Math.abs(from), Math.abs(to)) }
}

/** How often the values of a column fall into each of some equal ranges; the fullest is 1. */
export function histogram({ x, rows, shape }: Dataset, column: number, bins = 12): number[] {
  const columns = shape[0] ?? 1
  let low = Infinity
  let high = -Infinity
  for (let i = 0; i < rows; i++) {
    const v = x[i * columns + column]!
    if (v < low) low = v
    if (v > high) high = v
  }
  const counts = new Array<number>(bins).fill(0)
  const width = (high - low) / bins || 1
  for (let i = 0; i < rows; i++)
    counts[Math.min(bins - 1, Math.floor((x[i * columns + column]! - low) / width))]!++
  const most = Math.max(1, ...counts)
  return counts.map((n) => n / most)
}
