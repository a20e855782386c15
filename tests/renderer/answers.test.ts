import { describe, expect, test } from 'vitest'
import { extent, mapGrid, strip } from '@renderer/canvas/activations'
import { answerKind, canTry } from '@renderer/answers/kind'
import { cellBeside, heatOf, shareText, sharesOfRows } from '@renderer/answers/heat'
import { filtersOf } from '@renderer/inspector/filters'
import { missHistogram, scaleOf } from '@renderer/answers/residuals'
import { shownOf } from '@renderer/answers/shown'
import type { Document } from '@core/document/schema'
import { applyEdit } from '@core/document/edits'
import { derive } from '@core/graph/derive'
import { part } from '@core/registry/define'
import { firstProject } from '@core/templates'

describe('the heatmap', () => {
  // Of class 0 eight are right and two are taken for 1; of class 1 one is taken for 2; class 2 never comes up.
  const counts = Int32Array.of(8, 2, 0, 0, 9, 1, 0, 0, 0)

  test('colours mistakes in comparison to the commonest one, and leaves nothing blank', () => {
    const heat = heatOf(counts, 3)
    expect(heat.map(({ tone }) => tone)).toEqual([
      ...['right', 'wrong', 'none'],
      ...['none', 'right', 'wrong'],
      ...['none', 'none', 'none']
    ])
    expect(heat[0]!.strength).toBeCloseTo(0.8)
    expect(heat[1]!.strength).toBe(1)
    expect(heat[5]!.strength).toBeCloseTo(Math.SQRT1_2)
  })

  test('says shares of the rows, an empty row none', () => {
    expect(sharesOfRows(counts, 3).slice(0, 2)).toEqual([0.8, 0.2])
    expect(sharesOfRows(counts, 3).slice(6)).toEqual([0, 0, 0])
    expect([0, 0.0001, 0.026, 0.9996, 1].map(shareText)).toEqual(['', '<0.1', '2.6', '100', '100'])
  })

  test('is walked with the arrow keys, and not left', () => {
    expect(cellBeside('ArrowRight', 4, 3)).toBe(5)
    expect(cellBeside('ArrowRight', 5, 3)).toBe(5)
    expect(cellBeside('ArrowUp', 4, 3)).toBe(1)
    expect(cellBeside('ArrowUp', 1, 3)).toBe(1)
    expect(cellBeside('Home', 5, 3)).toBe(3)
    expect(cellBeside('End', 3, 3)).toBe(5)
    expect(cellBeside('a', 3, 3)).toBeUndefined()
  })
})

describe('which tabs there are follows from the data', () => {
  const on = (source: string): Document =>
    applyEdit(firstProject, { kind: 'setData', change: { source: part(source) } })
  const kind = (document: Document) => answerKind(document, derive(document, {}))

  test.each([
    ['moons', 'classes', true],
    ['iris', 'classes', true],
    ['mnist', 'classes', true],
    ['plane', 'numbers', true],
    ['binaryAddition', 'numbers', false]
  ] as const)('%s', (source, wanted, tries) => {
    expect(kind(on(source))).toBe(wanted)
    expect(canTry(derive(on(source), {}))).toBe(tries)
  })

  test('pictures that are to be drawn again are not compared in a table', () => {
    const digits = part('mnist', { answers: 'picture' })
    expect(kind(applyEdit(firstProject, { kind: 'setData', change: { source: digits } }))).toBeUndefined()
  })
})

test('an example says what it is, what the network says, and what was done to it', () => {
  const page = {
    ...{ type: 'examples' as const, id: 1, total: 2, shape: [2], scale: 0.5 },
    x: Uint8Array.of(2, 4, 6, 8),
    examples: [
      { row: 4, part: 'train' as const, truth: [0], given: [1], confidence: [0.75] },
      { row: 9, part: 'test' as const, truth: [1] }
    ]
  }
  const words = { classes: ['cat', 'dog'], one: 'picture', corrections: [], say: 'confidence' } as const
  const [first, second] = shownOf(page, words)
  expect([...first!.values]).toEqual([1, 2])
  expect(first).toMatchObject({
    caption: '75 %',
    label: 'Picture 5: cat, taken for dog, 75 % sure',
    mended: false
  })
  expect(second).toMatchObject({ caption: '', label: 'Picture 10: dog' })
  const corrections = [
    { row: 4, label: null },
    { row: 9, label: 0 }
  ]
  const [out, other] = shownOf(page, { ...words, say: 'class', corrections })
  expect(out).toMatchObject({ caption: 'left out', mended: true })
  expect(other).toMatchObject({ caption: 'now cat', label: 'Picture 10: dog, now cat' })
})

describe('feature maps', () => {
  test.each([
    [1, 64, 1],
    [8, 38, 3],
    [16, 28, 4]
  ])('%i on a card of 126 by 122', (maps, side, columns) => {
    expect(mapGrid(maps, 126, 122)).toMatchObject({ shown: maps, columns })
    expect(Math.abs(mapGrid(maps, 126, 122).side - side)).toBeLessThanOrEqual(1)
  })

  test('some are left out where they would be too small', () => {
    const { shown, side } = mapGrid(400, 126, 122)
    expect(shown).toBeLessThan(60)
    expect(side).toBeGreaterThanOrEqual(18)
  })

  test('a long answer is told by what is furthest from nothing', () => {
    expect([...strip(Float32Array.of(0, 1, -3, 2, 0, 0), 3)]).toEqual([1, -3, 0])
    expect([...strip(Float32Array.of(1, 2), 3)]).toEqual([1, 2])
    expect(extent(Float32Array.of(0.5, -2))).toEqual({ limit: 2, signed: true })
    expect(extent(Float32Array.of(0, 0))).toEqual({ limit: 1, signed: false })
  })
})

test('an axis ends at round places around all numbers', () => {
  expect(scaleOf([0.3, 9.2])).toEqual({ from: 0, to: 10, ticks: [0, 2, 4, 6, 8, 10] })
  expect(scaleOf([5, 5])).toMatchObject({ from: 4, to: 6 })
  expect(scaleOf([])).toMatchObject({ from: 0, to: 1 })
  expect(missHistogram([-2, -2, 0, 1.9], 4)).toEqual({ limit: 2, counts: [2, 0, 1, 1] })
})

test('a filter is the mean over what comes in', () => {
  // [1, 2, 2 in, 3 out]: at one place and input the numbers of all filters stand together.
  const values = Float32Array.of(1, 10, 100, 3, 30, 300, 5, 50, 500, 7, 70, 700)
  const weight = {
    shape: [1, 2, 2, 3],
    values,
    mean: 0,
    deviation: 0,
    least: 0,
    most: 0,
    histogram: new Int32Array(1)
  }
  const filters = filtersOf(weight)!
  expect(filters).toMatchObject({ height: 1, width: 2, depth: 2, count: 3, limit: 600 })
  expect(filters.maps.map((map) => [...map])).toEqual([
    [2, 6],
    [20, 60],
    [200, 600]
  ])
  expect(filtersOf({ ...weight, shape: [4, 3] })).toBeUndefined()
  expect(filtersOf({ ...weight, shape: [2, 2, 2, 3] })).toBeUndefined()
})
