import type { Dataset } from '@core/data/dataset'
import { planeInputs, type PlaneInputName } from '@core/data/points/inputs'
import type { Domain } from '../shared/plane'
import { largest } from '../views/field'

/** An input of the network as a picture over the plane: its own value everywhere. */
export function planeField(
  [left, right, bottom, top]: Domain,
  input: PlaneInputName
): {
  readonly width: number
  readonly height: number
  readonly values: Float32Array
  readonly limit: number
} {
  const width = 32
  const height = 20
  const places = Float32Array.from({ length: 2 * width * height }, (_, i) => {
    const pixel = i >> 1
    return i % 2 === 0
      ? left + ((right - left) * ((pixel % width) + 0.5)) / width
      : top - ((top - bottom) * (Math.floor(pixel / width) + 0.5)) / height
  })
  const values = planeInputs(places, [input])
  return { width, height, values, limit: largest(values) }
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
