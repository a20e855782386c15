import { expect, test } from 'vitest'
import { applyEdit } from '@core/document/edits'
import { nodeOf } from '@core/document/schema'
import { firstProject } from '@core/templates'
import { freezeEdit } from '@renderer/state/freeze'

test('freezes what learns first, and lets all learn again once all are frozen', () => {
  const all = ['data', 'hidden', 'output', 'target']
  const one = applyEdit(firstProject, freezeEdit(firstProject, ['hidden'])!.edit)
  expect(nodeOf(one, 'hidden')!.frozen).toBe(true)
  const both = freezeEdit(one, all)!
  expect(both.frozen).toBe(true)
  const cold = applyEdit(one, both.edit)
  expect([nodeOf(cold, 'hidden')!.frozen, nodeOf(cold, 'output')!.frozen]).toEqual([true, true])
  const warm = applyEdit(cold, freezeEdit(cold, all)!.edit)
  expect(warm).toEqual(firstProject)
})

test('there is nothing to freeze in data, outputs and what is not there', () => {
  expect(freezeEdit(firstProject, ['data', 'target', 'nobody'])).toBeUndefined()
  expect(freezeEdit(firstProject, [])).toBeUndefined()
})
