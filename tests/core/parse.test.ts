import { DOCUMENT_VERSION } from '@core/document/schema'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDocument, readDocument } from '@core/document/parse'
import { firstProject } from '@core/templates'
import { anyDocument } from './helpers/arbitraries'
import { throughJson } from './helpers/documents'

type Json = { [key: string]: Json } & Json[]

/** The first project as loose JSON, changed. */
function broken(change: (d: Json) => void): unknown {
  const json = throughJson(firstProject) as Json
  change(json)
  return json
}

const set = (owner: unknown, key: string, value: unknown): void => {
  Object.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true })
}

function fields(json: unknown): (string | undefined)[] {
  const read = readDocument(json)
  if (read.ok) throw new Error('It was read.')
  for (const { message } of read.problems) expect(message).toMatch(/^\S.*\.$/s)
  return read.problems.map((p) => p.field)
}

test('any document comes back as it was', () => {
  fc.assert(
    fc.property(anyDocument(), (document) => {
      const read = parseDocument(JSON.stringify(document))
      expect(read).toEqual({ ok: true, value: document })
    }),
    { numRuns: 40 }
  )
})

test('a byte order mark does no harm', () => {
  expect(parseDocument(`\ufeff${JSON.stringify(firstProject)}`).ok).toBe(true)
})

test('settings that are not there get their default', () => {
  const read = readDocument(broken((d) => set(d['networks'][0]['nodes']['hidden'], 'config', { units: 7 })))
  expect(read.ok && read.value.networks[0].nodes['hidden'].config).toEqual({
    ...firstProject.networks[0].nodes['hidden'].config,
    kernelRegularizer: { type: 'none', config: {} },
    units: 7
  })
})

test('numbers out of range are read: they are shown on the node', () => {
  expect(
    readDocument(broken((d) => set(d['networks'][0]['nodes']['hidden']['config'], 'units', -3))).ok
  ).toBe(true)
})

describe('what is no project', () => {
  test.each(['', 'null', '[]', '3', '"netloom"', '{', '{"format":"other"}', '{"format":"netloom",}'])(
    '%s',
    (text) => {
      const read = parseDocument(text)
      expect(read.ok).toBe(false)
    }
  )

  test.each([undefined, 0, -1, 1.5, '1', null])('version %o', (version) => {
    expect(fields(broken((d) => set(d, 'version', version)))).toEqual(['version'])
  })

  test('a later version says so', () => {
    const read = readDocument(broken((d) => set(d, 'version', DOCUMENT_VERSION + 1)))
    expect(!read.ok && read.problems[0]).toMatchObject({ code: 'newer-version', field: 'version' })
    expect(!read.ok && read.problems[0].message).toContain(`reads up to ${DOCUMENT_VERSION}`)
  })
})

describe('names the field of', () => {
  const node = (d: Json): Json => d['networks'][0]['nodes']['hidden']
  test.each<[string, string, (d: Json) => void]>([
    ['a wrong type', 'training.epochs', (d) => set(d['training'], 'epochs', '10')],
    ['a missing part', 'training.optimizer', (d) => delete (d['training'] as Partial<Json>)['optimizer']],
    ['a number out of bounds', 'data.seed', (d) => set(d['data'], 'seed', -1)],
    ['an unknown key', 'training.magic', (d) => set(d['training'], 'magic', 1)],
    ['an unknown key at the top', 'magic', (d) => set(d, 'magic', 1)],
    [
      'a place that is no number',
      'networks.0.nodes.hidden.position.x',
      (d) => set(node(d)['position'], 'x', null)
    ],
    ['an unknown layer', 'networks.0.nodes.hidden.type', (d) => set(node(d), 'type', 'magic')],
    [
      'a layer called constructor',
      'networks.0.nodes.hidden.type',
      (d) => set(node(d), 'type', 'constructor')
    ],
    ['an unknown setting', 'networks.0.nodes.hidden.config.magic', (d) => set(node(d)['config'], 'magic', 1)],
    [
      'a setting called toString',
      'networks.0.nodes.hidden.config.toString',
      (d) => set(node(d)['config'], 'toString', 1)
    ],
    [
      'a setting of the wrong type',
      'networks.0.nodes.hidden.config.units',
      (d) => set(node(d)['config'], 'units', '3')
    ],
    [
      'a setting that is a list',
      'networks.0.nodes.hidden.config.units',
      (d) => set(node(d)['config'], 'units', [3])
    ],
    [
      'an unknown activation',
      'networks.0.nodes.hidden.config.activation.type',
      (d) => set(node(d)['config'], 'activation', { type: 'magic', config: {} })
    ],
    [
      'an unknown setting of a part',
      'networks.0.nodes.hidden.config.activation.config.slope',
      (d) => set(node(d)['config'], 'activation', { type: 'relu', config: { slope: 1 } })
    ],
    [
      'an unknown source',
      'data.source.type',
      (d) => set(d['data'], 'source', { type: 'constructor', config: {} })
    ],
    [
      'a setting of the source',
      'data.source.config.noise',
      (d) => set(d['data']['source']['config'], 'noise', true)
    ],
    [
      'an unknown optimizer',
      'training.optimizer.type',
      (d) => set(d['training'], 'optimizer', { type: 'valueOf', config: {} })
    ],
    [
      'an edge from nowhere',
      'networks.0.edges.0.from',
      (d) => set(d['networks'][0]['edges'][0]['from'], 'node', 'constructorx')
    ],
    [
      'an edge to no port',
      'networks.0.edges.0.to',
      (d) => set(d['networks'][0]['edges'][0]['to'], 'port', 'constructor')
    ],
    [
      'a second edge on a port',
      'networks.0.edges.4.to',
      (d) => d['networks'][0]['edges'].push(d['networks'][0]['edges'][0])
    ],
    [
      'a node twice',
      'networks.1.nodes.hidden',
      (d) =>
        d['networks'].push({
          id: 'second',
          name: '',
          nodes: { hidden: node(d) },
          edges: []
        } as unknown as Json)
    ],
    [
      'a network twice',
      'networks.1.id',
      (d) => d['networks'].push({ id: 'network', name: '', nodes: {}, edges: [] } as unknown as Json)
    ],
    ['no network', 'networks', (d) => set(d, 'networks', [])],
    ['a node id with a dot', 'networks.0.nodes.a.b', (d) => set(d['networks'][0]['nodes'], 'a.b', node(d))],
    [
      'a node called constructor',
      'networks.0.nodes.constructor',
      (d) => set(d['networks'][0]['nodes'], 'constructor', node(d))
    ],
    [
      'a node called __proto__',
      'networks.0.nodes.__proto__',
      (d) => set(d['networks'][0]['nodes'], '__proto__', node(d))
    ],
    [
      'a setting called __proto__',
      'networks.0.nodes.hidden.config.__proto__',
      (d) => set(node(d)['config'], '__proto__', { units: 3 })
    ],
    ['a top level called __proto__', '__proto__', (d) => set(d, '__proto__', { name: 'x' })],
    ['too many pinned settings', 'view.pinned', (d) => set(d['view'], 'pinned', ['a', 'b', 'c', 'd'])],
    ['an unknown pace', 'view.pace', (d) => set(d['view'], 'pace', 'fast')]
  ])('%s', (_what, field, change) => {
    expect(fields(broken(change))).toContain(field)
  })

  test('all of them at once', () => {
    const found = fields(
      broken((d) => {
        set(node(d)['config'], 'units', '3')
        set(node(d)['config'], 'magic', 1)
        set(d['data'], 'source', { type: 'nowhere', config: {} })
      })
    )
    expect(found).toEqual([
      'networks.0.nodes.hidden.config.magic',
      'networks.0.nodes.hidden.config.units',
      'data.source.type'
    ])
  })
})

test('parts within parts without end are refused, not followed', () => {
  const depth = 20_000
  const deep = `${'{"type":"relu","config":{"a":'.repeat(depth)}1${'}}'.repeat(depth)}`
  const text = JSON.stringify(firstProject).replace(
    /"activation":\{"type":"tanh","config":\{\}\}/,
    `"activation":${deep}`
  )
  const read = parseDocument(text)
  expect(!read.ok && read.problems[0].message).toContain('nested too deep')
})

test('no JSON value makes it throw, and nothing is half read', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(firstProject)), (value, key) => {
      const read = readDocument({ ...firstProject, [key]: value })
      if (read.ok) expect(readDocument(throughJson(read.value))).toEqual(read)
      else expect(read.problems.length).toBeGreaterThan(0)
    }),
    { numRuns: 300 }
  )
})

test('a document that was read cannot be changed by accident', () => {
  const read = readDocument(throughJson(firstProject))
  expect(read.ok && Object.isFrozen(read.value.data.split)).toBe(true)
})
