/** How often each stretch of values comes up, as shares of the highest bar. */
export function histogram(
  values: ArrayLike<number>,
  from: number,
  to: number,
  bins: number
): readonly number[] {
  const counts = new Array<number>(bins).fill(0)
  for (let i = 0; i < values.length; i++) {
    const place = Math.floor(((values[i]! - from) / (to - from || 1)) * bins)
    counts[Math.max(0, Math.min(bins - 1, place))]!++
  }
  const highest = Math.max(1, ...counts)
  return counts.map((n) => n / highest)
}

/** Round ends that hold all values: −1 … +1 for tanh, 0 … 1 for shares, 0 … 5 for what ReLU lets through. */
export function roundEnds(values: ArrayLike<number>): { readonly from: number; readonly to: number } {
  let low = 0
  let high = 0
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]!)
    high = Math.max(high, values[i]!)
  }
  const limit = roundUp(Math.max(-low, high))
  return { from: low < 0 ? -limit : 0, to: limit }
}

/** 1, 2, 5, 10 … */
function roundUp(value: number): number {
  if (value <= 0 || !Number.isFinite(value)) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 5, 10].find((m) => m * power >= value * (1 - 1e-6))!
  return Number((step * power).toPrecision(6))
}
