import { expect, test } from 'vitest'
import {
  accuracyAxis,
  epochAxis,
  lossAxis,
  lossLabel,
  roundStep,
  shareOf,
  valueAt
} from '@renderer/training/axis'

test('steps are round and no more than asked for', () => {
  expect(roundStep(0.75, 3)).toBe(0.25)
  expect(roundStep(0.3, 3)).toBeCloseTo(0.1, 12)
  expect(roundStep(1240, 4)).toBe(500)
  for (const span of [0.013, 1, 7, 99, 1234])
    for (const count of [1, 2, 3, 5]) expect(span / roundStep(span, count)).toBeLessThanOrEqual(count + 1e-9)
})

test('the epoch axis starts at 0, ends at the last epoch and has whole ticks', () => {
  expect(epochAxis(1240, 4)).toEqual({ from: 0, to: 1240, log: false, ticks: [0, 500, 1000] })
  expect(epochAxis(3, 4).to).toBe(10)
  for (const last of [1, 3, 10, 17, 4000])
    for (const tick of epochAxis(last, 4).ticks) expect(Number.isInteger(tick)).toBe(true)
})

test('the loss axis starts at 0 and ends at a round number above every value', () => {
  const axis = lossAxis([0.72, 0.3, 0.14, NaN], false, 3)
  expect(axis).toEqual({ from: 0, to: 0.75, log: false, ticks: [0, 0.25, 0.5, 0.75] })
  expect(axis.ticks.map(lossLabel(axis))).toEqual(['0.00', '0.25', '0.50', '0.75'])
  expect(lossAxis([], false, 3).to).toBe(1)
})

test('a logarithmic loss axis spans whole powers of ten', () => {
  const axis = lossAxis([0.72, 0.004], true, 4)
  expect(axis).toMatchObject({ from: 0.001, to: 1, log: true, ticks: [0.001, 0.01, 0.1, 1] })
  expect(axis.ticks.map(lossLabel(axis))).toEqual(['0.001', '0.01', '0.1', '1'])
  expect(shareOf(axis, 0.1)).toBeCloseTo(2 / 3, 10)
})

test('an accuracy axis ends at 100 % and is not pressed together by the first guesses', () => {
  const values = [0.31, ...Array.from({ length: 99 }, (_, i) => 0.83 + i / 1000)]
  expect(accuracyAxis(values, 3)).toMatchObject({ from: 0.8, to: 1 })
  expect(accuracyAxis([1, 1, 1], 2)).toMatchObject({ from: 0.9, to: 1 })
  expect(accuracyAxis([], 2).to).toBe(1)
})

test('places and values belong to each other', () => {
  for (const axis of [epochAxis(977, 4), lossAxis([0.5, 0.002], true, 3), lossAxis([3.2], false, 3)])
    for (const share of [0, 0.2, 0.77, 1]) expect(shareOf(axis, valueAt(axis, share))).toBeCloseTo(share, 10)
})
