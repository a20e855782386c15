import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { baselinesOf } from '@core/data/baselines'
import type { Dataset } from '@core/data/dataset'

// scikit-learn's LogisticRegression and LinearRegression: tests/oracles/baselines.py
const golden = JSON.parse(readFileSync(new URL('../oracles/baselines.json', import.meta.url), 'utf8')) as {
  x: number[][]
  classes: number[]
  numbers: number[]
  train: number
  accuracy: number
  error: number
  mean_error: number
}
const rows = golden.x.length
const range = (from: number, to: number): Int32Array =>
  Int32Array.from({ length: to - from }, (_, i) => from + i)
const data: Dataset = {
  features: ['a', 'b', 'c', 'd'],
  classes: ['0', '1', '2'],
  shape: [4],
  target: { classes: 3, shape: [] },
  x: Float32Array.from(golden.x.flat()),
  scale: 1,
  y: Int32Array.from(golden.classes),
  rows,
  parts: { train: range(0, golden.train), validation: range(golden.train, rows), test: new Int32Array() }
}
const go = (): Promise<void> => Promise.resolve()

test('a linear model for classes is right as often as scikit-learn’s', async () => {
  const found = (await baselinesOf(data, go))!
  // One row in 40 may lie on the border.
  expect(Math.abs(found.linear - golden.accuracy)).toBeLessThanOrEqual(0.0251)
  const counts = [0, 1, 2].map((k) => golden.classes.slice(0, golden.train).filter((c) => c === k).length)
  const commonest = counts.indexOf(Math.max(...counts))
  const share =
    golden.classes.slice(golden.train).filter((c) => c === commonest).length / (rows - golden.train)
  expect(found).toMatchObject({ part: 'validation', measure: 'accuracy', commonest, always: share })
})

test('least squares is as near as scikit-learn’s', async () => {
  const numbers: Dataset = {
    ...data,
    classes: [],
    target: { shape: [1] },
    y: Float32Array.from(golden.numbers)
  }
  const found = (await baselinesOf(numbers, go))!
  expect(found.measure).toBe('error')
  expect(found.linear).toBeCloseTo(golden.error, 2)
  expect(found.always).toBeCloseTo(golden.mean_error, 4)
})

test('data without a row to score, or pictures, have none', async () => {
  const none = { train: new Int32Array(), validation: new Int32Array(), test: new Int32Array() }
  expect(await baselinesOf({ ...data, parts: none }, go)).toBeUndefined()
  expect(await baselinesOf({ ...data, shape: [2, 2] }, go)).toBeUndefined()
})
