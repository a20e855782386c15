import { philox4x32 } from './philox'

/** FNV-1a over the label's UTF-16 code units: a stable 32-bit name for a stream. */
export function hash(label: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < label.length; i++) h = Math.imul(h ^ label.charCodeAt(i), 0x01000193)
  return h >>> 0
}

/** Random numbers in a fixed order: the same seed, label and index give the same numbers everywhere. */
export interface RandomStream {
  /** Uniform in [0, 1), 24 bits. */
  uniform(): number
  /** Standard normal (Box and Muller). */
  normal(): number
  /** Integer in [0, n). */
  integer(n: number): number
  /** A seeded permutation of 0…n−1 (Fisher and Yates). */
  permutation(n: number): Int32Array
}

/**
 * The stream named `label` of a run with this seed. `index` starts it at another place, e.g. one place an
 * epoch for shuffling or one a step for dropout, so that nothing depends on how many draws came before.
 */
export function randomStream(seed: number, label: string, index = 0): RandomStream {
  const key: [number, number] = [seed >>> 0, hash(label)]
  const high = Math.floor(index / 0x100000000) >>> 0
  const block = new Uint32Array(4)
  let position = 4
  let counter = 0
  let spare: number | undefined

  function next(): number {
    if (position === 4) {
      philox4x32(key, [counter++, 0, index >>> 0, high], block)
      position = 0
    }
    return block[position++]!
  }
  const uniform = (): number => (next() >>> 8) / 0x1000000

  function normal(): number {
    if (spare !== undefined) {
      const value = spare
      spare = undefined
      return value
    }
    const radius = Math.sqrt(-2 * Math.log(Math.max(uniform(), 1e-7)))
    const angle = 2 * Math.PI * uniform()
    spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
  const integer = (n: number): number => Math.floor(uniform() * n)

  function permutation(n: number): Int32Array {
    const order = Int32Array.from({ length: n }, (_, i) => i)
    for (let i = n - 1; i > 0; i--) {
      const j = integer(i + 1)
      const held = order[i]!
      order[i] = order[j]!
      order[j] = held
    }
    return order
  }
  return { uniform, normal, integer, permutation }
}
