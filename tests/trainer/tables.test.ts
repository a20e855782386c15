import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeDataset } from '@core/data/dataset'
import { sampleOf, SAMPLE_ROWS } from '@core/data/sample'
import { autoOptions } from '@core/data/table/sniff'
import { fullPart } from '@core/registry/complete'
import { part } from '@core/registry/define'
import { unwrap } from '@core/result'
import { importBytes, importTable, tableFor } from '@trainer/data/importTable'
import { Cancelled } from '@trainer/data/readFile'
import { tidyStore } from '@trainer/data/store'
import { tableIn } from '../core/helpers/tables'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-tables-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const take = (bytes: Uint8Array, name = 't.csv') => importBytes(bytes, name, { folder })
const text = 'größe,art\n1,Hündin\n2,Kater\n'
const utf8 = (s: string): Uint8Array => new TextEncoder().encode(s)
const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16()

describe('reads the encodings that spreadsheets write', () => {
  test.each([
    ['UTF-8', utf8(text)],
    ['UTF-8 with its mark', utf8(`\ufeff${text}`)],
    ['Windows-1252', Buffer.from(text, 'latin1')],
    ['UTF-16, little end first', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big end first', swapped(Buffer.from(`\ufeff${text}`, 'utf16le'))],
    ['UTF-16 without its mark', Buffer.from(text, 'utf16le')],
    [
      'Windows-1252 far behind',
      Buffer.concat([utf8(`größe,art\n${'1,x\n'.repeat(400_000)}`), Buffer.from('2,Kät\n', 'latin1')])
    ]
  ])('%s', async (what, bytes) => {
    const file = tableIn(unwrap(await take(bytes)))
    // Bytes of which one is no UTF-8 are Windows-1252 from the first on.
    expect(file.table.columns[0]!.name).toBe(what.endsWith('behind') ? 'grÃ¶ÃŸe' : 'größe')
    const words = file.table.columns[1]!.words.map(([word]) => word)
    expect(words).toEqual(what.endsWith('behind') ? ['x', 'Kät'] : ['Hündin', 'Kater'])
  })
})

const cell = (value: string | number, at: string): string =>
  typeof value === 'number'
    ? `<c r="${at}"><v>${value}</v></c>`
    : `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`
const sheet = (rows: readonly (readonly (string | number)[])[]): Uint8Array =>
  utf8(
    `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:B9"/><sheetData>${rows
      .map(
        (row, i) => `<row r="${i + 1}">${row.map((v, k) => cell(v, `${'ABC'[k]!}${i + 1}`)).join('')}</row>`
      )
      .join('')}</sheetData></worksheet>`
  )
const relations = (inner: string): Uint8Array =>
  utf8(
    `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`
  )
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const workbook = (): Uint8Array =>
  zipSync({
    '[Content_Types].xml': utf8(
      '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    ),
    '_rels/.rels': relations(
      `<Relationship Id="r" Type="${office}/officeDocument" Target="xl/workbook.xml"/>`
    ),
    'xl/workbook.xml': utf8(
      `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"><sheets><sheet name="Pets" sheetId="1" r:id="rId1"/><sheet name="Other" sheetId="2" r:id="rId2"/></sheets></workbook>`
    ),
    'xl/_rels/workbook.xml.rels': relations(
      `<Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/worksheet" Target="worksheets/sheet2.xml"/>`
    ),
    'xl/worksheets/sheet1.xml': sheet([
      ['age', 'kind'],
      [2.5, 'dog'],
      [3, 'cat']
    ]),
    'xl/worksheets/sheet2.xml': sheet([
      ['n', 'b'],
      [7, 'x'],
      [8, 'y']
    ])
  })

describe('spreadsheets', () => {
  test('are read from their first sheet, or from the one that is named', async () => {
    const first = tableIn(unwrap(await take(workbook(), 'pets.xlsx')))
    expect(first.table.sheets).toEqual(['Pets', 'Other'])
    expect(first.table.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['age', 'number'],
      ['kind', 'category']
    ])
    expect(first.table.columns[0]!.numbers).toMatchObject({ min: 2.5, max: 3 })
    const read = { ...autoOptions, sheet: 'Other' }
    const other = tableIn(unwrap(await importBytes(workbook(), 'pets.xlsx', { folder, read })))
    expect(other.table.columns.map(({ name }) => name)).toEqual(['n', 'b'])
    const none = await importBytes(workbook(), 'pets.xlsx', {
      folder,
      read: { ...autoOptions, sheet: 'Third' }
    })
    expect(none).toMatchObject({ ok: false, problems: [{ code: 'no-sheet' }] })
  })
})

test.each([
  ['nothing', new Uint8Array(), 'is empty'],
  ['a PDF', utf8('%PDF-1.7 …'), 'a PDF document'],
  ['an old Excel file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'an old Office document'],
  ['a program', Buffer.from('7f454c4602', 'hex'), 'a program'],
  ['a zip', zipSync({ 'a.txt': utf8('x') }), 'a zip archive'],
  ['a broken spreadsheet', zipSync({ 'xl/workbook.xml': utf8('<x/>') }), 'cannot be read as an Excel file'],
  ['bytes', Uint8Array.from({ length: 300 }, (_, i) => (i * 7) % 5), 'is not text']
])('%s is refused in words', async (_what, bytes, words) => {
  const found = await take(bytes)
  if (found.ok) throw new Error('It was read.')
  expect(found.problems[0]!.message).toContain(words)
})

describe('the store', () => {
  test('keeps the file, its columns and their profile under the hash of its bytes, once', async () => {
    const own = mkdtempSync(join(folder, 'store-'))
    const path = join(folder, 'once.csv')
    writeFileSync(path, 'a,b\n1,x\n2,y\n')
    const file = unwrap(await importTable(path, 'once.csv', { folder: own }))
    expect(readdirSync(own)).toEqual([file.sha256])
    expect(readdirSync(join(own, file.sha256)).filter((name) => name.endsWith('.part'))).toEqual([])
    const kept = readdirSync(join(own, file.sha256)).length
    expect(unwrap(await importBytes(utf8('a,b\n1,x\n2,y\n'), 'again.csv', { folder: own }))).toEqual(file)
    expect(readdirSync(join(own, file.sha256)).length).toBe(kept)
    const table = unwrap(await tableFor('once.csv', file, own))
    expect(table.rows).toBe(2)
    await tidyStore(Date.now(), own)
    expect(readdirSync(own)).toEqual([file.sha256])
    await tidyStore(Date.now() + 400 * 24 * 3600 * 1000, own)
    expect(readdirSync(own)).toEqual([])
    const gone = await tableFor('gone.csv', { ...file, sha256: 'f'.repeat(64) }, own)
    expect(gone).toMatchObject({ ok: false, problems: [{ code: 'missing-data' }] })
  })

  test('an import that is given up leaves no columns', async () => {
    const stop = new AbortController()
    stop.abort()
    const bytes = utf8(`a,b\n${'1,x\n'.repeat(10)}`)
    await expect(importBytes(bytes, 't.csv', { folder, signal: stop.signal })).rejects.toThrow(Cancelled)
  })
})

/** A million of them in npm run test:full. */
const MANY = process.env['NETLOOM_FULL'] === '1' ? 1_000_000 : 100_000

test(`${MANY} rows are read, split and prepared; the window gets a sample`, async () => {
  const kinds = ['red', 'green', 'blue']
  const lines = Array.from(
    { length: MANY },
    (_, i) =>
      `${i},${(i * 7919) % 1000},${((i * 31) % 997) / 10},${kinds[(i * 13) % 3]!},${i % 2 ? 'yes' : 'no'}`
  )
  let last = 0
  const file = tableIn(
    unwrap(
      await importBytes(utf8(`id,a,b,colour,answer\n${lines.join('\n')}\n`), 'many.csv', {
        folder,
        progress: ({ rows }) => (last = rows)
      })
    )
  )
  expect(file.table.rows).toBe(MANY)
  expect(last).toBeGreaterThan(0)
  expect(JSON.stringify(file.table).length).toBeLessThan(50_000)
  const table = unwrap(await tableFor('many.csv', file, folder))
  const source = fullPart(
    'source',
    part('table', { file: 'many.csv', columns: [{ name: 'id', role: 'ignored' }] })
  )
  const data = { source, seed: 1, split: { train: 0.8, test: 0.1 } }
  const made = unwrap(makeDataset(data, { 'many.csv': file }, { tables: { 'many.csv': table } }))
  expect(made.rows).toBe(MANY)
  expect(made.shape).toEqual([5])
  expect(Object.values(made.parts).map((p) => p.length)).toEqual([0.8 * MANY, 0.1 * MANY, 0.1 * MANY])
  const sample = sampleOf(made, table)!
  expect(sample.part).toHaveLength(SAMPLE_ROWS)
  expect(sample.cells[3]).toEqual(lines[sample.numbers[3]!]!.split(',').map((v) => v))
}, 120_000)
