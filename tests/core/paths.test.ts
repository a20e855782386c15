import type { PictureFolder } from '@core/data/pictureFolder'
import { describe, expect, test } from 'vitest'
import { getSetting, setSetting } from '@core/document/paths'
import { readDocument } from '@core/document/parse'
import { DOCUMENT_VERSION, nodeOf, type Document } from '@core/document/schema'
import { layers, parts } from '@core/registry'
import { fullPart } from '@core/registry/complete'
import type { Field, Fields, FieldValue, PartKind } from '@core/registry/fields'
import { firstProject } from '@core/templates'
import { sketch, throughJson } from './helpers/documents'

/** A value of the field other than its default, and how a person writes it. */
function other(field: Field): { text: string; value: FieldValue } {
  switch (field.kind) {
    case 'int': {
      const value = field.default < field.max ? field.default + 1 : field.min
      return { text: String(value), value }
    }
    case 'float': {
      const value = (field.default + field.max) / 2
      return { text: String(value), value }
    }
    case 'text':
      return { text: 'Attention', value: 'Attention' }
    case 'bool':
      return { text: String(!field.default), value: !field.default }
    case 'choice': {
      const { value } = field.options.find((o) => o.value !== field.default)!
      return { text: value, value }
    }
    case 'choices': {
      const value = field.options.map((o) => o.value).join(' ')
      return { text: value, value }
    }
    case 'drawing':
      return { text: 'CAAAAB', value: 'CAAAAB' }
    case 'file':
      return { text: '007', value: '007' }
    case 'columns': {
      const value = [{ name: 'a', role: 'target' as const }]
      return { text: JSON.stringify(value), value }
    }
    case 'folder': {
      const value: PictureFolder = {
        ...{ name: 'birds', key: 'a'.repeat(64), layout: 'names', classes: ['owl', 'wren'], counts: [3, 4] },
        ...{ leftOut: 0, odd: 0, twins: 0 }
      }
      return { text: JSON.stringify(value), value }
    }
    case 'part': {
      const type = Object.keys(parts[field.registry]).find((t) => t !== field.default.type)!
      return { text: type, value: fullPart(field.registry, { type, config: {} }) }
    }
  }
}

function set(document: Document, path: string, text: unknown): Document {
  const changed = setSetting(document, path, text)
  if (!changed.ok) throw new Error(`${path}: ${changed.problems[0].message}`)
  return changed.value
}

/** Sets each field below a path, alone and within each choice of its parts; reads it back, and nothing else moves. */
function checkFields(document: Document, at: string, fields: Fields): void {
  for (const [name, field] of Object.entries(fields)) {
    const path = `${at}.${name}`
    expect(getSetting(document, path), path).toMatchObject({ field })
    const { text, value } = other(field)
    const changed = set(document, path, text)
    expect(getSetting(changed, path)!.value, path).toEqual(value)
    const before = getSetting(document, path)!.value
    expect(set(changed, path, before), path).toEqual(document)
    expect(readDocument(throughJson(changed)), path).toEqual({ ok: true, value: changed })
    if (field.kind === 'part') checkParts(document, path, field.registry)
  }
}

function checkParts(document: Document, path: string, kind: PartKind): void {
  for (const definition of Object.values(parts[kind])) {
    const chosen = set(document, path, definition.type)
    expect(getSetting(chosen, path)!.value).toEqual(fullPart(kind, { type: definition.type, config: {} }))
    checkFields(chosen, path, definition.fields)
  }
}

describe('every field of', () => {
  test.each(Object.keys(layers))('the layer %s', (type) => {
    checkFields(sketch({ node: [type] }, []), 'nodes.node', layers[type].fields)
  })
  test('every source', () => checkParts(firstProject, 'data.source', 'source'))
  test('every optimizer', () => checkParts(firstProject, 'training.optimizer', 'optimizer'))
})

describe('settings outside the registry', () => {
  test.each([
    ['training.epochs', '5', 5],
    ['training.batchSize', '10', 10],
    ['training.batchSize', 'null', null],
    ['training.engine', 'wasm', 'wasm'],
    ['data.split.train', '0.25', 0.25],
    ['data.seed', '42', 42],
    ['view.pace', 'slow', 'slow'],
    ['name', '2024', '2024']
  ])('%s=%s', (path, text, value) => {
    const changed = set(firstProject, path, text)
    expect(getSetting(changed, path)).toEqual({ field: undefined, value })
  })
})

test('settings that are not text are taken as they are', () => {
  const changed = set(firstProject, 'nodes.hidden.units', 12)
  expect(nodeOf(changed, 'hidden')!.config['units']).toBe(12)
})

describe('paths that lead nowhere', () => {
  test.each([
    '',
    'nodes',
    'nodes.nobody.units',
    'nodes.hidden',
    'nodes.hidden.magic',
    'nodes.hidden.constructor',
    'nodes.hidden.units.more',
    'nodes.hidden.activation.magic',
    'nodes.constructor.units',
    'data.source.magic',
    'data.source.__proto__',
    'training.optimizer.toString',
    'training.magic',
    'constructor',
    '__proto__.polluted',
    'networks.9'
  ])('%o', (path) => {
    expect(getSetting(firstProject, path)).toBeUndefined()
    const changed = setSetting(firstProject, path, '1')
    expect(!changed.ok && changed.problems[0]).toMatchObject({ code: 'bad-setting', field: path })
  })
})

describe('values that do not fit say what would', () => {
  test.each([
    ['nodes.hidden.units', 'many', 'a whole number from 1 to 4096'],
    ['nodes.hidden.units', '', 'a whole number'],
    ['nodes.hidden.useBias', '1', 'true or false'],
    ['nodes.hidden.activation', 'magic', 'tanh'],
    ['nodes.target.reduction', 'median', 'mean or sum'],
    ['training.optimizer', 'constructor', 'adam, sgd'],
    ['training.optimizer.learningRate', 'fast', 'a number from 0 to 100'],
    ['training.epochs', '0', 'training.epochs'],
    ['training.epochs', 'ten', 'training.epochs'],
    ['version', String(DOCUMENT_VERSION + 1), 'newer']
  ])('%s=%s', (path, text, words) => {
    const changed = setSetting(firstProject, path, text)
    expect(!changed.ok && changed.problems[0].message).toContain(words)
  })
})
