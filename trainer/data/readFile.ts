import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { endingOf, EXCEL, fileKind, TABLE_ENDINGS } from '@core/data/fileKinds'
import { momentText } from '@core/data/table/columns'
import { TableReader, type ReadTable } from '@core/data/table/read'
import type { ReadOptions } from '@core/data/table/sniff'
import { fail, ok, type Result } from '@core/result'

/** Bytes that are looked at to tell what a file is. */
const LOOK = 1 << 16
const PIECE = 1 << 20
/** A spreadsheet is read into memory whole, and unpacks to many times its size. */
const MAX_SHEET = 100 << 20

/** How far reading has come. */
export interface ReadProgress {
  /** Share of the file, from 0 to 1. */
  readonly done: number
  readonly rows: number
}

/** Reading was given up. */
export class Cancelled extends Error {}

/** A table from a file, and the sheets of a spreadsheet. */
export interface FileTable {
  readonly table: ReadTable
  readonly sheets: readonly string[]
}

interface Reading {
  readonly read: ReadOptions
  readonly progress?: ((progress: ReadProgress) => void) | undefined
  readonly signal?: AbortSignal | undefined
  /** Columns of words, for those who know what is in them. */
  readonly asWords?: boolean
  /** After so many rows the rest is left unread. */
  readonly most?: number
}

/** Reads the table in a file: text in any of the usual encodings, or a spreadsheet. `name` is for words. */
export async function readTableFile(
  path: string,
  name: string,
  reading: Reading
): Promise<Result<FileTable>> {
  const start = await beginning(path)
  if (start.length === 0) return fail({ code: 'empty-file', message: `${name} is empty.` })
  const kind = fileKind(start) ?? (start[0] === 0x50 && start[1] === 0x4b ? 'a zip archive' : undefined)
  if (kind !== undefined && kind.startsWith('a') && start[0] === 0x50) {
    const whole = await readFile(path)
    return fileKind(whole) === EXCEL ? readSheet(whole, name, reading) : otherKind(name, fileKind(whole)!)
  }
  if (kind !== undefined) return otherKind(name, kind)
  const { encoding } = reading.read
  const found = encoding === 'auto' ? encodingOf(start) : encoding
  if (found === undefined)
    return fail({
      code: 'other-file',
      message: `${name} is not text.`,
      detail: 'Netloom reads tables as CSV, TSV or Excel files (.xlsx).'
    })
  const table = await readText(path, name, found, reading)
  // Not UTF-8: what spreadsheets on Windows write, in which every byte is a letter.
  const read = table ?? (await readText(path, name, 'windows-1252', reading))!
  return read.ok ? ok({ table: read.value, sheets: [] }) : read
}

function otherKind(name: string, kind: string): Result<never> {
  return fail({
    code: 'other-file',
    message: `Netloom reads tables as CSV, TSV or Excel files (.xlsx). ${name} is ${kind}.`,
    ...(kind.includes('Office') || kind.includes('OpenDocument')
      ? { detail: 'Save it as .xlsx or CSV there, and choose that file.' }
      : {})
  })
}

/** The first bytes of a file: enough to tell what it is. */
export async function beginning(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(LOOK), 0, LOOK, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** The encoding, from how the bytes begin; undefined where they are no text. */
export function encodingOf(start: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  const zeros = [0, 0]
  for (const [i, byte] of start.entries()) if (byte === 0) zeros[i % 2]!++
  const half = start.length / 2
  if (zeros[1]! > 0.4 * half && zeros[0]! < 0.1 * half) return 'utf-16le'
  if (zeros[0]! > 0.4 * half && zeros[1]! < 0.1 * half) return 'utf-16be'
  return zeros[0]! + zeros[1]! > 0 ? undefined : 'utf-8'
}

/** Undefined where the bytes are not of this encoding. */
async function readText(
  path: string,
  name: string,
  encoding: string,
  { read, progress, signal, asWords, most = Infinity }: Reading
): Promise<Result<ReadTable> | undefined> {
  const { size } = await stat(path)
  const reader = new TableReader(name, read, asWords)
  const decoder = new TextDecoder(encoding, { fatal: encoding === 'utf-8' && read.encoding === 'auto' })
  let done = 0
  try {
    for await (const piece of createReadStream(path, { highWaterMark: PIECE }) as AsyncIterable<Buffer>) {
      if (signal?.aborted) throw new Cancelled()
      reader.write(decoder.decode(piece, { stream: true }))
      if (reader.failed) break
      if (reader.rows >= most) {
        reader.cut()
        return reader.end()
      }
      done += piece.length
      progress?.({ done: done / size, rows: reader.rows })
    }
    if (!reader.failed) reader.write(decoder.decode())
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return undefined
    throw error
  }
  return reader.end()
}

async function readSheet(
  bytes: Buffer,
  name: string,
  { read, asWords }: Reading
): Promise<Result<FileTable>> {
  if (bytes.length > MAX_SHEET)
    return fail({
      code: 'too-large',
      message: `${name} is too large for a spreadsheet that is read whole.`,
      detail: 'Save it as CSV there: CSV files may be of any size.'
    })
  const { default: readXlsx } = await import('read-excel-file/universal')
  let sheets: Awaited<ReturnType<typeof readXlsx>>
  try {
    sheets = await readXlsx(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer
    )
  } catch (error) {
    return fail({
      code: 'broken-file',
      message: `${name} cannot be read as an Excel file: ${error instanceof Error ? error.message : String(error)}`,
      detail: 'Open it in a spreadsheet program and save it again, or save it as CSV.'
    })
  }
  const names = sheets.map(({ sheet }) => sheet)
  const chosen = read.sheet === '' ? sheets[0] : sheets.find(({ sheet }) => sheet === read.sheet)
  if (!chosen)
    return fail({
      code: 'no-sheet',
      message: `${name} has no sheet ${read.sheet}. It has ${names.join(', ')}.`
    })
  const reader = new TableReader(name, read, asWords)
  for (const row of chosen.data) reader.writeRow(row.map(sheetCell))
  const table = reader.end()
  return table.ok ? ok({ table: table.value, sheets: names }) : table
}

function sheetCell(cell: unknown): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return momentText(cell.getTime())
  return String(cell as string | number | boolean)
}

/** May a file of this name hold a table? */
export function isTableName(name: string): boolean {
  return TABLE_ENDINGS.includes(endingOf(name))
}
