import { describe, expect, test } from 'vitest'
import { bitsOf, fromBits } from '@core/data/sequences'
import { describeRows, make, sameNumbers } from './helpers/sources'
import { moments } from './helpers/statistics'

describe('binary digits', () => {
  test('9 is 1001 from the least significant', () => {
    expect(bitsOf(9, 8)).toEqual([1, 0, 0, 1, 0, 0, 0, 0])
    for (const value of [0, 1, 69, 200, 255]) expect(fromBits(bitsOf(value, 8))).toBe(value)
    expect(fromBits([0.7, 0.2, 0.5])).toBe(5)
  })
})

describe('binaryAddition', () => {
  test('the answers are the digits of the sums', () => {
    const bits = 8
    const { x, y } = make('binaryAddition', { samples: 500, bits })
    for (let row = 0; row < 500; row++) {
      const digits = (k: number): number[] =>
        Array.from({ length: bits }, (_, step) => x[(row * bits + step) * 2 + k])
      const sum = fromBits([...y!.subarray(row * bits, (row + 1) * bits)])
      expect(fromBits(digits(0)) + fromBits(digits(1))).toBe(sum)
    }
  })

  test('of different lengths: sums of 2 to all digits, equally often, and −1 behind them', () => {
    const bits = 8
    const { x, y } = make('binaryAddition', { samples: 3500, bits, vary: true })
    const counts = new Map<number, number>()
    for (let row = 0; row < 3500; row++) {
      const digits = (k: number): number[] =>
        Array.from({ length: bits }, (_, step) => x[(row * bits + step) * 2 + k])
      const length = digits(0).filter((v) => v >= 0).length
      counts.set(length, (counts.get(length) ?? 0) + 1)
      for (const k of [0, 1]) expect(digits(k).slice(length)).toEqual(new Array(bits - length).fill(-1))
      const sum = [...y!.subarray(row * bits, (row + 1) * bits)]
      expect(fromBits(digits(0)) + fromBits(digits(1))).toBe(fromBits(sum))
      expect(sum.slice(length).every((v) => v === 0)).toBe(true)
    }
    expect([...counts.keys()].sort()).toEqual([2, 3, 4, 5, 6, 7, 8])
    for (const n of counts.values()) expect(n / 3500).toBeCloseTo(1 / 7, 1)
  })

  test('numbers are spread over all that fit', () => {
    const { x } = make('binaryAddition', { samples: 4000 })
    // The highest digit stays free for the carry; the others are 1 half of the time.
    const share = (step: number): number =>
      Array.from({ length: 4000 }, (_, row) => x[(row * 8 + step) * 2]).reduce((a, b) => a + b, 0) / 4000
    for (let step = 0; step < 7; step++) expect(share(step)).toBeCloseTo(0.5, 1)
    expect(share(7)).toBe(0)
  })
})

describe('waves', () => {
  const steps = 32
  const rowsOf = (values: ArrayLike<number>, row: number): number[] =>
    Array.from(values).slice(row * steps, (row + 1) * steps)

  test('classify: square waves take two heights, sines and triangles are told by their slopes', () => {
    const { x, y } = make('waves', { samples: 300, steps, noise: 0 })
    for (let row = 0; row < 300; row++) {
      const wave = rowsOf(x, row)
      const flat = wave.every((v) => Math.abs(Math.abs(v) - 1) < 1e-6)
      expect(flat).toBe(y![row] === 1)
      // Between its turns a triangle's steps are all alike, 4 / period; those of a sine are not.
      const rises = wave.slice(1).map((v, i) => Math.abs(v - wave[i]))
      const usual = Math.max(...rises)
      const alike = rises.filter((r) => Math.abs(r - usual) < 1e-4).length
      if (y![row] === 2) expect(alike).toBeGreaterThan(steps / 2)
      if (y![row] === 0) expect(alike).toBeLessThan(steps / 2)
      expect(Math.max(...wave.map(Math.abs))).toBeLessThanOrEqual(1 + 1e-6)
    }
  })

  test('label: up where the wave without noise is higher than a step before', () => {
    const clean = make('waves', { samples: 200, steps, task: 'label', noise: 0 })
    for (let row = 0; row < 200; row++) {
      const wave = rowsOf(clean.x, row)
      const up = rowsOf(clean.y!, row)
      for (let step = 1; step < steps; step++)
        if (Math.abs(wave[step] - wave[step - 1]) > 1e-4)
          expect(up[step] === 1).toBe(wave[step] > wave[step - 1])
    }
    expect(moments(clean.y!).mean).toBeCloseTo(0.5, 1)
    expect(make('waves', { samples: 200, steps, task: 'label', noise: 0.1 }).y).toEqual(clean.y)
    expect(describeRows('waves', { task: 'label', steps }).target).toEqual({ classes: 2, shape: [steps] })
  })

  test('draw: the same wave for a class each time, with noise around it', () => {
    const { x, y } = make('waves', { samples: 600, steps, task: 'draw', noise: 0.1 })
    for (let row = 0; row < 600; row++) expect([...x.subarray(3 * row, 3 * row + 3)]).toEqual(oneHot(row % 3))
    const sine = Array.from({ length: steps }, (_, step) => Math.sin((2 * Math.PI * step) / 16))
    const off = Array.from({ length: 200 }, (_, i) =>
      rowsOf(y!, 3 * i).map((v, step) => v - sine[step])
    ).flat()
    expect(moments(off).mean).toBeCloseTo(0, 1.9)
    expect(moments(off).std).toBeCloseTo(0.1, 2)
  })

  const oneHot = (k: number): number[] => [0, 1, 2].map((i) => Number(i === k))
})

test('memory: the first step is marked and is the answer, the others say nothing about it', () => {
  const rows = 1000
  const { x, y } = make('memory', { samples: rows, symbols: 4, gap: 6 })
  const step = (row: number, t: number): number[] => [...x.subarray((row * 7 + t) * 5, (row * 7 + t + 1) * 5)]
  const agreeing = Array<number>(7).fill(0)
  const wrong: number[] = []
  for (let row = 0; row < rows; row++)
    for (let t = 0; t < 7; t++) {
      const [symbol, mark] = [step(row, t).slice(0, 4), step(row, t)[4]]
      if (symbol.filter((v) => v === 1).length !== 1 || mark !== Number(t === 0)) wrong.push(row)
      if (symbol.indexOf(1) === y![row]) agreeing[t]++
    }
  expect(wrong).toEqual([])
  expect(agreeing[0]).toBe(rows)
  for (const hits of agreeing.slice(1)) expect(hits / rows).toBeCloseTo(0.25, 1)
})

describe('pictures', () => {
  const samples = 200
  const { x, y } = make('pictures', { samples, noise: 0 })
  const at = (row: number, height: number, width: number): number =>
    [0, 1, 2].reduce((sum, colour) => sum + x[((row * 32 + height) * 32 + width) * 3 + colour], 0) / 3

  test('are bytes, bright in the middle and dark at the edge', () => {
    expect(x).toBeInstanceOf(Uint8Array)
    expect(describeRows('pictures', { samples }).scale).toBeCloseTo(1 / 255, 10)
    for (let row = 0; row < samples; row++) {
      expect(at(row, 15, 15)).toBeGreaterThanOrEqual(160)
      expect(at(row, 0, 0)).toBeLessThanOrEqual(70)
    }
  })

  test('a disc fills three quarters of the square around it, a cross half', () => {
    for (let row = 0; row < samples; row++) {
      const places = Array.from({ length: 1024 }, (_, i) => [i % 32, Math.floor(i / 32)]).filter(
        ([column, height]) => at(row, height, column) > 115
      )
      const sides = [0, 1].map((axis) => {
        const along = places.map((place) => place[axis])
        return Math.max(...along) - Math.min(...along) + 1
      })
      const filled = places.length / (sides[0] * sides[1])
      // π/4 = 0.79; arms of 0.6 times their length: 0.51.
      expect(filled > 0.66, `row ${row}: ${filled}`).toBe(y![row] === 0)
    }
  })

  test('noise shakes every number', () => {
    const noisy = make('pictures', { samples: 50, noise: 0.1 })
    expect(sameNumbers(noisy.x, x.subarray(0, noisy.x.length))).toBe(false)
    expect(new Set(noisy.x).size).toBeGreaterThan(200)
  })
})

test('memory: lengths may differ, and what fills up is zeros', () => {
  const { x, y } = make('memory', { samples: 400, gap: 3, symbols: 2, vary: true })
  const lengths = Array.from({ length: 400 }, (_, row) => {
    const steps = [0, 1, 2, 3].map((step) => [...x.subarray((row * 4 + step) * 3, (row * 4 + step + 1) * 3)])
    const filled = steps.map((own) => own.some((v) => v !== 0))
    // The first is there and marked, and nothing comes after a filler.
    expect(steps[0]).toEqual([y![row] === 0 ? 1 : 0, y![row] === 1 ? 1 : 0, 1])
    expect(filled.lastIndexOf(true)).toBe(filled.filter(Boolean).length - 1)
    return filled.filter(Boolean).length
  })
  for (const length of [1, 2, 3, 4])
    expect(lengths.filter((own) => own === length).length).toBeGreaterThan(60)
})
