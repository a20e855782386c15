import { DOCUMENT_VERSION } from './schema'

/** Turns a document of version n into one of version n + 1. */
type Migration = (document: Json) => Json

/** What older files hold is looked at with care: a broken one is for the schema to refuse, not for a migration to fall over. */
type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const each = (value: unknown, change: (inner: Json) => Json): unknown =>
  Array.isArray(value) ? value.map((inner: unknown) => (isObject(inner) ? change(inner) : inner)) : value

/** Data has right answers, not only classes; training has a schedule, clipping, threads and more ways to stop. */
function from1(document: Json): Json {
  const sources = new Set<string>()
  for (const network of Array.isArray(document['networks']) ? (document['networks'] as unknown[]) : [])
    if (isObject(network) && isObject(network['nodes']))
      for (const [id, node] of Object.entries(network['nodes']))
        if (isObject(node) && node['type'] === 'data') sources.add(id)
  const edge = (inner: Json): Json => {
    const { from } = inner
    return isObject(from) && sources.has(String(from['node'])) && from['port'] === 'classes'
      ? { ...inner, from: { ...from, port: 'target' } }
      : inner
  }
  const { networks, training } = document
  return {
    ...document,
    networks: each(networks, (network) => ({ ...network, edges: each(network['edges'], edge) })),
    training: isObject(training) ? { ...newTraining, ...training } : training
  }
}

const newTraining = {
  scheme: { type: 'supervised', config: {} },
  schedule: { type: 'constant', config: {} },
  clipping: { type: 'none', config: {} },
  threads: null,
  restoreBest: false,
  stopAt: { steps: null, seconds: null, loss: null }
}

/**
 * A table says what each column is for, and how numbers are prepared: before, every column but the last was a number
 * as it is, and the last one the class.
 */
function from2(document: Json): Json {
  const { data } = document
  if (!isObject(data)) return document
  const { source } = data
  const table =
    isObject(source) && source['type'] === 'csv' && isObject(source['config'])
      ? { type: 'table', config: { ...source['config'], task: 'class', scaling: 'none', columns: [] } }
      : source
  return { ...document, data: { ...data, source: table } }
}

/** Pictures can be changed while they are learned from. Before, none was. */
const from3 = (document: Json): Json => document

/** By the version they start from. */
const migrations: { readonly [from: number]: Migration } = { 1: from1, 2: from2, 3: from3 }

/** The document raised to this build's version; the caller has made sure that it is not a later one. */
export function migrate(document: Record<string, unknown>, from: number): Record<string, unknown> {
  let current = document
  for (let version = from; version < DOCUMENT_VERSION; version++) {
    const step = migrations[version]
    if (!step) throw new Error(`There is no migration from document version ${version}.`)
    current = { ...step(current), version: version + 1 }
  }
  return current
}
