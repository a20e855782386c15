import type { Dataset } from '@core/data/dataset'

/** [x from, x to, y from, y to] */
export type Domain = [number, number, number, number]

/** The part of the plane that holds all points with a margin; undefined where rows are not points in a plane. */
export function planeDomain({ features, x, rows }: Dataset): Domain | undefined {
  if (features.length !== 2 || rows === 0) return undefined
  const domain: Domain = [Infinity, -Infinity, Infinity, -Infinity]
  for (let i = 0; i < rows; i++)
    for (const axis of [0, 1] as const) {
      const v = x[2 * i + axis]!
      if (v < domain[2 * axis]!) domain[2 * axis] = v
      if (v > domain[2 * axis + 1]!) domain[2 * axis + 1] = v
    }
  for (const axis of [0, 1] as const) {
    const margin = 0.1 * (domain[2 * axis + 1]! - domain[2 * axis]!) || 1
    domain[2 * axis]! -= margin
    domain[2 * axis + 1]! += margin
  }
  return domain
}
