// Numbers about numbers.

/** The middle one; of an even count the mean of the two in the middle. */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** Milliseconds as people read them: three digits, µs and s where they fit better. */
export function duration(ms) {
  if (!Number.isFinite(ms)) return '–'
  const [value, unit] = ms < 0.1 ? [ms * 1000, 'µs'] : ms < 10_000 ? [ms, 'ms'] : [ms / 1000, 's']
  return `${value >= 100 ? Math.round(value) : Number(value.toPrecision(3))} ${unit}`
}
