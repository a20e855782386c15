import type { Domain } from '../shared/plane'

/** Numbers over the plane, [height · width · classes], row 0 at the top; a value belongs to the middle of its cell. */
export interface Field {
  readonly width: number
  readonly height: number
  readonly classes: number
  readonly values: Float32Array
}

/** The values at a place of the plane, between the cells' middles in proportion (bilinear). */
export function sampleField(field: Field, domain: Domain, x: number, y: number): number[] {
  const { width, height, classes, values } = field
  const [left, right, bottom, top] = domain
  const column = clamp(((x - left) / (right - left)) * width - 0.5, width - 1)
  const row = clamp(((top - y) / (top - bottom)) * height - 0.5, height - 1)
  const c0 = Math.floor(column)
  const r0 = Math.floor(row)
  const c1 = Math.min(c0 + 1, width - 1)
  const r1 = Math.min(r0 + 1, height - 1)
  const u = column - c0
  const v = row - r0
  const at = (r: number, c: number, k: number): number => values[(r * width + c) * classes + k]!
  return Array.from(
    { length: classes },
    (_, k) =>
      (1 - v) * ((1 - u) * at(r0, c0, k) + u * at(r0, c1, k)) +
      v * ((1 - u) * at(r1, c0, k) + u * at(r1, c1, k))
  )
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value))

/** The part of a layer's tiles that belongs to one neuron, [height · width]. */
export function unitField(
  tiles: {
    readonly units: number
    readonly width: number
    readonly height: number
    readonly values: Float32Array
  },
  unit: number
): Field | undefined {
  if (unit < 0 || unit >= tiles.units) return undefined
  const size = tiles.width * tiles.height
  return {
    width: tiles.width,
    height: tiles.height,
    classes: 1,
    values: tiles.values.subarray(unit * size, (unit + 1) * size)
  }
}

/** The largest size of a value in the field; 1 where all are 0. */
export function largest(values: Float32Array | Int32Array): number {
  let most = 0
  for (const value of values) if (Math.abs(value) > most) most = Math.abs(value)
  return most === 0 ? 1 : most
}
