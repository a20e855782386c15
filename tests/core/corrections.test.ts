import { describe, expect, test } from 'vitest'
import { canRelabel } from '@core/data/corrections'
import { makeDataset } from '@core/data/dataset'
import { applyEdit, describeEdit, type Edit } from '@core/document/edits'
import { setSetting } from '@core/document/paths'
import type { Document } from '@core/document/schema'
import { part } from '@core/registry/define'
import { unwrap } from '@core/result'
import { structureKey } from '@core/run/structure'
import { firstProject } from '@core/templates'

const iris = applyEdit(firstProject, {
  kind: 'setData',
  change: { source: part('iris'), split: { train: 0.6, test: 0.2 } }
})
const after = (document: Document, ...edits: Edit[]): Document => edits.reduce(applyEdit, document)
const dataOf = ({ data }: Document) => unwrap(makeDataset(data, {}))
const relabel = (row: number, label: number): Edit => ({ kind: 'correct', row, correction: { label } })
const leaveOut = (row: number): Edit => ({ kind: 'correct', row, correction: { label: null } })

describe('an example', () => {
  const plain = dataOf(iris)

  test('that is relabelled has the other class, and stays in its part', () => {
    const changed = dataOf(after(iris, relabel(3, 2)))
    expect(plain.y![3]).toBe(0)
    expect(changed.y![3]).toBe(2)
    expect(changed.y!.filter((label, row) => label !== plain.y![row])).toHaveLength(1)
    expect(changed.parts).toEqual(plain.parts)
  })

  test('that is left out belongs to no part, and no other example moves', () => {
    const changed = dataOf(after(iris, leaveOut(3), leaveOut(140)))
    expect(changed.rows).toBe(150)
    for (const name of ['train', 'validation', 'test'] as const)
      expect([...changed.parts[name]]).toEqual(
        [...plain.parts[name]].filter((row) => row !== 3 && row !== 140)
      )
  })

  test('has one correction, the last one, until it is taken back', () => {
    const twice = after(iris, relabel(3, 2), leaveOut(3))
    expect(twice.data.corrections).toEqual([{ row: 3, label: null }])
    expect(after(twice, { kind: 'correct', row: 3 })).toEqual(iris)
    expect('corrections' in JSON.parse(JSON.stringify(after(twice, { kind: 'correct', row: 3 }))).data).toBe(
      false
    )
  })

  test('that is not there, or a class that is not, changes nothing', () => {
    expect(dataOf(after(iris, relabel(150, 1), relabel(4, 3), leaveOut(9999)))).toEqual(plain)
    expect(after(iris, relabel(-1, 0), relabel(0, 0.5))).toEqual(iris)
  })

  test('of the test keeps the score from before', () => {
    const before = { epoch: 12, loss: 0.4, accuracy: 0.9 }
    const changed = after(iris, { kind: 'correct', row: 5, correction: { label: 1, before } })
    expect(changed.data.corrections).toEqual([{ row: 5, label: 1, before }])
    expect(structureKey(changed)).toBe(structureKey(after(iris, relabel(5, 1))))
  })
})

test('only a single class can be another one', () => {
  expect(canRelabel(dataOf(iris))).toBe(true)
  const plane = applyEdit(iris, { kind: 'setData', change: { source: part('plane') } })
  expect(canRelabel(dataOf(plane))).toBe(false)
  const steps = applyEdit(iris, { kind: 'setData', change: { source: part('binaryAddition') } })
  expect(canRelabel(dataOf(steps))).toBe(false)
})

test('corrections are part of what is trained, in whatever order they were made', () => {
  const keys = [[], [relabel(3, 2)], [leaveOut(3)], [relabel(3, 1)]].map((e) =>
    structureKey(after(iris, ...e))
  )
  expect(new Set(keys).size).toBe(4)
  expect(structureKey(after(iris, relabel(3, 2), leaveOut(7)))).toBe(
    structureKey(after(iris, leaveOut(7), relabel(3, 2)))
  )
})

test('they go with the rows that they are about', () => {
  const changed = after(iris, leaveOut(3))
  const kept = (change: Partial<Document['data']>) =>
    after(changed, { kind: 'setData', change }).data.corrections?.length ?? 0
  expect(kept({ split: { train: 0.5, test: 0 } })).toBe(1)
  // Another seed only splits these rows.
  expect(kept({ seed: 99 })).toBe(1)
  expect(kept({ source: iris.data.source })).toBe(1)
  expect(kept({ source: part('moons') })).toBe(0)
  const moons = after(firstProject, leaveOut(3))
  expect(after(moons, { kind: 'setData', change: { seed: 99 } }).data.corrections).toBeUndefined()
  expect(unwrap(setSetting(moons, 'data.source.noise', 0.4)).data.corrections).toBeUndefined()
})

test('undo says what was done', () => {
  expect(describeEdit(iris, leaveOut(3))).toBe('leave an example out')
  expect(describeEdit(iris, relabel(3, 1))).toBe('relabel an example')
  expect(describeEdit(iris, { kind: 'correct', row: 3 })).toBe('take a correction back')
})
