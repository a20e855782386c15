import { readDocument } from '@core/document/parse'
import { derive } from '@core/graph/derive'
import { unwrap } from '@core/result'
import { expect, test } from 'vitest'
import { projectFromTable, titleOf } from '@renderer/start/fromTable'
import { nextRate, readRate } from '@renderer/shell/learningRate'
import { dayText, percentText } from '@renderer/shared/words'

const table = (rows: number, classes: number): string =>
  ['x,y,kind', ...Array.from({ length: rows }, (_, i) => `${i},${i * 2},c${i % classes}`)].join('\n')

test('a table becomes a project that can be trained at once', () => {
  const { document, files } = unwrap(projectFromTable('iris_flowers.csv', table(150, 3)))
  expect(document.name).toBe('Iris flowers')
  expect(document.networks[0]!.nodes['output']!.config['units']).toBe(3)
  expect(derive(document, files).problems).toEqual([])
  expect(readDocument(JSON.parse(JSON.stringify(document)))).toEqual({ ok: true, value: document })
})

test('a small table gives more of its rows to training', () => {
  expect(unwrap(projectFromTable('a.csv', table(40, 2))).document.data.split.train).toBe(0.7)
})

test('what is wrong with a table is said in words', () => {
  const result = projectFromTable('a.csv', 'x,y,kind\n1,two,a\n2,3,b\n')
  expect(result.ok).toBe(false)
  if (!result.ok) expect(result.problems[0]!.message).toContain('“two”')
})

test('titles come from file names', () => {
  expect(titleOf('C:\\data\\my_table.csv')).toBe('My table')
  expect(titleOf('.csv')).toBe('Table')
})

test('learning rates are read as people type them', () => {
  expect(readRate('0,03')).toEqual({ rate: 0.03 })
  expect(readRate(' 1e-3 ')).toEqual({ rate: 0.001 })
  expect(readRate('fast')).toHaveProperty('why')
  expect(readRate('0')).toHaveProperty('why')
  expect(nextRate(0.02, 1)).toBe(0.03)
  expect(nextRate(0.02, -1)).toBe(0.01)
  expect(nextRate(1, 1)).toBe(1)
})

test('days and shares in words', () => {
  const now = new Date(2026, 10, 20, 15, 0).getTime()
  const at = (...date: [number, number, number, number]): number => new Date(...date).getTime()
  expect(dayText(now - 5000, now)).toBe('Just now')
  expect(dayText(at(2026, 10, 20, 1), now)).toBe('Today')
  expect(dayText(at(2026, 10, 19, 23), now)).toBe('Yesterday')
  expect(dayText(at(2026, 10, 16, 9), now)).toBe('Mon')
  expect(dayText(at(2026, 9, 1, 9), now)).toBe('1 Oct')
  expect(dayText(at(2025, 9, 1, 9), now)).toBe('1 Oct 2025')
  expect(percentText(0.92)).toBe('92 %')
  expect(percentText(0.9812)).toBe('98.1 %')
})
