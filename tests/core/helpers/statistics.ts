/** Mean, standard deviation, skewness and kurtosis (3 for a normal distribution). */
export function moments(values: ArrayLike<number>): {
  mean: number
  std: number
  skew: number
  kurtosis: number
} {
  const list = Array.from(values)
  const average = (power: number, around: number): number =>
    list.reduce((sum, v) => sum + (v - around) ** power, 0) / list.length
  const mean = average(1, 0)
  const std = Math.sqrt(average(2, mean))
  return { mean, std, skew: average(3, mean) / std ** 3, kurtosis: average(4, mean) / std ** 4 }
}
