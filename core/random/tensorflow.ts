import { philox4x32 } from './philox'

/** A 64-bit key as 32-bit words, low word first. */
export type RandomKey = readonly [number, number]

/** A 128-bit counter as 32-bit words, low word first. */
export type RandomCounter = readonly [number, number, number, number]

const block = new Uint32Array(4)
const place = new Uint32Array(4)
const words = new Uint32Array(2)

/**
 * Fills `out` with uniform numbers in [0, 1), bit for bit those of TensorFlow's StatelessRandomUniformV2 with alg 1
 * (Philox) for this key and counter: the counter goes up by one every four numbers, all 128 bits of it, and the low
 * 23 bits of a word are the number's mantissa (TensorFlow's Uint32ToFloat).
 */
export function statelessUniform(key: RandomKey, counter: RandomCounter, out: Float32Array): void {
  words.set(key)
  place.set(counter)
  for (let from = 0; from < out.length; from += 4) {
    philox4x32(words, place, block)
    const count = Math.min(4, out.length - from)
    for (let i = 0; i < count; i++) out[from + i] = (block[i]! & 0x7fffff) * 2 ** -23
    increment(place)
  }
}

/** One up, with the carry into the next word. */
function increment(counter: Uint32Array): void {
  for (let word = 0; word < 4; word++) {
    counter[word]!++
    if (counter[word] !== 0) return
  }
}
