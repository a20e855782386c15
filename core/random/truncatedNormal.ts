import type { RandomStream } from './stream'

/**
 * Normal numbers, redrawn beyond two standard deviations and widened so that the result has standard deviation
 * `std`: Keras' VarianceScaling divides by 0.87962566103423978, the spread that truncation leaves.
 */
export function truncatedNormal(size: number, std: number, random: RandomStream): Float32Array {
  const wide = std / 0.87962566103423978
  return Float32Array.from({ length: size }, () => {
    let z = random.normal()
    while (Math.abs(z) > 2) z = random.normal()
    return z * wide
  })
}
