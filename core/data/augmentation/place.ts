import type { PictureSize, Placement } from '../../registry/contracts/augmentation'

/** What stands where a picture would show what is beyond its edge: its mirror image, its last pixel, or nothing. */
export const FILLS = ['reflect', 'nearest', 'constant'] as const
export type Fill = (typeof FILLS)[number]

/** Every place shows itself. */
export const SAME_PLACE: Placement = [1, 0, 0, 0, 1, 0]

/** One placement after the other, as a single one. */
export function together(first: Placement, second: Placement): Placement {
  const [a, b, c, d, e, f] = first
  const [g, h, i, j, k, l] = second
  return [a * g + b * j, a * h + b * k, a * i + b * l + c, d * g + e * j, d * h + e * k, d * i + e * l + f]
}

/** Finer than this, places are whole pixels: a quarter turn, whose cosine is not quite 0, hits pixels exactly. */
const WHOLE = 1e-6
/** Above any distance from the middle, so that cutting off what is behind the point rounds down: faster than Math.floor. */
const BIAS = 1 << 16
const FLOOR = BIAS + WHOLE

/**
 * Draws a picture [height, width, channels] as this placement shows it, its numbers times `scale`. Between pixels it is
 * interpolated linearly.
 */
export function placeInto(
  into: Float32Array,
  from: Float32Array | Uint8Array,
  { width, height, channels }: PictureSize,
  [a, b, c, d, e, f]: Placement,
  fill: Fill,
  scale: number
): void {
  const middleX = (width - 1) / 2
  const middleY = (height - 1) / 2
  let at = 0
  for (let y = 0; y < height; y++) {
    // The place that the first pixel of this line shows; each further one shows (a, d) more.
    const startX = b * (y - middleY) - a * middleX + c + middleX
    const startY = e * (y - middleY) - d * middleX + f + middleY
    for (let x = 0; x < width; x++) {
      const placeX = startX + a * x
      const placeY = startY + d * x
      let left = ((placeX + FLOOR) | 0) - BIAS
      let top = ((placeY + FLOOR) | 0) - BIAS
      const right = placeX - left > WHOLE ? placeX - left : 0
      const low = placeY - top > WHOLE ? placeY - top : 0
      let next = right === 0 ? left : left + 1
      let below = low === 0 ? top : top + 1
      let west = 1 - right
      let east = right
      let north = scale * (1 - low)
      let south = scale * low
      if (left < 0 || top < 0 || next >= width || below >= height) {
        left = beside(left, width, fill)
        next = beside(next, width, fill)
        top = beside(top, height, fill)
        below = beside(below, height, fill)
        if (left < 0) west = left = 0
        if (next < 0) east = next = 0
        if (top < 0) north = top = 0
        if (below < 0) south = below = 0
      }
      const line = top * width
      let p00 = (line + left) * channels
      if (right === 0 && low === 0) {
        for (let k = 0; k < channels; k++) into[at++] = north * west * from[p00++]!
        continue
      }
      const lineBelow = below * width
      let p01 = (line + next) * channels
      let p10 = (lineBelow + left) * channels
      let p11 = (lineBelow + next) * channels
      for (let k = 0; k < channels; k++)
        into[at++] =
          north * (west * from[p00++]! + east * from[p01++]!) +
          south * (west * from[p10++]! + east * from[p11++]!)
    }
  }
}

/** The pixel of a line that stands for the one at this place; −1 for none. */
function beside(place: number, side: number, fill: Fill): number {
  if (place >= 0 && place < side) return place
  if (fill === 'constant') return -1
  if (fill === 'nearest') return place < 0 ? 0 : side - 1
  const within = ((place % (2 * side)) + 2 * side) % (2 * side)
  return within < side ? within : 2 * side - 1 - within
}
