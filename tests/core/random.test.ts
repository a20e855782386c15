import { describe, expect, test } from 'vitest'
import { philox4x32 } from '@core/random/philox'
import { randomStream, type RandomStream } from '@core/random/stream'
import { moments } from './helpers/statistics'

describe('Philox4x32-10 gives the known answers of Random123 (kat_vectors)', () => {
  test.each([
    ['zeros', [0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]],
    [
      'ones',
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]
    ],
    [
      'digits of pi',
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]
    ]
  ])('%s', (_name, counter, key, answer) => {
    const out = new Uint32Array(4)
    philox4x32(key as [number, number], counter as [number, number, number, number], out)
    expect([...out]).toEqual(answer)
  })
})

const draw = (stream: RandomStream, n = 100_000): number[] =>
  Array.from({ length: n }, () => stream.uniform())

describe('a stream', () => {
  test('is a function of seed, label and index', () => {
    const first = draw(randomStream(7, 'data', 3), 50)
    expect(draw(randomStream(7, 'data', 3), 50)).toEqual(first)
    for (const other of [randomStream(8, 'data', 3), randomStream(7, 'date', 3), randomStream(7, 'data', 4)])
      expect(draw(other, 50).filter((v) => first.includes(v))).toEqual([])
  })

  test('tells indices beyond 32 bits apart', () => {
    expect(draw(randomStream(1, 'x', 2 ** 32 + 5), 4)).not.toEqual(draw(randomStream(1, 'x', 5), 4))
  })

  test('takes the largest seed there is', () => {
    expect(draw(randomStream(0xffffffff, 'x'), 4)).not.toEqual(draw(randomStream(0, 'x'), 4))
  })

  test('is uniform on [0, 1)', () => {
    const values = draw(randomStream(1, 'uniform'))
    const { mean, std } = moments(values)
    expect(mean).toBeCloseTo(0.5, 2)
    expect(std).toBeCloseTo(1 / Math.sqrt(12), 2)
    expect(Math.min(...values.slice(0, 50_000))).toBeGreaterThanOrEqual(0)
    expect(Math.max(...values.slice(0, 50_000))).toBeLessThan(1)
    // χ² over 16 bins: above 37.7 once in a thousand.
    const bins = new Array<number>(16).fill(0)
    for (const v of values) bins[Math.floor(v * 16)]++
    const expected = values.length / 16
    expect(bins.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0)).toBeLessThan(37.7)
  })

  test('is normal', () => {
    const random = randomStream(1, 'normal')
    const values = Array.from({ length: 100_000 }, () => random.normal())
    const { mean, std, skew, kurtosis } = moments(values)
    expect(mean).toBeCloseTo(0, 1.7)
    expect(std).toBeCloseTo(1, 1.7)
    expect(skew).toBeCloseTo(0, 1)
    expect(kurtosis).toBeCloseTo(3, 1)
    expect(values.every(Number.isFinite)).toBe(true)
    const share = values.filter((v) => Math.abs(v) < 1).length / values.length
    expect(share).toBeCloseTo(0.6827, 2)
  })

  test('draws whole numbers evenly', () => {
    const random = randomStream(1, 'integer')
    const counts = new Array<number>(7).fill(0)
    for (let i = 0; i < 70_000; i++) counts[random.integer(7)]++
    for (const n of counts) expect(Math.abs(n - 10_000)).toBeLessThan(400)
  })

  test('permutes', () => {
    for (const n of [0, 1, 2, 57]) {
      const order = randomStream(3, 'order').permutation(n)
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i))
    }
    const firsts = new Array<number>(5).fill(0)
    for (let i = 0; i < 10_000; i++) firsts[randomStream(3, 'order', i).permutation(5)[0]]++
    for (const n of firsts) expect(Math.abs(n - 2000)).toBeLessThan(200)
  })
})
