import { describe, expect, test } from 'vitest'
import type { Rows } from '@core/registry/define'
import { describeRows, make } from './helpers/sources'
import { moments } from './helpers/statistics'

/** The points of one class, or of all. */
function points({ x, y }: Rows, label?: number): [number, number][] {
  return Array.from(y!, (c, i) => ({ c, p: [x[2 * i], x[2 * i + 1]] as [number, number] }))
    .filter(({ c }) => label === undefined || c === label)
    .map(({ p }) => p)
}
const radius = ([x, y]: [number, number]): number => Math.hypot(x, y)

describe.each(['moons', 'circle', 'xor', 'gauss', 'spiral', 'blobs', 'twoFeatures'])('%s', (type) => {
  test('is points in a plane with names for both axes', () => {
    const { shape, features, target, classes } = describeRows(type)
    expect(shape).toEqual([2])
    expect(features).toHaveLength(2)
    expect(target).toEqual({ classes: classes.length, shape: [] })
  })

  test('makes every class, about equally often', () => {
    const y = make(type, { samples: 2000, noise: 0 }).y!
    const counts = [...new Set(y)].map((c) => y.filter((v) => v === c).length)
    expect(counts.length).toBeGreaterThanOrEqual(2)
    expect(Math.max(...counts) / Math.min(...counts)).toBeLessThan(1.25)
  })
})

describe('moons without noise are scikit-learn’s make_moons', () => {
  const expectRows = (samples: number, upper: number[][], lower: number[][]): void => {
    const rows = make('moons', { samples, noise: 0 })
    const round = (list: [number, number][]): number[][] => list.map((p) => p.map((v) => +v.toFixed(6) + 0))
    expect(round(points(rows, 0))).toEqual(upper)
    expect(round(points(rows, 1))).toEqual(lower)
  }

  // Upper: (cos t, sin t), lower: (1 − cos t, 1 − sin t − 0.5), t from 0 to π, both ends included.
  test('ten points', () => {
    const h = +Math.SQRT1_2.toFixed(6)
    expectRows(
      10,
      [
        [1, 0],
        [h, h],
        [0, 1],
        [-h, h],
        [-1, 0]
      ],
      [
        [0, 0.5],
        [+(1 - Math.SQRT1_2).toFixed(6), +(0.5 - Math.SQRT1_2).toFixed(6)],
        [1, -0.5],
        [+(1 + Math.SQRT1_2).toFixed(6), +(0.5 - Math.SQRT1_2).toFixed(6)],
        [2, 0.5]
      ]
    )
  })

  test('of an odd number the lower moon gets one more', () => {
    const { y } = make('moons', { samples: 11, noise: 0 })
    expect(y!.filter((c) => c === 0)).toHaveLength(5)
  })

  test('noise is normal around the same places', () => {
    const clean = make('moons', { samples: 5000, noise: 0 }).x
    const noisy = make('moons', { samples: 5000, noise: 0.2 }).x
    const { mean, std, kurtosis } = moments(Array.from(noisy, (v, i) => v - clean[i]))
    expect(mean).toBeCloseTo(0, 1.9)
    expect(std).toBeCloseTo(0.2, 2)
    expect(kurtosis).toBeCloseTo(3, 0.5)
  })
})

describe('the browser playground’s sets', () => {
  test('circle: a disc within 2.5 and a ring from 3.5 to 5', () => {
    const rows = make('circle', { samples: 1000, noise: 0 })
    for (const p of points(rows, 1)) expect(radius(p)).toBeLessThan(2.5)
    for (const p of points(rows, 0)) {
      expect(radius(p)).toBeGreaterThanOrEqual(3.5 - 1e-6)
      expect(radius(p)).toBeLessThanOrEqual(5 + 1e-6)
    }
    expect(moments(points(rows, 1).map(radius)).mean).toBeCloseTo(1.25, 0.7)
  })

  test('circle: noise moves the label, not the point', () => {
    const clean = make('circle', { samples: 500, noise: 0 })
    const noisy = make('circle', { samples: 500, noise: 0.5 })
    expect(noisy.x).toEqual(clean.x)
    expect(noisy.y).not.toEqual(clean.y)
  })

  test('xor: squares of 0.3 to 5.3 around the axes, same signs are one class', () => {
    const rows = make('xor', { samples: 1000, noise: 0 })
    for (const label of [0, 1])
      for (const [x, y] of points(rows, label)) {
        expect(x * y > 0).toBe(label === 1)
        for (const v of [x, y]) expect(Math.abs(v)).toBeGreaterThanOrEqual(0.3 - 1e-6)
        for (const v of [x, y]) expect(Math.abs(v)).toBeLessThanOrEqual(5.3 + 1e-6)
      }
  })

  test('xor: noise moves the label, not the point', () => {
    expect(make('xor', { noise: 0.5 }).x).toEqual(make('xor', { noise: 0 }).x)
  })

  test.each([
    [0, 0.5],
    [0.25, 2.25],
    [0.5, 4]
  ])('gauss: clouds at (2, 2) and (−2, −2); with noise %f their variance is %f', (noise, variance) => {
    const rows = make('gauss', { samples: 8000, noise })
    for (const [label, centre] of [
      [1, 2],
      [0, -2]
    ])
      for (const axis of [0, 1]) {
        const { mean, std } = moments(points(rows, label).map((p) => p[axis]))
        expect(mean).toBeCloseTo(centre, 0.8)
        expect(std / Math.sqrt(variance)).toBeCloseTo(1, 1.4)
      }
  })

  test('spiral: 1.75 turns out to radius 5, the second arm half a turn on', () => {
    const rows = make('spiral', { samples: 200, noise: 0 })
    for (const [label, start] of [
      [1, 0],
      [0, Math.PI]
    ])
      for (const [i, [x, y]] of points(rows, label).entries()) {
        const r = (5 * i) / 100
        const t = (1.75 * i * 2 * Math.PI) / 100 + start
        expect(x).toBeCloseTo(r * Math.sin(t), 5)
        expect(y).toBeCloseTo(r * Math.cos(t), 5)
      }
  })

  test('spiral: noise is even, up to its value on each axis', () => {
    const clean = make('spiral', { samples: 4000, noise: 0 }).x
    const moved = Array.from(make('spiral', { samples: 4000, noise: 0.4 }).x, (v, i) => v - clean[i])
    expect(Math.max(...moved)).toBeLessThanOrEqual(0.4 + 1e-5)
    expect(moments(moved).std).toBeCloseTo(0.4 / Math.sqrt(3), 1.7)
  })
})

test('blobs: clouds at equal distances on a circle of radius 4', () => {
  const rows = make('blobs', { samples: 4000, classes: 4, noise: 0.5 })
  const centres = [
    [0, 4],
    [4, 0],
    [0, -4],
    [-4, 0]
  ]
  for (const [label, centre] of centres.entries())
    for (const axis of [0, 1]) {
      const { mean, std } = moments(points(rows, label).map((p) => p[axis]))
      expect(mean).toBeCloseTo(centre[axis], 0.8)
      expect(std).toBeCloseTo(0.5, 1)
    }
})
