import { describe, expect, test } from 'vitest'
import type { UnrolledSteps } from '@core/ipc'
import { sources } from '@core/registry'
import { fullPart } from '@core/registry/complete'
import { part } from '@core/registry/define'
import { nextShares } from '../../renderer/answers/nextCharacter'
import { stepWords } from '../../renderer/inspector/unrolled'
import { labelledPaths } from '../../renderer/shared/exampleShapes'
import { nounOf } from '@core/data/noun'
import { lookOf } from '../../renderer/shared/look'
import { markedSteps, seenCharacters, seenClass, writtenSum } from '../../renderer/shared/sequenceShapes'

const described = (type: string) => {
  const found = sources[type]!.describe(fullPart('source', part(type)).config, {})
  if ('code' in found) throw new Error(found.message)
  return found
}

test('each kind of sequence has its look', () => {
  expect(lookOf('fables', described('fables'))).toMatchObject({ kind: 'text' })
  expect(lookOf('memory', described('memory'))).toEqual({ kind: 'marked', symbols: ['A', 'B', 'C', 'D'] })
  expect(lookOf('binaryAddition', described('binaryAddition'))).toEqual({ kind: 'sum' })
  expect(lookOf('waves', described('waves'))).toBeUndefined()
  expect(lookOf('mnist', described('mnist'))).toEqual({ kind: 'ink' })
  expect(nounOf(described('fables'))).toBe('sequences')
})

test('characters are shown as they can be seen, fillers are nothing', () => {
  const symbols = ['', '\n', ' ', 'a']
  expect(seenCharacters(symbols, [3, 2, 3, 1, 0, 0])).toEqual(['a', ' ', 'a', '↵'])
  expect([0, 1, 2].map((k) => seenClass(symbols, k))).toEqual(['↵', '␣', 'a'])
})

test('a sequence of symbols: which one it is, which one is marked, and no more than there are', () => {
  // B marked, then A, then a filler.
  expect(markedSteps([0, 1, 1, 1, 0, 0, 0, 0, 0], ['A', 'B'])).toEqual([
    { symbol: 'B', marked: true },
    { symbol: 'A', marked: false }
  ])
})

test('a sum is written with what is carried: 3 + 1 = 4 in binary', () => {
  // Least significant first: 3 is 1 1 0, 1 is 1 0 0.
  expect(writtenSum([1, 1, 1, 0, 0, 0])).toEqual({
    a: [0, 1, 1],
    b: [0, 0, 1],
    carry: [1, 1, 0],
    sum: [1, 0, 0]
  })
  expect(writtenSum([1, 0, -1, -1]).a).toEqual([1])
})

test('a labelled line is cut where the label changes, without a gap', () => {
  const box = { x: 0, y: 0, width: 3, height: 1 }
  expect(labelledPaths(Float32Array.of(0, 1, 1, 0), [0, 1, 1, 0], box)).toEqual([
    { label: 0, d: 'M0.0 1.0L1.0 0.0' },
    { label: 1, d: 'M1.0 0.0L2.0 0.0L3.0 1.0' },
    { label: 0, d: 'M3.0 1.0' }
  ])
})

test('what comes next is said after the last character that is there', () => {
  const told = Float32Array.of(0.1, 0.9, 0.2, 0.8, 0.3, 0.7)
  const data = { classes: ['a', 'b'], target: { classes: 2, shape: [3] } }
  expect([...nextShares(told, Float32Array.of(1, 2, 0), data)].map((v) => v.toFixed(1))).toEqual([
    '0.2',
    '0.8'
  ])
  const last = { classes: ['a', 'b'], target: { classes: 2, shape: [] } }
  expect(nextShares(told.subarray(0, 2), Float32Array.of(1, 0, 0), last)).toHaveLength(2)
})

describe('a step in words', () => {
  const told: UnrolledSteps = {
    ...{ type: 'unrolled', id: 1, epoch: 0, steps: 2, units: 2 },
    order: Int32Array.of(0, 1),
    counts: Float32Array.of(1, 0),
    inputs: Float32Array.of(0, 1, 1, 0.25, 0.5, 0),
    states: { hidden: Float32Array.of(0.1, -0.75, 0.1, -0.75) }
  }

  test('the strongest units come first, by size', () => {
    const { strongest, counts } = stepWords(told, 0, undefined, undefined)
    expect(strongest).toEqual([
      { unit: 1, value: -0.75 },
      { unit: 0, value: 0.1 }
    ])
    expect(counts).toBe(true)
    expect(stepWords(told, 1, undefined, undefined).counts).toBe(false)
  })

  test('what goes in is named where it has a name', () => {
    const data = { shape: [2, 3], features: ['A', 'B', 'remember'] }
    expect(stepWords(told, 0, data, undefined).input).toBe('B, remember')
    expect(stepWords(told, 1, data, undefined).input).toBe('0.25 · 0.5 · 0')
    const text = { shape: [2], features: [], symbols: ['', ' ', 'x'] }
    expect(stepWords(told, 0, text, { x: Float32Array.of(2, 1) }).input).toBe('“x”')
    expect(stepWords(told, 1, text, { x: Float32Array.of(2, 1) }).input).toBe('“␣”')
  })
})
