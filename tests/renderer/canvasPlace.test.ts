import { describe, expect, test } from 'vitest'
import { applyEdit } from '@core/document/edits'
import type { Document } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import { layers, sources } from '@core/registry'
import { part } from '@core/registry/define'
import { defaultsOf } from '@core/registry/fields'
import { emptyProject, firstProject, templates } from '@core/templates'
import { addAtEdit, addLayerEdit, freeSpot, startEdit } from '@renderer/canvas/place'

const add = (document: Document, type: string, selected?: string): Document =>
  applyEdit(document, addLayerEdit(document, type, selected))
const nodes = (document: Document) => document.networks[0]!.nodes
const added = (before: Document, after: Document): string =>
  Object.keys(nodes(after)).find((id) => !(id in nodes(before)))!
const feeds = (document: Document, to: string): string | undefined =>
  document.networks[0]!.edges.find((e) => e.to.node === to)?.from.node

describe('adding a layer', () => {
  test('goes behind the selected node', () => {
    const after = add(firstProject, 'dropout', 'hidden')
    expect(feeds(after, 'output')).toBe('dropout')
    expect(feeds(after, 'dropout')).toBe('hidden')
  })

  test('goes in front of the answer where nothing is selected, and keeps the network whole', () => {
    const after = add(firstProject, 'dense')
    expect(feeds(after, 'output')).toBe('dense')
    expect(derive(after, {}).problems).toEqual([])
  })

  test('again and again builds a chain, in one row without overlaps', () => {
    let document = emptyProject
    let last: string | undefined
    for (const type of ['dense', 'activation', 'dropout', 'dense']) {
      const next = add(document, type, last)
      last = added(document, next)
      document = next
    }
    const ids = Object.keys(nodes(document))
    ids.slice(1).forEach((id, i) => expect(feeds(document, id)).toBe(ids[i]))
    const x = ids.map((id) => nodes(document)[id]!.position.x)
    for (const [i, here] of x.entries()) if (i > 0) expect(here - x[i - 1]!).toBeGreaterThanOrEqual(204)
  })

  test('an output takes the loose end and the true classes', () => {
    const hidden = add(emptyProject, 'dense')
    const after = add(hidden, 'output')
    const edges = after.networks[0]!.edges.map((e) => `${e.from.node}.${e.from.port}>${e.to.port}`)
    expect(edges).toContain('dense.output>prediction')
    expect(edges).toContain('data.target>target')
  })

  test('works with every layer, every template and every selection', () => {
    for (const { document } of templates)
      for (const type of Object.keys(layers))
        for (const selected of [undefined, ...Object.keys(nodes(document))]) {
          const after = add(document, type, selected)
          expect(Object.keys(nodes(after))).toHaveLength(Object.keys(nodes(document)).length + 1)
        }
  })
})

test('the small network that an empty canvas offers has no problems, whatever the data', () => {
  expect(derive(applyEdit(emptyProject, startEdit(emptyProject, undefined)), {}).problems).toEqual([])
  const tasks = ['classify', 'label', 'draw'].map((task) => part('waves', { task }))
  const answers = ['digit', 'picture'].map((answer) => part('mnist', { answers: answer }))
  const all = Object.keys(sources)
    .filter((type) => !['table', 'pictureFolder', 'drawn', 'text'].includes(type))
    .map((type) => part(type))
  for (const source of [...all, ...tasks, ...answers]) {
    const filled = { ...source, config: { ...defaultsOf(sources[source.type]!.fields), ...source.config } }
    const document = applyEdit(emptyProject, { kind: 'setData', change: { source: filled } })
    expect(document.data.source.type).toBe(source.type)
    const { data } = derive(document, {})
    const started = applyEdit(document, startEdit(document, data))
    expect(
      derive(started, {}).problems.map((p) => p.message),
      source.type
    ).toEqual([])
  }
})

test('a drop beside the only loose end is connected to it, elsewhere it is not', () => {
  const network = emptyProject.networks[0]!
  const near = applyEdit(emptyProject, addAtEdit(emptyProject, network, 'dense', { x: 200, y: 10 }))
  const far = applyEdit(emptyProject, addAtEdit(emptyProject, network, 'dense', { x: 2000, y: 900 }))
  expect(near.networks[0]!.edges).toHaveLength(1)
  expect(far.networks[0]!.edges).toHaveLength(0)
})

test('a free spot overlaps no card', () => {
  expect(freeSpot(firstProject.networks[0]!, { x: 0, y: 0 })).toEqual({ x: 816, y: 0 })
})
