import { expect, test } from 'vitest'
import { axesOf, cellOf, dataColumns, numbersOf, usualNumbers } from '@core/data/preparation/columns'
import type { Preparation } from '@core/data/preparation/preparation'

/** Height is standardised with mean 170 and deviation 10, weight from 50 to 90; colour and a day beside them. */
const preparation: Preparation = {
  decimal: ',',
  inputs: [
    {
      ...{ name: 'height', kind: 'number', order: 'ymd', vocabulary: [], flag: true },
      fill: { type: 'median', value: 170 },
      encode: { type: 'standardise', state: [170, 10] },
      names: ['height', 'height is missing']
    },
    {
      ...{ name: 'colour', kind: 'category', order: 'ymd', vocabulary: ['blue', 'red'], flag: false },
      fill: { type: 'empty', value: null },
      encode: { type: 'oneHot', state: [1, 1] },
      names: ['colour = blue', 'colour = red']
    },
    {
      ...{ name: 'weight', kind: 'number', order: 'ymd', vocabulary: [], flag: false },
      fill: { type: 'median', value: 70 },
      encode: { type: 'minMax', state: [50, 40] },
      names: ['weight']
    },
    {
      ...{ name: 'day', kind: 'datetime', order: 'dmy', vocabulary: [], flag: false },
      fill: { type: 'median', value: 0 },
      // Year, month, day and weekday, each with its mean and deviation.
      encode: { type: 'dateParts', state: [2020, 2, 6, 3, 15, 5, 3, 2] },
      names: ['year', 'month', 'day', 'weekday']
    }
  ],
  target: { name: 'answer', classes: [] }
}
const columns = dataColumns(preparation)

test('columns know where their numbers stand', () => {
  expect(columns.map(({ at, width }) => [at, width])).toEqual([
    [0, 2],
    [2, 2],
    [4, 1],
    [5, 4]
  ])
})

test('axes are in the units of the table', () => {
  const axes = axesOf(columns)
  expect(axes.map(({ name, at }) => [name, at])).toEqual([
    ['height', 0],
    ['weight', 4]
  ])
  expect(axes.map(({ toUnit }) => toUnit(0.5))).toEqual([175, 70])
  expect(axes.map(({ toValue }) => toValue(80))).toEqual([-9, 0.75])
})

test('numbers and cells become each other', () => {
  const pairs: readonly (readonly [string, readonly number[]])[] = [
    ['185', [1.5, 0]],
    ['red', [0, 1]],
    ['60', [0.25]],
    // 3 May 2022 was a Tuesday, day 1 from Monday: (2022 − 2020) ÷ 2, (5 − 6) ÷ 3, (3 − 15) ÷ 5, (1 − 3) ÷ 2.
    ['2022-05-03', [1, -1 / 3, -2.4, -1]]
  ]
  for (const [i, [cell, numbers]] of pairs.entries()) {
    expect(cellOf(columns[i]!, Float32Array.from(numbers)), cell).toBe(cell)
    const made = numbersOf(columns[i]!, i === 3 ? '3.5.2022' : cell)
    expect(made, cell).toEqual(Float32Array.from(numbers))
  }
  // What is missing is filled in and flagged, and is an empty cell again.
  expect(numbersOf(columns[0]!, '')).toEqual(Float32Array.of(0, 1))
  expect(cellOf(columns[0]!, Float32Array.of(0, 1))).toBe('')
  expect(numbersOf(columns[2]!, 'heavy')).toBe('weight is “heavy”, which is not a number.')
})

test('usual are the middle number and the commonest cell of these rows', () => {
  // [rows, 3]: a number, then two of a category.
  const x = Float32Array.of(1, 1, 0, 4, 0, 1, 2, 0, 1, 100, 0, 1)
  const [number, category] = [
    { ...columns[2]!, at: 0 },
    { ...columns[1]!, at: 1 }
  ]
  expect([...usualNumbers(number, x, 3, Int32Array.of(0, 1, 2, 3))]).toEqual([3])
  expect([...usualNumbers(number, x, 3, Int32Array.of(0, 1, 2))]).toEqual([2])
  expect([...usualNumbers(category, x, 3, Int32Array.of(0, 1, 2))]).toEqual([0, 1])
})
