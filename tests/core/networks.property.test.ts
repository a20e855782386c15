import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { applyEdit } from '@core/document/edits'
import { readDocument } from '@core/document/parse'
import { nodeOf, type Document } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import { randomStream } from '@core/random/stream'
import type { Problem } from '@core/result'
import { breakages } from './helpers/breakages'
import { frozen, throughJson } from './helpers/documents'
import { documentOf, recipe } from './helpers/networks'

vi.setConfig({ testTimeout: 120_000 })

const full = process.env['NETLOOM_FULL'] === '1'
const numRuns = full ? 1000 : 150

/** Words for people: one sentence, or a few, and never what JavaScript prints for a value it lacks. */
function expectWords({ message, detail, fix }: Problem): void {
  for (const text of [message, ...(detail === undefined ? [] : [detail])]) {
    expect(text).toMatch(/^[\p{Lu}\d“].*[.?]$/u)
    expect(text).not.toMatch(/undefined|NaN|null|\[object/)
    expect(text.length).toBeLessThan(200)
  }
  if (fix) expect(fix.label).toMatch(/^\p{Lu}/u)
}

test('a network that is drawn well has no problems, and a shape and a size for every node', () => {
  fc.assert(
    fc.property(recipe, (from) => {
      const document = documentOf(from)
      const { problems, nodes, order } = derive(frozen(document), {})
      expect(problems).toEqual([])
      expect(order['network']).toHaveLength(Object.keys(nodes).length)
      for (const { outputs, weights, parameters } of Object.values(nodes)) {
        expect(Object.values(outputs).every((signal) => signal !== undefined)).toBe(true)
        expect(Number.isInteger(parameters) && parameters > 0).toBe(weights.length > 0)
      }
      expect(readDocument(throughJson(document))).toEqual({ ok: true, value: document })
    }),
    { numRuns }
  )
})

test.each(Object.entries(breakages))('%s that is wrong is told in words', (_what, spoil) => {
  let spoiled = 0
  fc.assert(
    fc.property(recipe, fc.nat(1_000_000), (from, seed) => {
      const random = randomStream(seed, 'breakage')
      const document = spoil(documentOf(from), random)
      if (!document) return
      spoiled++
      const { problems } = derive(frozen(document), {})
      expect(problems.length).toBeGreaterThan(0)
      for (const problem of problems) {
        expectWords(problem)
        if (problem.nodeId !== undefined) expect(nodeOf(document, problem.nodeId)).toBeDefined()
      }
      expect(readDocument(throughJson(document)).ok).toBe(true)
    }),
    // Some networks have nothing to break in this way.
    { numRuns: Math.max(60, Math.ceil((2 * numRuns) / Object.keys(breakages).length)) }
  )
  expect(spoiled).toBeGreaterThan(2)
})

test('several mistakes at once are told too, and whatever fix is taken leads on to a document', () => {
  const mistakes = fc.array(fc.constantFrom(...Object.values(breakages)), { minLength: 2, maxLength: 4 })
  fc.assert(
    fc.property(recipe, mistakes, fc.nat(1_000_000), (from, list, seed) => {
      const random = randomStream(seed, 'breakage')
      let document: Document = list.reduce((d, spoil) => spoil(d, random) ?? d, documentOf(from))
      for (let fixes = 0; fixes < 20; fixes++) {
        const { problems } = derive(document, {})
        problems.forEach(expectWords)
        const { fix } = problems.filter((p) => p.fix)[random.integer(problems.length)] ?? {}
        if (!fix) break
        document = applyEdit(document, fix.edit)
        expect(readDocument(throughJson(document)).ok).toBe(true)
      }
    }),
    { numRuns }
  )
})
