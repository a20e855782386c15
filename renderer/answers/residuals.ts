/** Two ends of an axis and round places between them. */
export interface Scale {
  readonly from: number
  readonly to: number
  readonly ticks: readonly number[]
}

/** An axis that holds all these numbers, with about so many ticks at 1, 2 or 5 times a power of ten. */
export function scaleOf(values: Iterable<number>, ticks = 5): Scale {
  let [low, high] = [Infinity, -Infinity]
  for (const v of values) {
    low = Math.min(low, v)
    high = Math.max(high, v)
  }
  if (!(low < high)) [low, high] = Number.isFinite(low) ? [low - 1, low + 1] : [0, 1]
  const rough = (high - low) / ticks
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5, 10].find((m) => m * power >= rough) ?? 10)
  const from = Math.floor(low / step) * step
  const count = Math.round((Math.ceil(high / step) * step - from) / step)
  return {
    from,
    to: from + count * step,
    ticks: Array.from({ length: count + 1 }, (_, i) => from + i * step)
  }
}

/** How often answers are off by so much: counts of equal stretches on both sides of 0. */
export function missHistogram(
  missed: ArrayLike<number>,
  bins: number
): { readonly limit: number; readonly counts: readonly number[] } {
  let limit = 0
  for (let i = 0; i < missed.length; i++) limit = Math.max(limit, Math.abs(missed[i]!))
  const counts = new Array<number>(bins).fill(0)
  for (let i = 0; i < missed.length; i++) {
    const place = Math.floor(((missed[i]! + limit) / (2 * limit || 1)) * bins)
    counts[Math.min(bins - 1, place)]!++
  }
  return { limit, counts }
}
