/*
 * Which places of a picture an answer hangs on: a patch of plain grey is laid over one place after the other, and the
 * answer asked for anew (Zeiler and Fergus, 2014). It takes nothing but answers, so that it is the same for every
 * network.
 */

/** The pictures that show part of one covered, and how they lie. */
export interface Patches {
  /** Of a patch, in pixels. */
  readonly side: number
  /** Upper and left edges: a patch at each pair of them. */
  readonly tops: readonly number[]
  readonly lefts: readonly number[]
}

/** About so many patches side by side. */
const ACROSS = 7
/** Log-odds of a share of 0 would be no number: what is smaller than this counts as this. */
const LEAST = 1e-30

/** Patches over a picture of this size, each half over the next. */
export function patchesOf(height: number, width: number): Patches {
  const side = Math.max(1, Math.round(Math.max(height, width) / ACROSS))
  const step = Math.max(1, Math.floor(side / 2))
  const starts = (length: number): number[] => {
    const last = Math.max(0, length - side)
    const found: number[] = []
    for (let at = 0; at < last; at += step) found.push(at)
    return [...found, last]
  }
  return { side, tops: starts(height), lefts: starts(width) }
}

/** How many pictures there are. */
export function countOf({ tops, lefts }: Patches): number {
  return tops.length * lefts.length
}

/** Pictures `from` up to `to` with a patch each: [count, height, width, channels]; `grey` is a number a channel. */
export function covered(
  picture: Float32Array,
  shape: readonly [height: number, width: number, channels: number],
  patches: Patches,
  grey: Float32Array,
  from: number,
  to: number
): Float32Array {
  const [height, width, channels] = shape
  const { side, tops, lefts } = patches
  const found = new Float32Array((to - from) * picture.length)
  for (let i = from; i < to; i++) {
    const own = found.subarray((i - from) * picture.length, (i - from + 1) * picture.length)
    own.set(picture)
    const top = tops[Math.floor(i / lefts.length)]!
    const left = lefts[i % lefts.length]!
    for (let y = top; y < Math.min(height, top + side); y++)
      for (let x = left; x < Math.min(width, left + side); x++) own.set(grey, (y * width + x) * channels)
  }
  return found
}

/**
 * Log-odds of a class, ln(p / (1 − p)): where a network is sure, p hardly moves any more and this still does. `1 − p`
 * is the sum of the other shares, which keeps digits that a subtraction from 1 would lose.
 */
export function logOdds(shares: ArrayLike<number>, class_: number): number {
  let others = 0
  for (let k = 0; k < shares.length; k++) if (k !== class_) others += shares[k]!
  return Math.log(Math.max(LEAST, shares[class_]!)) - Math.log(Math.max(LEAST, others))
}

/**
 * [height, width]: how much the log-odds of the answer fall when a pixel is covered, averaged over the patches that
 * cover it. Above 0 the pixel speaks for the answer, below 0 against it. `falls` has a number for each patch.
 */
export function occlusionMap(
  falls: ArrayLike<number>,
  height: number,
  width: number,
  { side, tops, lefts }: Patches
): Float32Array<ArrayBuffer> {
  const sums = new Float64Array(height * width)
  const counts = new Uint16Array(height * width)
  for (const [i, top] of tops.entries())
    for (const [j, left] of lefts.entries())
      for (let y = top; y < Math.min(height, top + side); y++)
        for (let x = left; x < Math.min(width, left + side); x++) {
          sums[y * width + x]! += falls[i * lefts.length + j]!
          counts[y * width + x]!++
        }
  return Float32Array.from(sums, (sum, i) => sum / Math.max(1, counts[i]!))
}
