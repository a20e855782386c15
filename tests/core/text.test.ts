import { describe, expect, test } from 'vitest'
import { makeDataset } from '@core/data/dataset'
import { alphabetOf, characterName, decodeNumbers, encodeText } from '@core/data/text/alphabet'
import { FABLES } from '@core/data/text/fables'
import { looksLikeTable } from '@core/data/text/kind'
import { cleanText, profileText } from '@core/data/text/profile'
import { drawn, tempered } from '@core/data/text/sampling'
import { textRows, type TextConfig } from '@core/data/text/windows'
import type { TextFile } from '@core/data/files'
import { autoOptions } from '@core/data/table/sniff'
import { readDocument } from '@core/document/parse'
import { derive } from '@core/graph/derive'
import { sources } from '@core/registry'
import { fullPart } from '@core/registry/complete'
import { part } from '@core/registry/define'
import { unwrap } from '@core/result'
import { textProject } from '@core/templates/textProject'

const textFile = (text: string): TextFile => ({
  sha256: '0'.repeat(64),
  bytes: text.length,
  read: { ...autoOptions, as: 'text' },
  text: profileText(text)
})
const config = (own: Partial<TextConfig>): TextConfig => ({
  ...{ answers: 'each', length: 3, every: 1, lowerCase: false },
  ...own
})

test('a text is cleaned: its mark, line ends of any kind, accents as one character', () => {
  expect(cleanText('\ufeffa\r\nb\rc\u0065\u0301')).toBe('a\nb\nc\u00e9')
})

test('a text is told by its characters, the commonest first', () => {
  const { characters, lines, words, distinct, commonest } = profileText('to be, or not to be\n')
  expect({ characters, lines, words, distinct }).toEqual({ characters: 20, lines: 1, words: 6, distinct: 9 })
  expect(commonest.slice(0, 3)).toEqual([
    [' ', 5],
    ['o', 4],
    ['t', 3]
  ])
  expect(profileText('a👍a').characters).toBe(3)
})

describe('alphabet', () => {
  test('numbers begin at 1, in the order of Unicode; capitals may be left out', () => {
    const profile = profileText('Ab aB')
    expect(alphabetOf(profile, false)).toEqual(['', ' ', 'A', 'B', 'a', 'b'])
    const small = alphabetOf(profile, true)
    expect(small).toEqual(['', ' ', 'a', 'b'])
    expect([...encodeText(small, 'Ba x')]).toEqual([3, 2, 1])
    expect(decodeNumbers(small, [3, 2, 1, 0, 0])).toBe('ba ')
  })

  test('has room for 254 characters; all others share a number', () => {
    const rare = Array.from({ length: 300 }, (_, i) => String.fromCodePoint(0x4e00 + i))
    const alphabet = alphabetOf(profileText(rare.join('') + rare.slice(0, 254).join('')), false)
    expect(alphabet).toHaveLength(256)
    expect(decodeNumbers(alphabet, encodeText(alphabet, rare[0]! + rare[299]!))).toBe(`${rare[0]!}\ufffd`)
    expect(characterName('\ufffd')).toBe('other')
  })
})

describe('examples of a text', () => {
  // Passages have 2 · (3 + 1) = 8 characters.
  const text = 'abcdefghijklmnopqrst'
  const profile = profileText(text)
  const symbols = alphabetOf(profile, false)
  const shown = (own: Partial<TextConfig>) => {
    const full = config(own)
    const { x, y, groups } = textRows(text, profile, full)
    const width = full.answers === 'each' ? full.length : 1
    return Array.from(groups!, (group, row) => [
      decodeNumbers(symbols, x.subarray(row * full.length, (row + 1) * full.length)),
      decodeNumbers(
        symbols,
        y!.subarray(row * width, (row + 1) * width).map((k) => k + 1)
      ),
      group
    ])
  }

  test('each: a stretch, and after each of its characters the one that follows', () => {
    expect(shown({ every: 3 })).toEqual([
      ['abc', 'bcd', 0],
      ['def', 'efg', 0],
      ['ijk', 'jkl', 1],
      ['lmn', 'mno', 1],
      ['qrs', 'rst', 2]
    ])
  })

  test('last: what stands before, filled up at its end, and the one that follows', () => {
    expect(shown({ answers: 'last', every: 2 }).slice(0, 5)).toEqual([
      ['a', 'b', 0],
      ['abc', 'd', 0],
      ['cde', 'f', 0],
      ['efg', 'h', 0],
      ['i', 'j', 1]
    ])
    const { x } = textRows(text, profile, config({ answers: 'last', every: 2 }))
    expect([...x.subarray(0, 6)]).toEqual([1, 0, 0, 1, 2, 3])
  })

  test.each(['each', 'last'] as const)(
    '%s: as many as are described, at any length and distance',
    (answers) => {
      const file = textFile(FABLES)
      for (const length of [2, 7, 40])
        for (const every of [1, 5, 100]) {
          const full = fullPart('source', part('text', { file: 'f', answers, length, every })).config
          const described = sources['text']!.describe(full, { f: file })
          if ('code' in described) throw new Error(described.message)
          const made = textRows(FABLES, file.text, config({ answers, length, every }))
          expect(made.x.length / length).toBe(described.rows)
        }
    }
  )

  test('no part of the data has read what another one is asked', () => {
    const source = fullPart('source', part('fables', { length: 10, every: 1 }))
    const made = unwrap(makeDataset({ source, seed: 3, split: { train: 0.7, test: 0.1 } }, {}))
    const passages = (rows: Int32Array) =>
      new Set(
        Array.from(rows, (row) => decodeNumbers(made.symbols!, made.x.subarray(row * 10, row * 10 + 10)))
      )
    const known = passages(made.parts.train)
    const fresh = [...made.parts.validation].filter(
      (row) => !known.has(decodeNumbers(made.symbols!, made.x.subarray(row * 10, row * 10 + 10)))
    )
    // Some phrases come back in the fables; neighbours that overlap in nine of ten characters never cross.
    expect(fresh.length / made.parts.validation.length).toBeGreaterThan(0.85)
    expect(made.parts.validation.length / made.rows).toBeCloseTo(0.2, 1)
  })

  test('a text that is too short says how much is needed', () => {
    const full = fullPart('source', part('text', { file: 'f' })).config
    expect(sources['text']!.describe(full, { f: textFile('short') })).toMatchObject({
      code: 'bad-text',
      message: 'f has 5 characters, too few for examples of 40.'
    })
    expect(sources['text']!.describe(full, {})).toMatchObject({ code: 'missing-file' })
  })
})

test.each([
  ['a,b\n1,2\n3,4\n', true],
  ['name\tage\nAnn\t3\nBob\t4\n', true],
  ['x;y\n1,5;2\n2,5;3\n', true],
  [FABLES, false],
  [
    'Shall I compare thee to a summer’s day, or not?\nThou art more lovely and more temperate, and so on.\n',
    false
  ],
  ['one\ntwo\nthree\n', false],
  ['', false]
])('%j is a table: %s', (text, table) => {
  expect(looksLikeTable(text)).toBe(table)
})

describe('drawing the next character', () => {
  test('a temperature of 1 leaves shares alone, a low one makes the largest larger', () => {
    expect([...tempered([0.5, 0.25, 0.25], 1)].map((v) => v.toFixed(6))).toEqual([
      '0.500000',
      '0.250000',
      '0.250000'
    ])
    // p² / Σ p²: 0.25, 0.0625, 0.0625 of 0.375.
    expect(tempered([0.5, 0.25, 0.25], 0.5)[0]).toBeCloseTo(2 / 3, 6)
    expect(tempered([0.5, 0.3, 0.2], 0.01)[0]).toBeCloseTo(1, 6)
    expect(tempered([1, 0], 2)[1]).toBeLessThan(1e-9)
  })

  test('a uniform number falls on the place that holds it', () => {
    const shares = [0.2, 0, 0.5, 0.3]
    expect([0, 0.19, 0.2, 0.69, 0.7, 0.9999].map((u) => drawn(shares, u))).toEqual([0, 0, 2, 2, 3, 3])
    expect(drawn([0.4, 0.5999, 0], 0.99995)).toBe(1)
  })
})

test('a text becomes a project that is in order and tells why', () => {
  const file = textFile(FABLES)
  const { document, files, suggestions } = unwrap(textProject('old_fables.txt', file))
  expect(document.name).toBe('Old fables')
  const { problems, data } = derive(document, files)
  expect(problems).toEqual([])
  expect(data!.classes).toContain('space')
  expect(readDocument(JSON.parse(JSON.stringify(document)))).toEqual({ ok: true, value: document })
  for (const { why } of suggestions) expect(why).toMatch(/[.]$/)
})
