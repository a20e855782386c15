/** Shares that add up to 1, made bolder (below 1) or more daring (above) by a temperature: pᵢ^(1/T) / Σ pⱼ^(1/T). */
export function tempered(shares: ArrayLike<number>, temperature: number): Float64Array {
  const logs = Float64Array.from(shares, (share) => Math.log(Math.max(share, 1e-30)) / temperature)
  const most = logs.reduce((a, b) => Math.max(a, b), -Infinity)
  const powers = logs.map((v) => Math.exp(v - most))
  const sum = powers.reduce((a, b) => a + b, 0)
  return powers.map((v) => v / sum)
}

/** The place that a uniform number in [0, 1) falls on where places take up these shares. */
export function drawn(shares: ArrayLike<number>, uniform: number): number {
  let sum = 0
  for (let i = 0; i < shares.length; i++) {
    sum += shares[i]!
    if (uniform < sum) return i
  }
  // Shares may add up to a little less than 1; the last one that has any takes the rest.
  let last = shares.length - 1
  while (last > 0 && shares[last] === 0) last--
  return last
}
