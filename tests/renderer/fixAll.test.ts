import { fullPart } from '@core/registry/complete'
import { applyEdit, type Edit } from '@core/document/edits'
import type { Document } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import { emptyProject, firstProject } from '@core/templates'
import { expect, test } from 'vitest'
import { fixAll, fixAllLabel } from '@renderer/problems/fixAll'

const edited = (document: Document, ...edits: Edit[]): Document => edits.reduce(applyEdit, document)

test('mends what is broken, one fix after another', () => {
  const broken = edited(
    firstProject,
    { kind: 'setField', nodeId: 'hidden', field: 'units', value: 0 },
    { kind: 'setField', nodeId: 'output', field: 'units', value: 5 },
    { kind: 'remove', nodes: ['target'], edges: [] }
  )
  const { edits, document, left } = fixAll(broken, {})
  expect(left).toEqual([])
  expect(derive(document, {}).problems).toEqual([])
  expect(edited(broken, { kind: 'all', label: 'x', edits })).toEqual(document)
})

test('an empty canvas becomes a network that can be trained', () => {
  expect(fixAll(emptyProject, {}).left).toEqual([])
})

test('does nothing where nothing is wrong', () => {
  expect(fixAll(firstProject, {})).toEqual({ edits: [], document: firstProject, left: [] })
})

test('leaves what has no fix, and ends', () => {
  const missing = edited(firstProject, {
    kind: 'setData',
    change: { source: fullPart('source', { type: 'table', config: { file: 'gone.csv' } }) }
  })
  const { left } = fixAll(missing, {})
  expect(left.length).toBeGreaterThan(0)
  expect(left.every((p) => p.fix === undefined)).toBe(true)
})

test('the button says how much it mends', () => {
  const fix = { label: 'Use 3 neurons', edit: { kind: 'renameProject', name: 'x' } } as const
  const mendable = { code: 'range', message: '', fix }
  const hopeless = { code: 'file', message: '' }
  expect(fixAllLabel([])).toBeUndefined()
  expect(fixAllLabel([hopeless])).toBeUndefined()
  expect(fixAllLabel([mendable])).toBe('Use 3 neurons')
  expect(fixAllLabel([mendable, mendable])).toBe('Fix both')
  expect(fixAllLabel([mendable, mendable, mendable])).toBe('Fix all three')
  expect(fixAllLabel([mendable, hopeless])).toBe('Fix one of two')
})
