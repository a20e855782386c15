import { describe, expect, test } from 'vitest'
import { applyEdit } from '@core/document/edits'
import type { Document } from '@core/document/schema'
import { parts } from '@core/registry'
import { defaultsOf, rangeProblem } from '@core/registry/fields'
import { firstProject } from '@core/templates'
import { fitsSegments } from '@renderer/inspector/fields/choices'
import { possibleSchemes } from '@renderer/inspector/schemes'
import { engineFields, limitFields, partFields, trainingFields } from '@renderer/inspector/trainingFields'

const fields = trainingFields('points')

describe('training settings', () => {
  test('every default is something a document can hold', () => {
    const change = (training: Partial<Document['training']>) =>
      applyEdit(firstProject, { kind: 'setTraining', change: training }).training
    for (const { name, value } of limitFields) {
      const stopAt = { ...firstProject.training.stopAt, [name]: value.default }
      expect(change({ stopAt }).stopAt[name], name).toBe(value.default)
    }
    for (const { value } of engineFields.engine.options) expect(change({ engine: value }).engine).toBe(value)
    expect(change({ threads: engineFields.threads.default }).threads).toBe(1)
    expect(change({ batchSize: fields.batchSize.default }).batchSize).toBe(32)
    expect(change({ patience: fields.patience.default }).patience).toBe(100)
  })

  test('ranges are those of the document', () => {
    const refused = (training: Partial<Document['training']>) =>
      applyEdit(firstProject, { kind: 'setTraining', change: training }) === firstProject
    const { stopAt } = firstProject.training
    for (const field of [fields.epochs, fields.patience, fields.batchSize])
      expect(field.min, field.label).toBe(1)
    expect(refused({ epochs: fields.epochs.max + 1 })).toBe(true)
    expect(refused({ threads: engineFields.threads.max + 1 })).toBe(true)
    expect(refused({ stopAt: { ...stopAt, seconds: 0 } })).toBe(true)
    expect(refused({ stopAt: { ...stopAt, steps: 0 } })).toBe(true)
    const seconds = limitFields.find((f) => f.name === 'seconds')!.value
    expect(
      rangeProblem('seconds', seconds, 0, { useValue: () => ({ kind: 'setView', change: {} }) })
    ).toBeDefined()
  })

  test('each part of training offers all of its registry', () => {
    for (const field of Object.values(partFields))
      expect(parts[field.registry][field.default.type], field.label).toBeDefined()
  })

  test('words name the examples', () => {
    const pictures = trainingFields('pictures')
    expect(pictures.batches.label).toBe('Pictures at a time')
    expect(pictures.epochs.help).toContain('every training picture')
  })
})

describe('ways of learning', () => {
  test('a network with an output is only compared with true answers', () => {
    expect(possibleSchemes(firstProject)).toEqual(['supervised'])
  })
  test('without ends it can have each way that has one network', () => {
    const bare = applyEdit(firstProject, { kind: 'remove', nodes: ['target'], edges: [] })
    expect(possibleSchemes(bare)).toEqual(['supervised', 'contrastiveDivergence'])
  })
  test('two networks are forger and judge', () => {
    const two: Document = {
      ...firstProject,
      networks: ['a', 'b'].map((id) => ({ id, name: id, nodes: {}, edges: [] })),
      training: {
        ...firstProject.training,
        scheme: { type: 'adversarial', config: defaultsOf(parts.scheme['adversarial']!.fields) }
      }
    }
    expect(possibleSchemes(two)).toEqual(['adversarial'])
  })
})

test('few short choices stand side by side, more are a list', () => {
  const labels = (...all: string[]) => all.map((label) => ({ value: label, label }))
  expect(fitsSegments(labels('Off', 'L1', 'L2', 'L1 + L2'))).toBe(true)
  expect(fitsSegments(labels('Bell-shaped', 'Even, from −1'))).toBe(true)
  expect(fitsSegments(labels('None', 'Whole step', 'Each number', 'Each tensor'))).toBe(false)
  expect(fitsSegments(labels('a', 'b', 'c', 'd', 'e'))).toBe(false)
})
