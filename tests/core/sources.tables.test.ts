import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { describeRows, make } from './helpers/sources'
import { moments } from './helpers/statistics'

/** Column `i` of a table of this width. */
const column = (x: ArrayLike<number>, width: number, i: number): number[] =>
  Array.from({ length: x.length / width }, (_, row) => x[row * width + i])

describe('iris', () => {
  // scikit-learn's load_iris: tests/oracles/iris.py.
  const golden = JSON.parse(readFileSync(new URL('../oracles/iris.json', import.meta.url), 'utf8')) as {
    classes: string[]
    x: number[][]
    y: number[]
  }

  test('all four measurements of all three kinds are Fisher’s', () => {
    const { x, y } = make('iris', { features: 'all', kinds: 'all' })
    expect(describeRows('iris', { features: 'all' }).classes).toEqual(golden.classes)
    expect(Array.from(x, (v) => +v.toFixed(4))).toEqual(golden.x.flat())
    expect([...y!]).toEqual(golden.y)
  })

  test('sepal and petal length of setosa and versicolor: columns 0 and 2 of the first 100', () => {
    const { x, y } = make('iris', { features: 'both', kinds: 'two' })
    expect(Array.from(x, (v) => +v.toFixed(4))).toEqual(
      golden.x.slice(0, 100).flatMap((row) => [row[0], row[2]])
    )
    expect([...y!]).toEqual(golden.y.slice(0, 100))
    expect(describeRows('iris', { kinds: 'two' })).toMatchObject({
      features: ['sepal length', 'petal length'],
      classes: ['setosa', 'versicolor']
    })
  })

  test('on one scale every measurement has mean 0 and deviation 1', () => {
    const { x } = make('iris', { features: 'all', standardise: true })
    for (const i of [0, 1, 2, 3]) {
      const { mean, std } = moments(column(x, 4, i))
      expect(mean).toBeCloseTo(0, 5)
      expect(std).toBeCloseTo(1, 5)
    }
  })
})

describe('admissions', () => {
  const rows = 8000
  const { x, y } = make('admissions', { samples: rows })

  test('gre and gpa are standardised and go together; the rank is one-hot', () => {
    const [gre, gpa] = [column(x, 6, 0), column(x, 6, 1)]
    for (const values of [gre, gpa]) {
      expect(moments(values).mean).toBeCloseTo(0, 4)
      expect(moments(values).std).toBeCloseTo(1, 4)
    }
    // 0.62² before scores are cut off at the ends of their ranges; 0.384 in the well-known table.
    expect(gre.reduce((sum, v, i) => sum + v * gpa[i], 0) / rows).toBeCloseTo(0.37, 1)
    for (let row = 0; row < rows; row++) {
      const rank = [...x.subarray(row * 6 + 2, row * 6 + 6)]
      expect(rank.filter((v) => v === 1)).toHaveLength(1)
      expect(rank.filter((v) => v === 0)).toHaveLength(3)
    }
  })

  test('has as many different scores as its ranges allow: gre by 20 from 220 to 800, gpa by 0.01', () => {
    expect(new Set(column(x, 6, 0)).size).toBeLessThanOrEqual(30)
    expect(new Set(column(x, 6, 0)).size).toBeGreaterThan(20)
    expect(new Set(column(x, 6, 1)).size).toBeLessThanOrEqual(175)
    expect(new Set(column(x, 6, 1)).size).toBeGreaterThan(120)
  })

  test('about a third is admitted, and fewer the lower the rank of the college', () => {
    const share = (rank: number): number => {
      const own = [...y!].filter((_, row) => x[row * 6 + 2 + rank] === 1)
      return own.reduce((a, b) => a + b, 0) / own.length
    }
    expect(moments(y!).mean).toBeGreaterThan(0.25)
    expect(moments(y!).mean).toBeLessThan(0.38)
    expect(share(0)).toBeGreaterThan(share(1) + 0.05)
    expect(share(1)).toBeGreaterThan(share(2) + 0.05)
    expect(share(2)).toBeGreaterThan(share(3))
  })
})

describe('numbers in the plane: the browser playground’s regression sets', () => {
  test('plane: (x + y) / 10 without noise', () => {
    const { x, y } = make('plane', { samples: 500, noise: 0 })
    for (let i = 0; i < 500; i++) expect(y![i]).toBeCloseTo((x[2 * i] + x[2 * i + 1]) / 10, 6)
    expect(Math.max(...x)).toBeLessThanOrEqual(6)
    expect(Math.min(...x)).toBeGreaterThanOrEqual(-6)
    expect(moments(x).std).toBeCloseTo(12 / Math.sqrt(12), 0)
  })

  test('plane: noise moves the number by even parts of 6 · noise on each axis', () => {
    const { x, y } = make('plane', { samples: 8000, noise: 0.5 })
    const off = Array.from(y!, (v, i) => v - (x[2 * i] + x[2 * i + 1]) / 10)
    // The sum of two even numbers in [−3, 3], over 10: standard deviation 3/√3 · √2 / 10.
    expect(moments(off).std).toBeCloseTo((Math.sqrt(3) * Math.SQRT2) / 10, 2)
    expect(moments(off).mean).toBeCloseTo(0, 1.5)
  })

  test('hills and dips: ±(1 − d/2) around six centres, 0 elsewhere', () => {
    const { x, y } = make('gaussianRegression', { samples: 4000, noise: 0 })
    const centres = [
      [-4, 2.5, 1],
      [0, 2.5, -1],
      [4, 2.5, 1],
      [-4, -2.5, -1],
      [0, -2.5, 1],
      [4, -2.5, -1]
    ]
    let near = 0
    for (let i = 0; i < 4000; i++) {
      const distances = centres.map(([cx, cy, sign]) => ({
        d: Math.hypot(x[2 * i] - cx, x[2 * i + 1] - cy),
        sign
      }))
      // Centres are 4 and more apart, so that no point is within 2 of two of them.
      const own = distances.find(({ d }) => d < 2)
      if (own) near++
      expect(y![i]).toBeCloseTo(own ? own.sign * (1 - own.d / 2) : 0, 4)
    }
    // Six circles of radius 2 in a square of 12 cover 52 %.
    expect(near / 4000).toBeCloseTo((6 * Math.PI * 4) / 144, 1)
  })
})

test('two columns: above and below a wave, half and half', () => {
  const { x, y } = make('twoFeatures', { samples: 3000, noise: 0 })
  for (let i = 0; i < 3000; i++)
    expect(y![i] === 1).toBe(x[2 * i + 1] > 0.5 + 0.25 * Math.sin(2 * Math.PI * x[2 * i]))
  expect(moments(y!).mean).toBeCloseTo(0.5, 1)
})
