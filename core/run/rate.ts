/** A third of a learning rate, rounded to one digit: 0.03 → 0.01 → 0.003. */
export function lowerRate(rate: number): number {
  return Number((rate / 3).toPrecision(1))
}
