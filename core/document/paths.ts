import { keepsRows } from '../data/corrections'
import { layers, parts } from '../registry'
import {
  defaultsOf,
  hasFieldType,
  type Field,
  type FieldValue,
  type Fields,
  type Part
} from '../registry/fields'
import { fail, ok, type Result } from '../result'
import { completePart } from '../registry/complete'
import { readDocument } from './parse'
import { nodeOf, TRAINING_PARTS, type Document } from './schema'
import { applyEdit } from './edits'

/**
 * A setting by its path, as people write it on the command line and pin it in presentation mode:
 * nodes.hidden.units, nodes.hidden.kernelRegularizer.rate, data.source.noise, training.optimizer.learningRate,
 * training.epochs.
 */
export interface Setting {
  readonly field: Field | undefined
  readonly value: unknown
}

interface Place {
  readonly owner: { readonly fields: Fields; readonly config: { readonly [name: string]: FieldValue } }
  readonly rest: readonly string[]
  readonly write: (config: { readonly [name: string]: FieldValue }) => Document
}

function placeOf(document: Document, path: readonly string[]): Place | undefined {
  const [head, second, ...rest] = path
  if (head === 'nodes' && second !== undefined) {
    const node = nodeOf(document, second)
    const layer = node && layers[node.type]
    if (!node || !layer) return undefined
    return {
      owner: { fields: layer.fields, config: node.config },
      rest,
      write: (config) =>
        Object.entries(config).reduce(
          (d, [field, value]) =>
            value === node.config[field]
              ? d
              : applyEdit(d, { kind: 'setField', nodeId: second, field, value }),
          document
        )
    }
  }
  if (head === 'data' && second === 'source')
    return partPlace(document.data.source, 'source', rest, (source) => ({
      ...document,
      data: withSource(document.data, source)
    }))
  const kind = head === 'training' ? TRAINING_PARTS.find((k) => k === second) : undefined
  if (kind)
    return partPlace(document.training[kind], kind, rest, (part) => ({
      ...document,
      training: { ...document.training, [kind]: part }
    }))
  return undefined
}

function withSource(data: Document['data'], source: Part): Document['data'] {
  if (keepsRows(data, { source })) return { ...data, source }
  const { corrections: _, ...rest } = data
  return { ...rest, source }
}

function partPlace(
  part: Part,
  kind: keyof typeof parts,
  rest: readonly string[],
  put: (part: Part) => Document
): Place {
  // A bare path ("training.optimizer=adam") chooses another object: shown as a field named "type".
  const field: Field = { kind: 'part', registry: kind, label: kind, help: '', default: part }
  if (rest.length === 0)
    return {
      owner: { fields: { type: field }, config: { type: part } },
      rest: ['type'],
      write: (c) => put(c['type'] as Part)
    }
  return {
    owner: { fields: parts[kind][part.type]!.fields, config: part.config },
    rest,
    write: (config) => put({ ...part, config })
  }
}

/** What is at this path, or undefined. */
export function getSetting(document: Document, path: string): Setting | undefined {
  const keys = path.split('.')
  const place = placeOf(document, keys)
  if (place) {
    let { fields, config } = place.owner
    for (const [i, name] of place.rest.entries()) {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined
      const value = config[name]
      if (!field || value === undefined) return undefined
      if (i === place.rest.length - 1) return { field, value }
      if (field.kind !== 'part') return undefined
      fields = parts[field.registry][(value as Part).type]!.fields
      config = (value as Part).config
    }
    return undefined
  }
  let value: unknown = document
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return { field: undefined, value }
}

/** The document with the setting at this path changed. The value may be text: "0.01", "true", "relu". */
export function setSetting(document: Document, path: string, value: unknown): Result<Document> {
  const setting = getSetting(document, path)
  const bad = (message: string): Result<Document> => fail({ code: 'bad-setting', field: path, message })
  if (!setting) return bad(`There is no setting ${path} in this project.`)
  const keys = path.split('.')
  const place = placeOf(document, keys)
  if (!place) return setPlain(document, keys, setting.value, value)
  const change = (
    fields: Fields,
    config: { readonly [name: string]: FieldValue },
    rest: readonly string[]
  ): Result<{ readonly [name: string]: FieldValue }> => {
    const [name, ...deeper] = rest as [string, ...string[]]
    const field = fields[name]!
    if (deeper.length > 0) {
      const inner = config[name] as Part
      const changed = change(
        parts[(field as { registry: keyof typeof parts }).registry][inner.type]!.fields,
        inner.config,
        deeper
      )
      return changed.ok ? ok({ ...config, [name]: { ...inner, config: changed.value } }) : changed
    }
    const typed = fromText(field, value)
    if (!hasFieldType(field, typed))
      return fail({
        code: 'bad-setting',
        field: path,
        message: `${path} cannot be ${JSON.stringify(value)}. It can be ${allowed(field)}.`
      })
    if (field.kind !== 'part') return ok({ ...config, [name]: typed })
    const problems: Parameters<typeof completePart>[3] = []
    const part = completePart(field.registry, typed as Part, path, problems)
    return problems.length > 0 ? fail(...problems) : ok({ ...config, [name]: part })
  }
  const changed = change(place.owner.fields, place.owner.config, place.rest)
  return changed.ok ? ok(place.write(changed.value)) : changed
}

/** What a field can hold, in words. */
function allowed(field: Field): string {
  switch (field.kind) {
    case 'int':
      return `a whole number from ${field.min} to ${field.max}`
    case 'float':
      return `a number from ${field.min} to ${field.max}`
    case 'bool':
      return 'true or false'
    case 'choice':
      return field.options.map((o) => o.value).join(' or ')
    case 'choices':
      return `some of ${field.options.map((o) => o.value).join(' ')}, in this order`
    case 'drawing':
      return 'a drawing'
    case 'part':
      return Object.keys(parts[field.registry]).join(', ')
    case 'text':
      return 'a text'
    case 'file':
      return 'the name of a file'
    case 'columns':
      return 'a list such as [{"name":"age","role":"input"}]'
    case 'folder':
      return 'a folder of pictures, chosen in the window'
  }
}

/** Text as the type the field holds; anything that is not text stays as it is. */
function fromText(field: Field, value: unknown): unknown {
  if (typeof value !== 'string') return value
  if (field.kind === 'int' || field.kind === 'float') return value.trim() === '' ? value : Number(value)
  if (field.kind === 'bool') return value === 'true' ? true : value === 'false' ? false : value
  if (field.kind === 'columns' || field.kind === 'folder') return jsonOf(value)
  if (field.kind === 'part') {
    const definition = parts[field.registry][value]
    return { type: value, config: definition ? defaultsOf(definition.fields) : {} }
  }
  return value
}

/** JSON as a value; other text as it is, for the schema to say what would do. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** Paths outside nodes and parts are checked by the schema. */
function setPlain(
  document: Document,
  keys: readonly string[],
  before: unknown,
  value: unknown
): Result<Document> {
  // A name may look like a number: text in the place of text is taken as it is.
  const typed = typeof value === 'string' && typeof before !== 'string' ? jsonOf(value) : value
  const put = (at: unknown, [key, ...rest]: readonly string[]): unknown => {
    if (key === undefined) return typed
    if (Array.isArray(at)) return at.map((item: unknown, i) => (String(i) === key ? put(item, rest) : item))
    return { ...(at as object), [key]: put((at as Record<string, unknown>)[key], rest) }
  }
  return readDocument(put(document, keys))
}
