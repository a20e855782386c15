import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeDataset, PARTS } from '@core/data/dataset'
import { splitRows, splitSizes } from '@core/data/split'
import { fullPart } from '@core/registry/complete'
import { firstProject } from '@core/templates'

const labels = (counts: readonly number[]): Int32Array =>
  Int32Array.from(counts.flatMap((n, label) => new Array<number>(n).fill(label)))

test('parts are disjoint, cover all rows, and are in the order of the rows', () => {
  const counts = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 })
  const asked = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 2, max: 150 }))
  fc.assert(
    fc.property(counts, asked, asked, fc.nat(), (n, train, test, seed) => {
      const y = labels(n)
      const parts = splitRows({ labels: y, classes: n.length }, { train, test }, seed)
      const rows = PARTS.flatMap((p) => [...parts[p]])
      expect(rows.sort((a, b) => a - b)).toEqual(Array.from(y, (_, i) => i))
      for (const p of PARTS) expect([...parts[p]]).toEqual([...parts[p]].sort((a, b) => a - b))
      const sizes = splitSizes({ train, test }, y.length)
      if (!sizes.fits) return
      expect(parts.train).toHaveLength(sizes.train)
      expect(parts.test).toHaveLength(sizes.test)
    })
  )
})

test('every part has the classes in proportion', () => {
  const counts = fc.tuple(fc.integer({ min: 10, max: 200 }), fc.integer({ min: 10, max: 200 }))
  fc.assert(
    fc.property(counts, fc.nat(), ([a, b], seed) => {
      const y = labels([a, b])
      const parts = splitRows({ labels: y, classes: 2 }, { train: 0.5, test: 0.2 }, seed)
      for (const p of PARTS) {
        const first = parts[p].filter((row) => y[row] === 0).length
        expect(Math.abs(first - (parts[p].length * a) / (a + b))).toBeLessThanOrEqual(1.5)
      }
    })
  )
})

describe('sizes', () => {
  test.each([
    [{ train: 0.5, test: 0 }, 200, { train: 100, test: 0, fits: true }],
    [{ train: 0.5, test: 0.5 }, 201, { train: 101, test: 100, fits: true }],
    [{ train: 0.33, test: 0.33 }, 100, { train: 33, test: 33, fits: true }],
    [{ train: 1, test: 0 }, 7, { train: 7, test: 0, fits: true }],
    [{ train: 60, test: 100 }, 460, { train: 60, test: 100, fits: true }],
    [{ train: 60, test: 0.5 }, 100, { train: 60, test: 50, fits: false }],
    [{ train: 0.7, test: 0.6 }, 100, { train: 70, test: 60, fits: false }],
    [{ train: 461, test: 0 }, 460, { train: 461, test: 0, fits: false }],
    [{ train: 0, test: 0 }, 10, { train: 0, test: 0, fits: false }],
    [{ train: 0.01, test: 0 }, 10, { train: 0, test: 0, fits: false }]
  ])('%o of %i rows', (split, rows, sizes) => {
    expect(splitSizes(split, rows)).toEqual(sizes)
  })
})

test('all rows to learn from stay in their order', () => {
  expect(splitRows({ labels: labels([3, 2]), classes: 2 }, { train: 1, test: 0 }, 9).train).toEqual(
    Int32Array.of(0, 1, 2, 3, 4)
  )
})

test('the seed of the data decides, and nothing else', () => {
  const y = labels([50, 50])
  const train = (seed: number) => splitRows({ labels: y, classes: 2 }, { train: 0.5, test: 0 }, seed).train
  expect(train(1)).toEqual(train(1))
  expect(train(1)).not.toEqual(train(2))
})

describe('a data set', () => {
  test('has what its document describes', () => {
    const made = makeDataset(firstProject.data, {})
    if (!made.ok) throw new Error(made.problems[0].message)
    const { features, classes, rows, x, y, parts } = made.value
    expect({ features, classes, rows }).toEqual({
      features: ['x', 'y'],
      classes: ['upper', 'lower'],
      rows: 200
    })
    expect([x.length, y?.length]).toEqual([400, 200])
    expect(PARTS.map((p) => parts[p].length)).toEqual([100, 100, 0])
  })

  test('hands on what is wrong with its source', () => {
    const made = makeDataset(
      { ...firstProject.data, source: fullPart('source', { type: 'table', config: {} }) },
      {}
    )
    expect(made).toMatchObject({ ok: false, problems: [{ code: 'no-file' }] })
  })
})
