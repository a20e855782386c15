import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Document } from '@core/document/schema'
import { part } from '@core/registry/define'
import { unwrap } from '@core/result'
import { templates } from '@core/templates'
import { chainProject } from '@core/templates/chainProject'
import { textProject } from '@core/templates/textProject'
import { importBytes, importTable } from '@trainer/data/importTable'
import { readDataset } from '@trainer/data/datasets'
import { engines, openSession, withSettings } from './support'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-text-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const utf8 = (s: string): Uint8Array => new TextEncoder().encode(s)
const poem = 'Grüße, Füße.\nÄhren – süß!\n'.repeat(20)

describe('a text is read in the encodings of texts', () => {
  test.each([
    ['UTF-8', utf8(poem), 'utf-8'],
    ['UTF-8 with its mark', utf8(`\ufeff${poem}`), 'utf-8'],
    ['Windows-1252', Buffer.from(poem.replaceAll('–', '\x96'), 'latin1'), 'windows-1252'],
    ['UTF-16 with its mark', Buffer.from(`\ufeff${poem}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 of the other kind', Buffer.from(`\ufeff${poem}`, 'utf16le').swap16(), 'utf-16be']
  ])('%s', async (_, bytes, encoding) => {
    const file = unwrap(await importBytes(bytes, 'poem.txt', { folder }))
    if (!('text' in file)) throw new Error('It was taken for a table.')
    expect(file.text).toMatchObject({ characters: poem.length, encoding, lines: 40 })
    expect(file.text.beginning.startsWith('Grüße, Füße.\nÄhren – süß!\n')).toBe(true)
  })
})

test('a .txt file with cells is a table, one with prose a text; who chooses decides', async () => {
  const cells = utf8('a,b\n1,2\n3,4\n')
  expect(unwrap(await importBytes(cells, 't.txt', { folder }))).toHaveProperty('table')
  expect(unwrap(await importBytes(utf8(poem), 't.txt', { folder }))).toHaveProperty('text')
  const read = {
    delimiter: 'auto',
    decimal: 'auto',
    header: 'auto',
    encoding: 'auto',
    sheet: '',
    as: 'text'
  } as const
  expect(unwrap(await importBytes(cells, 't.txt', { folder, read }))).toHaveProperty('text')
  expect(unwrap(await importBytes(utf8('x y\n1 2\n'), 'notes.md', { folder }))).toHaveProperty('text')
})

test('bytes that are no text are refused', async () => {
  const bytes = Uint8Array.from({ length: 3000 }, (_, i) => (i * 7) % 256)
  const refused = await importBytes(bytes, 'noise.md', { folder })
  expect(refused).toMatchObject({ ok: false, problems: [{ message: 'noise.md is not text.' }] })
})

test('a text of some megabytes becomes bytes, not floats, and its passages stay apart', async () => {
  const path = join(folder, 'long.txt')
  const sentence = 'the quick brown fox jumps over the lazy dog, and then it rests for a while. '
  writeFileSync(path, sentence.repeat(40_000))
  const file = unwrap(await importTable(path, 'long.txt'))
  if (!('text' in file)) throw new Error('It was taken for a table.')
  const { document, files } = unwrap(textProject('long.txt', file))
  const made = unwrap(await readDataset(document.data, files))
  expect(made.x).toBeInstanceOf(Uint8Array)
  expect(made.rows).toBeGreaterThan(70_000)
  expect(made.x.length).toBe(40 * made.rows)
  expect(made.parts.validation.length / made.rows).toBeCloseTo(0.05, 1)
})

/** Letters in a circle, after each of which there is one that follows. */
const circle = 'abcdefg'.repeat(60)

const lastOnly = (document: Document): Document =>
  chainProject({
    ...{ name: 'Last', source: { ...document.data.source }, split: { train: 0.9, test: 0 } },
    layers: [
      ['embedding', 'embedding', { inputDim: 8, outputDim: 4, maskZero: true }],
      ['memory', 'gru', { units: 12 }],
      ['output', 'dense', { units: 7, activation: part('softmax') }]
    ],
    optimizer: part('adam', { learningRate: 0.02 }),
    epochs: 12,
    batchSize: 16
  })

// WebAssembly cannot train an embedding.
describe.each(engines.filter((engine) => engine === 'native'))('on %s', (engine) => {
  test.each(['each', 'last'] as const)(
    'a network that is asked for %s learns what follows, and writes on',
    async (answers) => {
      const file = unwrap(await importBytes(utf8(circle), 'circle.txt'))
      if (!('text' in file)) throw new Error('It was taken for a table.')
      const { document, files } = unwrap(textProject('circle.txt', file))
      const settings = {
        'training.engine': engine,
        'training.epochs': 12,
        'data.source.length': 8,
        'data.source.every': 2
      }
      const each = withSettings(document, { ...settings, 'nodes.memory.units': 12 })
      const project =
        answers === 'each' ? each : lastOnly(withSettings(each, { 'data.source.answers': 'last' }))
      const { session, start, answers: told, until } = openSession()
      onTestFinished(() => session.dispose())
      await start(withSettings(project, { 'training.engine': engine }), { files })
      await session.idle()
      const ask = { type: 'write', beginning: 'Cd', count: 20, temperature: 0.05, seed: 1 } as const
      session.receive({ ...ask, id: 7 })
      await until(() => told.some((answer) => 'id' in answer && answer.id === 7))
      const reply = told.find((answer) => answer.type === 'written')!
      expect(reply.text).toBe('efgabcdefgabcdefgabc')
      // [a … g]: e is what comes next.
      expect([...reply.shares].indexOf(Math.max(...reply.shares))).toBe(4)
      expect(reply.shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4)
    }
  )
})

test('whoever has no text cannot write', async () => {
  const { session, answers, until } = openSession()
  onTestFinished(() => session.dispose())
  await session.prepare({ document: templates[0]!.document, files: {} })
  session.receive({ type: 'write', id: 1, beginning: 'a', count: 1, temperature: 1, seed: 0 })
  await until(() => answers.length > 0)
  expect(answers[0]).toEqual({ type: 'noView', id: 1 })
})
