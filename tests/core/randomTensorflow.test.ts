import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { statelessUniform, type RandomCounter, type RandomKey } from '@core/random/tensorflow'

/** TensorFlow's own numbers: see tests/oracles/philox.py. Keys and counters are decimals of 64 bits. */
interface Vectors {
  readonly cases: readonly {
    readonly key: string
    readonly counter: readonly [string, string]
    readonly shape: readonly number[]
    readonly uniform: readonly number[]
  }[]
  readonly long: readonly (Vectors['cases'][number] & { readonly positions: readonly number[] })[]
}
const vectors = JSON.parse(
  readFileSync(new URL('../oracles/philox.json', import.meta.url), 'utf8')
) as Vectors

const halves = (word: string): [number, number] => {
  const bits = BigInt(word)
  return [Number(bits & 0xffffffffn), Number(bits >> 32n)]
}
const keyOf = (word: string): RandomKey => halves(word)
const counterOf = ([low, high]: readonly [string, string]): RandomCounter => [...halves(low), ...halves(high)]
const size = (shape: readonly number[]) => shape.reduce((n, d) => n * d, 1)

describe('statelessUniform is TensorFlow’s StatelessRandomUniformV2, bit for bit', () => {
  test.each(vectors.cases)('key $key, counter $counter, shape $shape', ({ key, counter, shape, uniform }) => {
    const out = new Float32Array(size(shape))
    statelessUniform(keyOf(key), counterOf(counter), out)
    expect([...out]).toEqual(uniform.map(Math.fround))
  })

  test.each(vectors.long)('far along: key $key, counter $counter', ({ key, counter, ...long }) => {
    const out = new Float32Array(size(long.shape))
    statelessUniform(keyOf(key), counterOf(counter), out)
    expect(long.positions.map((at) => out[at])).toEqual(long.uniform.map(Math.fround))
  })
})

test('a later part of the numbers is had by a later counter', () => {
  const whole = new Float32Array(400)
  const part = new Float32Array(40)
  statelessUniform([1, 2], [0xfffffff0, 0xffffffff, 5, 0], whole)
  // 360 numbers are 90 blocks: 0xfffffff0 + 90 carries into the third word.
  statelessUniform([1, 2], [0xfffffff0 + 90 - 0x100000000, 0, 6, 0], part)
  expect([...part]).toEqual([...whole.subarray(360)])
})
