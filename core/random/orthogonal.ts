import type { RandomStream } from './stream'

/**
 * A random matrix [rows, columns], row-major, whose columns are orthonormal, or its rows where it has more columns
 * than rows. All such matrices are equally likely: it is the Q of a normal matrix's QR decomposition whose R has a
 * positive diagonal, as Keras' Orthogonal.
 */
export function orthogonal(rows: number, columns: number, random: RandomStream): Float32Array {
  const length = Math.max(rows, columns)
  const count = Math.min(rows, columns)
  // Keras draws [length, count] row by row; here each vector lies in one piece.
  const vectors = Array.from({ length: count }, () => new Float64Array(length))
  for (let i = 0; i < length; i++) for (let j = 0; j < count; j++) vectors[j]![i] = random.normal()
  orthonormalize(vectors)
  const values = new Float32Array(rows * columns)
  for (let j = 0; j < count; j++)
    for (let i = 0; i < length; i++)
      values[rows < columns ? j * columns + i : i * columns + j] = vectors[j]![i]!
  return values
}

/**
 * Gram and Schmidt, in place. A vector that loses much of its length has lost as many digits and goes through once
 * more, which is enough (Kahan; Parlett, The Symmetric Eigenvalue Problem, 6.9).
 */
export function orthonormalize(vectors: readonly Float64Array[]): void {
  for (const [j, vector] of vectors.entries()) {
    let before = norm(vector)
    for (;;) {
      for (let k = 0; k < j; k++) removePart(vector, vectors[k]!)
      const after = norm(vector)
      if (after > 0.7 * before || after === 0) break
      before = after
    }
    const size = norm(vector)
    if (size > 0) for (let i = 0; i < vector.length; i++) vector[i]! /= size
  }
}

/** Takes from a vector what lies along a vector of length 1. */
function removePart(vector: Float64Array, unit: Float64Array): void {
  const { length } = vector
  const whole = length - (length % 4)
  // Four sums that do not wait for each other: kernels of convolutions have long vectors.
  let [a, b, c, d] = [0, 0, 0, 0]
  for (let i = 0; i < whole; i += 4) {
    a += vector[i]! * unit[i]!
    b += vector[i + 1]! * unit[i + 1]!
    c += vector[i + 2]! * unit[i + 2]!
    d += vector[i + 3]! * unit[i + 3]!
  }
  for (let i = whole; i < length; i++) a += vector[i]! * unit[i]!
  const part = a + b + c + d
  for (let i = 0; i < length; i++) vector[i]! -= part * unit[i]!
}

function norm(vector: Float64Array): number {
  let sum = 0
  for (const value of vector) sum += value * value
  return Math.sqrt(sum)
}
