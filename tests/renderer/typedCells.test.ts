import { expect, test } from 'vitest'
import { makeDataset } from '@core/data/dataset'
import { fullPart } from '@core/registry/complete'
import { part } from '@core/registry/define'
import { cellColumns } from '@renderer/answers/cells'
import { typedColumns, usualRow } from '@renderer/answers/typed'

const made = (type: string, config = {}) => {
  const source = fullPart('source', part(type, config))
  const found = makeDataset({ source, seed: 0, split: { train: 0.6, test: 0 } }, {})
  if (!found.ok) throw new Error(found.problems[0]!.message)
  return found
}

test('a table that comes with Netloom is typed and read in its own units', () => {
  const admissions = made('admissions')
  const columns = typedColumns(admissions.value)!
  expect(columns.map(({ name, kind }) => [name, kind])).toEqual([
    ['gre', 'number'],
    ['gpa', 'number'],
    ['rank', 'category']
  ])
  expect(columns[0]!.range).toMatch(/^\d{3} to \d{3}$/)
  expect(columns[2]!.vocabulary).toEqual(['1', '2', '3', '4'])
  const usual = usualRow(columns)
  expect(Number(usual['gre']) % 10).toBeCloseTo(0, 3)
  expect(Number(usual['gpa'])).toBeGreaterThan(2.26)
  expect(Number(usual['gpa'])).toBeLessThan(4)

  const cells = cellColumns(admissions, admissions.value.features)
  const first = cells.map(({ cellOf }) => cellOf(admissions.value.x.subarray(0, 6) as Float32Array))
  expect(Number(first[0]) % 20).toBe(0)
  expect(['1', '2', '3', '4']).toContain(first[2])
})

test('irises on one scale are still in centimetres; points have no table', () => {
  const irises = made('iris', { features: 'all', standardise: true })
  expect(Math.abs(irises.value.x[0]!)).toBeLessThan(3)
  const [length] = cellColumns(irises, [])
  expect(length!.cellOf(irises.value.x.subarray(0, 4) as Float32Array)).toBe('5.1')
  expect(typedColumns(made('moons').value)).toBeUndefined()
})
