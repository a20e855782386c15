import type { Rect } from '../canvas/geometry'

/** How an example of this shape is drawn; numbers of a row are written. */
export function exampleKind(shape: readonly number[]): 'picture' | 'line' | 'grid' | 'row' {
  if (shape.length < 2) return 'row'
  if (shape.length > 2) return 'picture'
  return shape[1] === 1 ? 'line' : 'grid'
}

/**
 * A picture [height, width, 1 or 3 channels] of numbers from 0 to 1 as bytes for a canvas, [height · width · 4]; where
 * the numbers are ink, in that colour [red, green, blue] on a clear ground.
 */
export function picturePixels(
  values: Float32Array,
  shape: readonly number[],
  ink?: readonly number[]
): { readonly width: number; readonly height: number; readonly pixels: Uint8ClampedArray<ArrayBuffer> } {
  const [height = 1, width = 1, channels = 1] = shape
  const pixels = new Uint8ClampedArray(4 * width * height)
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let c = 0; c < 3; c++)
      pixels[4 * pixel + c] = ink?.[c] ?? 255 * values[pixel * channels + (channels >= 3 ? c : 0)]!
    pixels[4 * pixel + 3] = ink ? 255 * values[pixel * channels]! : 255
  }
  return { width, height, pixels }
}

/** A sequence [steps, features] turned, so that it runs from left to right: [features, steps]. */
export function turned(values: Float32Array, steps: number, features: number): Float32Array {
  return Float32Array.from(values, (_, i) => values[(i % steps) * features + Math.floor(i / steps)]!)
}

/** A sequence [steps, 1] as a line in a box with this corner and size: an SVG path. */
export function sequencePath(values: Float32Array, box: Rect): string {
  return `M${placesOf(values, box).join('L')}`
}

/** The same line in stretches of steps that have the same label, each to the step that follows it. */
export function labelledPaths(
  values: Float32Array,
  labels: readonly number[],
  box: Rect
): readonly { readonly d: string; readonly label: number }[] {
  const places = placesOf(values, box)
  const starts = labels.flatMap((label, i) => (i === 0 || labels[i - 1] !== label ? [i] : []))
  return starts.map((from, i) => ({
    d: `M${places.slice(from, (starts[i + 1] ?? places.length) + 1).join('L')}`,
    label: labels[from]!
  }))
}

function placesOf(values: Float32Array, { x, y, width, height }: Rect): readonly string[] {
  let low = Infinity
  let high = -Infinity
  for (const v of values) {
    low = Math.min(low, v)
    high = Math.max(high, v)
  }
  const span = high - low || 1
  const step = values.length > 1 ? width / (values.length - 1) : 0
  return Array.from(
    values,
    (v, i) => `${(x + i * step).toFixed(1)} ${(y + (1 - (v - low) / span) * height).toFixed(1)}`
  )
}
