import type { RandomStream } from './stream'

/** The standard deviation that is left of a standard normal cut off at ±2. */
export const TRUNCATED_STD = 0.87962566103423978

/** An array of results. */
export function drawn(size: number, next: () => number): Float32Array {
  const values = new Float32Array(size)
  for (let i = 0; i < size; i++) values[i] = next()
  return values
}

/** Normal numbers with this mean and standard deviation, redrawn beyond two of them: Keras' TruncatedNormal. */
export function truncatedNormal(size: number, mean: number, std: number, random: RandomStream): Float32Array {
  return drawn(size, () => {
    let z = random.normal()
    while (Math.abs(z) > 2) z = random.normal()
    return mean + z * std
  })
}

/** A truncated normal around 0, widened so that what is left has this standard deviation: Keras' VarianceScaling. */
export function scaledNormal(size: number, std: number, random: RandomStream): Float32Array {
  return truncatedNormal(size, 0, std / TRUNCATED_STD, random)
}

/** Evenly spread around 0 with this standard deviation: Keras' VarianceScaling with a uniform distribution. */
export function scaledUniform(size: number, std: number, random: RandomStream): Float32Array {
  const limit = Math.sqrt(3) * std
  return drawn(size, () => (2 * random.uniform() - 1) * limit)
}
