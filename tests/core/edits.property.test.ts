import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { applyEdit, closesLoop, describeEdit } from '@core/document/edits'
import { record, redo, startHistory, undo } from '@core/document/history'
import { readDocument } from '@core/document/parse'
import { edgeId, type Document } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import { findOrder } from '@core/graph/order'
import type { Problem } from '@core/result'
import { anyDocument, anyGesture } from './helpers/arbitraries'
import { frozen, throughJson } from './helpers/documents'

// Generous: a loaded machine is no reason to fail.
vi.setConfig({ testTimeout: 60_000 })

const gestures = fc.array(anyGesture, { minLength: 1, maxLength: 12 })

test('whatever is done to whatever document, it can be saved, opened again and understood', () => {
  fc.assert(
    fc.property(anyDocument(), gestures, (first, made) => {
      let document = frozen(first)
      for (const gesture of made) {
        const edit = gesture(document)
        expect(describeEdit(document, edit)).not.toBe('')
        document = frozen(applyEdit(document, edit))
        const read = readDocument(throughJson(document))
        if (!read.ok) throw new Error(read.problems.map((p) => p.message).join('\n'))
        expect(read.value).toEqual(document)
        derive(document, {})
      }
    }),
    { numRuns: 60 }
  )
})

test('undoing everything gives the very first document, redoing everything the very last', () => {
  fc.assert(
    fc.property(anyDocument(), gestures, (first, made) => {
      const end = made.reduce((history, gesture) => {
        const edit = gesture(history.present)
        const label = describeEdit(history.present, edit)
        return record(history, applyEdit(history.present, edit), label)
      }, startHistory(first))
      let back = end
      while (back.past.length > 0) back = undo(back)
      expect(back.present).toBe(first)
      while (back.future.length > 0) back = redo(back)
      expect(back.present).toBe(end.present)
      expect(back.past.map((entry) => entry.label)).toEqual(end.past.map((entry) => entry.label))
    }),
    { numRuns: 100 }
  )
})

test('no edit closes a loop where there was none, or gives a node or an edge twice', () => {
  const loops = (d: Document) => d.networks.flatMap((n) => findOrder(n).inLoop)
  fc.assert(
    fc.property(anyDocument({ loops: false }), gestures, (first, made) => {
      const last = made.reduce((d, gesture) => applyEdit(d, gesture(d)), first)
      expect(loops(last)).toEqual([])
      for (const ids of [
        last.networks.flatMap((n) => Object.keys(n.nodes)),
        last.networks.flatMap((n) => n.edges.map(edgeId))
      ])
        expect(new Set(ids).size).toBe(ids.length)
    }),
    { numRuns: 100 }
  )
})

test('a network that an edit does not touch stays the same object', () => {
  fc.assert(
    fc.property(anyDocument(), anyGesture, (document, gesture) => {
      const edit = gesture(document)
      const after = applyEdit(document, edit)
      const changed = document.networks.filter((n, i) => n !== after.networks[i])
      const touched = JSON.stringify(edit)
      for (const network of changed)
        expect(
          edit.kind === 'addNode' ||
            edit.kind === 'all' ||
            Object.keys(network.nodes).some((id) => touched.includes(id)),
          touched
        ).toBe(true)
      if (JSON.stringify(after) === JSON.stringify(document)) expect(after).toBe(document)
    }),
    { numRuns: 200 }
  )
})

test('every fix removes the problem it is offered for', () => {
  const same = (a: Problem) => (b: Problem) =>
    a.code === b.code && a.nodeId === b.nodeId && a.field === b.field
  fc.assert(
    fc.property(anyDocument(), (document) => {
      const { problems } = derive(document, {})
      for (const problem of problems) {
        if (!problem.fix) continue
        const after = derive(applyEdit(document, problem.fix.edit), {}).problems
        expect(after.filter(same(problem)).length, JSON.stringify(problem)).toBeLessThan(
          problems.filter(same(problem)).length
        )
      }
    }),
    { numRuns: 150 }
  )
})

test('closesLoop says what findOrder finds', () => {
  fc.assert(
    fc.property(anyDocument({ loops: false }), fc.nat(), fc.nat(), (document, a, b) => {
      const network = document.networks[0]
      const ids = Object.keys(network.nodes)
      if (ids.length === 0) return
      const end = (i: number, port: string) => ({ node: ids[i % ids.length], port })
      const edge = { from: end(a, 'output'), to: end(b, 'another port') }
      const found = findOrder({ ...network, edges: [...network.edges, edge] }).inLoop.length > 0
      expect(closesLoop(network, edge)).toBe(found)
    })
  )
})
