import { makeDataset } from '@core/data/dataset'
import { fullPart } from '@core/registry/complete'
import { part } from '@core/registry/define'
import { unwrap } from '@core/result'
import type { WeightHistory } from '@core/inside/messages'
import { BINS, TEN_BINS } from '@core/inside/spread'
import {
  columnAt,
  edgesOf,
  gradientStrip,
  gradientWords,
  sizeWords,
  weightStrip,
  weightWords
} from '@renderer/inside/history'
import { columnMoves, saliencyLimit, saliencyWords, slopeMap } from '@renderer/inside/saliencyWords'
import { expect, test } from 'vitest'

test('columns of a strip meet half way between epochs', () => {
  expect(edgesOf([0, 10, 40])).toEqual([0, 0.125, 0.625, 1])
  expect(edgesOf([5])).toEqual([0, 1])
  expect([0, 0.1, 0.2, 0.9, 1, -0.2].map((share) => columnAt([0, 10, 40], share))).toEqual([0, 0, 1, 2, 2, 0])
})

const history: WeightHistory = {
  count: 4,
  mean: Float32Array.of(0, -0.25),
  deviation: Float32Array.of(0.5, 1),
  least: Float32Array.of(-1, -2),
  most: Float32Array.of(1, 1.5),
  from: -2,
  to: 1.5,
  histogram: new Int32Array(2 * BINS),
  gradient: {
    size: Float32Array.of(NaN, 0.00031),
    zero: Float32Array.of(NaN, 0.5),
    histogram: new Int32Array(2 * TEN_BINS)
  }
}

test('the numbers of an epoch are said exactly', () => {
  expect(weightWords(history, 1)).toBe('mean −0.25 ± 1, −2 to 1.5')
  expect(gradientWords(history, 0)).toBe('not measured yet')
  expect(gradientWords(history, 1)).toBe('3.1e−4, 2 of 4 are 0')
  expect(sizeWords(0.0123)).toBe('0.012')
})

test('a strip of gradients shows the powers of ten that are used, and no column where nothing is known', () => {
  expect(gradientStrip(history)).toBeUndefined()
  const histogram = new Int32Array(2 * TEN_BINS)
  // From 10⁻⁴ to 10⁻³, and from 10⁻² on.
  histogram[TEN_BINS + 18] = 3
  histogram[TEN_BINS + 24] = 1
  const strip = gradientStrip({ ...history, gradient: { ...history.gradient!, histogram } })!
  expect([strip.from, strip.to, strip.bins]).toEqual([-4, -1, 9])
  expect(strip.columns[0]).toBeUndefined()
  expect([...strip.columns[1]!]).toEqual([3, 0, 0, 0, 0, 0, 1, 0, 0])
})

test('numbers that are all alike lie in the middle of their strip', () => {
  expect(weightStrip({ ...history, from: 2, to: 2 })).toMatchObject({ from: 1, to: 3 })
})

test('what an answer hangs on is said with shares', () => {
  const base = {
    ...{ type: 'saliency' as const, id: 1, epoch: 3, class: 7, height: 1, width: 2, patch: 4 },
    values: Float32Array.of(0.05, -0.01)
  }
  expect(saliencyWords({ ...base, share: 0.99, least: 0.3, most: 0.99 }, '7')).toBe(
    'Hangs on single places: covered at the strongest green place, 7 falls from 99 % to 30 %.'
  )
  expect(saliencyWords({ ...base, share: 0.999, least: 0.998, most: 1 }, '7')).toBe(
    'Hangs on no single place: whichever is covered, 7 stays at 99.8 % or more.'
  )
  expect(saliencyWords({ ...base, share: 0.5, least: 0.45, most: 0.7 }, 'cat')).toMatch(
    /a little .* 70 % at most\.$/
  )
  // Next to nothing is faint.
  expect(saliencyLimit(base)).toBeGreaterThan(0.1)
})

test('slopes become a map of pixels, or what each column brought', () => {
  const slopes = {
    ...{ type: 'slopes' as const, id: 1, epoch: 3, class: 1 },
    slopes: Float32Array.of(1, 2, -4, 1, 0, 0),
    moved: Float32Array.of(0.5, -2, 0.25, 0.25, 0, 0)
  }
  const map = slopeMap(slopes, [1, 3, 2])
  expect([...map.values]).toEqual([3, -3, 0])
  expect(map).toMatchObject({ width: 3, height: 1, limit: 3 })
  const source = fullPart('source', part('admissions'))
  const admissions = unwrap(makeDataset({ source, seed: 0, split: { train: 0.6, test: 0 } }, {}))
  // The four numbers of the rank are one column.
  expect(columnMoves(slopes, admissions)).toEqual([
    { name: 'gpa', moved: -2 },
    { name: 'gre', moved: 0.5 },
    { name: 'rank', moved: 0.5 }
  ])
})
