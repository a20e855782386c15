import { expect, test } from 'vitest'
import { NewAnswers } from '@core/answers/newAnswers'
import { makeDataset } from '@core/data/dataset'
import { fullPart } from '@core/registry/complete'
import { part } from '@core/registry/define'
import { unwrap } from '@core/result'
import { countsOf, rowsToShow } from '@renderer/newRows/order'
import { cellsOfExample, planeMap } from '@renderer/views/planeMap'

const made = (type: string, config = {}) =>
  unwrap(
    makeDataset(
      {
        source: fullPart('source', part(type, config)),
        seed: 0,
        split: { train: 0.6, test: 0 }
      },
      {}
    )
  )

test('a table shows two of its columns; the others are in the middle of the training part', () => {
  const iris = made('iris', { features: 'all' })
  const map = planeMap(iris, { x: 'petal length', y: 'petal width', held: { 'sepal width': '2,5' } })!
  expect(map.points.features).toEqual(['petal length', 'petal width'])
  expect(map.choices).toHaveLength(4)
  expect(map.slice).toMatchObject({ x: 2, y: 3 })
  // The middle of the training part's sepal lengths, counted here in another way; 2.5 was chosen.
  const lengths = [...iris.parts.train].map((row) => iris.x[4 * row]!).sort((a, b) => a - b)
  expect(lengths.filter((v) => v <= map.slice!.base[0]!).length).toBeGreaterThanOrEqual(lengths.length / 2)
  expect(lengths.filter((v) => v >= map.slice!.base[0]!).length).toBeGreaterThanOrEqual(lengths.length / 2)
  expect(map.slice!.base[1]).toBe(2.5)
  expect([...map.points.x.subarray(0, 2)]).toEqual([...iris.x.subarray(2, 4)])
  expect(map.held.map(({ column, problem }) => [column.column.name, problem])).toEqual([
    ['sepal length', undefined],
    ['sepal width', undefined]
  ])
  const wrong = planeMap(iris, { x: 'gone', y: 'petal width', held: { 'sepal width': 'wide' } })!
  expect(wrong.points.features).toEqual(['sepal length', 'petal width'])
  expect(wrong.held.find(({ column }) => column.column.name === 'sepal width')!.problem).toBe(
    'sepal width is “wide”, which is not a number.'
  )
  expect(cellsOfExample(iris, Float32Array.of(5.1, 3.5, 1.4, 0.2))['sepal length']).toBe('5.1')
})

test('two columns need no slice; yes or no is no direction; pictures have no map', () => {
  expect(planeMap(made('iris'), undefined)).toMatchObject({ slice: undefined, choices: [], held: [] })
  const admissions = planeMap(made('admissions'), undefined)!
  expect(admissions.choices.map(({ name }) => name)).toEqual(['gre', 'gpa'])
  // In the units of the table: scores from 220 to 800, and the rank is held as one column.
  const [gre] = admissions.points.axes!
  const scores = Array.from({ length: 400 }, (_, row) => gre!.toUnit(admissions.points.x[2 * row]!))
  expect(
    scores.every(
      (score) => score > 219 && score < 801 && Math.abs(score / 20 - Math.round(score / 20)) < 1e-3
    )
  ).toBe(true)
  expect(admissions.held.map(({ column }) => column.column.name)).toEqual(['rank'])
  expect(['1', '2', '3', '4']).toContain(admissions.held[0]!.cell)
  expect(planeMap(made('pictures', { samples: 20 }), undefined)).toBeUndefined()
  expect(planeMap(made('moons'), undefined)).toMatchObject({ slice: undefined })
})

test('answers are ordered by confidence, and picked out', () => {
  const answers = new NewAnswers({ classes: ['a', 'b'], target: 'kind' })
  answers.add(
    {
      ...{ type: 'rows', total: 5, columns: ['x'], from: 0, last: true, lines: ['1', '2', '3', '4', '5'] },
      places: Int32Array.of(2, 3, 4, 5, 6),
      rows: Int32Array.of(0, 1, 3, 4),
      x: new Float32Array(4),
      truth: Float64Array.of(0, 0, NaN, 1),
      failures: [{ row: 2, message: 'x is empty.' }]
    },
    Float32Array.of(0.9, 0.1, 0.4, 0.6, 0.7, 0.3, 0.1, 0.9)
  )
  const show = (filter: 'all' | 'unsure' | 'wrong' | 'failed', order: 'file' | 'most' | 'least') => [
    ...rowsToShow(answers, { filter, order, limit: 0.75 })
  ]
  expect(show('all', 'file')).toEqual([0, 1, 2, 3, 4])
  expect(show('all', 'least')).toEqual([1, 3, 0, 4, 2])
  expect(show('all', 'most')).toEqual([0, 4, 3, 1, 2])
  expect(show('unsure', 'file')).toEqual([1, 3])
  expect(show('wrong', 'file')).toEqual([1])
  expect(show('failed', 'file')).toEqual([2])
  expect(countsOf(answers, 0.75)).toEqual({ all: 5, unsure: 2, wrong: 1, failed: 1 })
})
