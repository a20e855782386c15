import type { Dataset } from '@core/data/dataset'
import type { Rect } from './geometry'

/** An example that the data's card shows. */
export interface Example {
  readonly row: number
  /** Its class, where it has one. */
  readonly caption: string
}

/** A card has room for so many. */
const MOST = 4

/** The first example of each class, or the first few; none where examples are plain rows of numbers. */
export function examplesOf({ shape, target, classes, y, rows }: Dataset): readonly Example[] {
  if (shape.length < 2) return []
  if (target.shape.length === 0 && target.classes !== undefined && y) {
    const first = classes.flatMap((caption, k) => {
      const row = y.indexOf(k)
      return row < 0 ? [] : [{ row, caption }]
    })
    return first.slice(0, MOST)
  }
  return Array.from({ length: Math.min(3, rows) }, (_, row) => ({ row, caption: '' }))
}

/** The numbers of one example, [shape], as they are before they go into the network. */
export function exampleValues({ shape, x, scale }: Dataset, row: number): Float32Array {
  const size = shape.reduce((a, b) => a * b, 1)
  return Float32Array.from({ length: size }, (_, i) => x[row * size + i]! * scale)
}

/** A picture [height, width, 1 or 3 channels] of numbers from 0 to 1 as bytes for a canvas, [height · width · 4]. */
export function picturePixels(
  values: Float32Array,
  shape: readonly number[]
): { readonly width: number; readonly height: number; readonly pixels: Uint8ClampedArray<ArrayBuffer> } {
  const [height = 1, width = 1, channels = 1] = shape
  const pixels = new Uint8ClampedArray(4 * width * height)
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let c = 0; c < 3; c++)
      pixels[4 * pixel + c] = 255 * values[pixel * channels + (channels >= 3 ? c : 0)]!
    pixels[4 * pixel + 3] = 255
  }
  return { width, height, pixels }
}

/** A sequence [steps, features] turned, so that it runs from left to right: [features, steps]. */
export function turned(values: Float32Array, steps: number, features: number): Float32Array {
  return Float32Array.from(values, (_, i) => values[(i % steps) * features + Math.floor(i / steps)]!)
}

/** A sequence [steps, 1] as a line in a box with this corner and size: an SVG path. */
export function sequencePath(values: Float32Array, { x, y, width, height }: Rect): string {
  let low = Infinity
  let high = -Infinity
  for (const v of values) {
    low = Math.min(low, v)
    high = Math.max(high, v)
  }
  const span = high - low || 1
  const step = values.length > 1 ? width / (values.length - 1) : 0
  const place = (v: number, i: number): string =>
    `${(x + i * step).toFixed(1)} ${(y + (1 - (v - low) / span) * height).toFixed(1)}`
  return `M${Array.from(values, place).join('L')}`
}
