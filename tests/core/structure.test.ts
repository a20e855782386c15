import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyEdit, type Edit } from '@core/document/edits'
import { setSetting } from '@core/document/paths'
import { readDocument } from '@core/document/parse'
import type { Document } from '@core/document/schema'
import { layers, parts } from '@core/registry'
import { fullPart } from '@core/registry/complete'
import { part } from '@core/registry/define'
import type { Fields } from '@core/registry/fields'
import { hotSettings, structureKey, takeHot } from '@core/run/structure'
import { firstProject } from '@core/templates'
import { anyDocument, anyGesture } from './helpers/arbitraries'
import { sketch } from './helpers/documents'

const key = structureKey(firstProject)
const after = (...edits: Edit[]): Document => edits.reduce(applyEdit, firstProject)

/** Every numeric setting below a path: does changing it change the key exactly when neither it nor what it is in is hot? */
function check(document: Document, at: string, fields: Fields, inHot = false): number {
  let checked = 0
  for (const [name, field] of Object.entries(fields)) {
    const path = `${at}.${name}`
    const hot = inHot || field.hot === true
    if (field.kind === 'part')
      for (const definition of Object.values(parts[field.registry])) {
        const chosen = setSetting(document, path, definition.type)
        if (!chosen.ok) throw new Error(path)
        checked += check(chosen.value, path, definition.fields, hot)
      }
    if (field.kind !== 'int' && field.kind !== 'float') continue
    const changed = setSetting(document, path, field.default === field.min ? field.max : field.min)
    if (!changed.ok) throw new Error(path)
    const same = structureKey(changed.value) === structureKey(document)
    expect(same, path).toBe(hot)
    const moved = JSON.stringify(hotSettings(changed.value)) !== JSON.stringify(hotSettings(document))
    expect(moved, path).toBe(hot)
    checked++
  }
  return checked
}

describe('a hot setting is in hotSettings, any other in the key', () => {
  test.each(Object.keys(layers))('of the layer %s', (type) => {
    const loose = sketch({ node: [type] }, [])
    const checked = check(loose, 'nodes.node', layers[type].fields)
    if (type === 'dense') expect(checked).toBeGreaterThan(5)
  })

  test.each(Object.keys(parts.optimizer))('of the optimizer %s', (type) => {
    const chosen = setSetting(firstProject, 'training.optimizer', type)
    if (!chosen.ok) throw new Error(type)
    expect(check(chosen.value, 'training.optimizer', parts.optimizer[type].fields)).toBeGreaterThan(1)
  })
})

test('the rates that a teacher turns while it trains are hot', () => {
  const lesson = after({ kind: 'addNode', type: 'dropout', position: { x: 0, y: 0 } })
  expect(Object.keys(hotSettings(lesson))).toEqual([
    'nodes.hidden.kernelRegularizer',
    'nodes.hidden.biasRegularizer',
    'nodes.output.kernelRegularizer',
    'nodes.output.biasRegularizer',
    'nodes.dropout.rate',
    'training.optimizer.learningRate',
    'training.epochs',
    'training.patience',
    'training.restoreBest',
    'training.stopAt.steps',
    'training.stopAt.seconds',
    'training.stopAt.loss'
  ])
})

test('so are the numbers of a schedule, and what AdamW decays by', () => {
  const change = {
    optimizer: fullPart('optimizer', part('adamW')),
    schedule: fullPart('schedule', part('stepDecay'))
  }
  const paths = Object.keys(hotSettings(after({ kind: 'setTraining', change })))
  for (const path of ['optimizer.weightDecay', 'schedule.factor', 'schedule.epochs'])
    expect(paths).toContain(`training.${path}`)
})

describe('the key stays the same', () => {
  test.each<[string, Edit]>([
    ['for names', { kind: 'rename', nodeId: 'hidden', name: 'Lines' }],
    ['for places', { kind: 'move', to: { hidden: { x: 5, y: 5 } } }],
    ['for views', { kind: 'setView', change: { pace: 'slow' } }],
    ['for more epochs', { kind: 'setTraining', change: { epochs: 7, patience: 3 } }],
    ['for the project’s name', { kind: 'renameProject', name: 'Other' }]
  ])('%s', (_what, edit) => {
    expect(after(edit)).not.toBe(firstProject)
    expect(structureKey(after(edit))).toBe(key)
  })

  test('through a file, whatever order its keys are in', () => {
    const backwards = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(backwards)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([k, v]) => [k, backwards(v)])
            )
          : value
    const read = readDocument(backwards(firstProject))
    expect(read.ok && structureKey(read.value)).toBe(key)
  })

  test('when a line is taken away and drawn again', () => {
    const edge = firstProject.networks[0].edges[0]
    const again = after(
      { kind: 'remove', nodes: [], edges: ['data.features-hidden.input'] },
      { kind: 'connect', edge }
    )
    expect(again.networks[0].edges[0]).not.toEqual(edge)
    expect(structureKey(again)).toBe(key)
  })
})

describe('the key changes', () => {
  test.each<[string, Edit]>([
    ['with the data', { kind: 'setData', change: { seed: 5 } }],
    ['with the split', { kind: 'setData', change: { split: { train: 0.6, test: 0 } } }],
    ['with the source', { kind: 'setData', change: { source: { type: 'circle', config: {} } } }],
    ['with the start', { kind: 'setTraining', change: { seed: 5 } }],
    ['with the batch', { kind: 'setTraining', change: { batchSize: 5 } }],
    ['with the engine', { kind: 'setTraining', change: { engine: 'wasm' } }],
    ['with the optimizer', { kind: 'setTraining', change: { optimizer: { type: 'sgd', config: {} } } }],
    ['with a layer more', { kind: 'insertBefore', nodeId: 'output', port: 'input', type: 'dropout' }],
    ['with a line less', { kind: 'remove', nodes: [], edges: ['data.features-hidden.input'] }],
    [
      'with another activation',
      { kind: 'setField', nodeId: 'hidden', field: 'activation', value: { type: 'relu', config: {} } }
    ]
  ])('%s', (_what, edit) => {
    expect(structureKey(after(edit))).not.toBe(key)
  })
})

test('taking up a newer revision changes hot settings only, and all of them where nothing else is newer', () => {
  fc.assert(
    fc.property(anyDocument(), fc.array(anyGesture, { maxLength: 4 }), (running, gestures) => {
      const newer = gestures.reduce((d, gesture) => applyEdit(d, gesture(d)), running)
      const taken = takeHot(running, newer)
      expect(structureKey(taken)).toBe(structureKey(running))
      if (structureKey(newer) !== structureKey(running)) return
      expect(hotSettings(taken)).toEqual(hotSettings(newer))
    }),
    { numRuns: 60 }
  )
}, 60_000)
