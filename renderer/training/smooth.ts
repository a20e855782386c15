/**
 * Exponential smoothing with the start corrected (as Adam corrects its means): s ← w·s + (1 − w)·v, shown as
 * s / (1 − wᵗ). `weight` in [0, 1); 0 gives the values back. Values that are not numbers are passed on and left out.
 */
export function smooth(values: readonly number[], weight: number): readonly number[] {
  if (weight === 0) return values
  let sum = 0
  let share = 1
  return values.map((value) => {
    if (!Number.isFinite(value)) return value
    sum = weight * sum + (1 - weight) * value
    share *= weight
    return sum / (1 - share)
  })
}
