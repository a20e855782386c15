/* Histograms of weights, and of gradients over powers of ten. */

/** Stretches of a weight's histogram. */
export const BINS = 40
/** Powers of ten from which on sizes of gradients are told apart, and how finely. What lies beyond goes to the ends. */
export const TENS = { from: -10, to: 2, perTen: 3 } as const
export const TEN_BINS = (TENS.to - TENS.from) * TENS.perTen

/** The most numbers of a weight that a histogram counts: of more, every second, third … */
const MOST = 1 << 15

/** Counts values in `BINS` equal stretches of [from, to] into `into`. */
export function countInto(into: Int32Array, values: Float32Array, from: number, to: number): void {
  const step = Math.ceil(values.length / MOST)
  const scale = BINS / (to - from || 1)
  for (let i = 0; i < values.length; i += step) {
    const bin = Math.floor((values[i]! - from) * scale)
    into[Math.max(0, Math.min(BINS - 1, bin))]!++
  }
}

/** Counts the sizes of values by powers of ten into `into`; zeros have no size and are left out. */
export function countTensInto(into: Int32Array, values: Float32Array): void {
  for (const v of values) {
    if (v === 0) continue
    const bin = Math.floor((Math.log10(Math.abs(v)) - TENS.from) * TENS.perTen)
    into[Math.max(0, Math.min(TEN_BINS - 1, bin))]!++
  }
}

/** Mean, standard deviation, least and most of some numbers. */
export function statisticsOf(values: Float32Array): {
  readonly mean: number
  readonly deviation: number
  readonly least: number
  readonly most: number
} {
  let [least, most, sum] = [Infinity, -Infinity, 0]
  for (const v of values) {
    if (v < least) least = v
    if (v > most) most = v
    sum += v
  }
  const mean = sum / values.length
  let squares = 0
  for (const v of values) squares += (v - mean) ** 2
  return { mean, deviation: Math.sqrt(squares / values.length), least, most }
}
