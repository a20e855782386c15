import { endingOf } from '@core/data/fileKinds'
import type { DataFile, TableFile, TextFile } from '@core/data/files'
import type { Table } from '@core/data/table/columns'
import { profileOf, tableOf } from '@core/data/table/profile'
import { autoOptions, type ReadOptions } from '@core/data/table/sniff'
import { looksLikeTable } from '@core/data/text/kind'
import { profileText } from '@core/data/text/profile'
import { fail, ok, type Result } from '@core/result'
import { beginning, encodingOf, readTableFile, type ReadProgress } from './readFile'
import { readTextFile } from './readText'
import {
  keepBytes,
  keepOriginal,
  keepTable,
  keptProfile,
  keptTable,
  originalPath,
  storeFolder
} from './store'

/** How a file is taken into the store. */
export interface ImportOptions {
  readonly read?: ReadOptions | undefined
  /** The file is ours, and may be moved. */
  readonly move?: boolean | undefined
  readonly folder?: string | undefined
  readonly progress?: ((progress: ReadProgress) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

/** Takes a file into the store and reads its table, where that was not done before. */
export async function importTable(
  path: string,
  name: string,
  options: ImportOptions = {}
): Promise<Result<DataFile>> {
  const { folder = storeFolder(), move = false } = options
  const kept = await keepOriginal(path, { move, folder })
  return readKept(kept.sha256, kept.bytes, name, options)
}

/** The same for bytes that are in memory. */
export async function importBytes(
  bytes: Uint8Array,
  name: string,
  options: ImportOptions = {}
): Promise<Result<DataFile>> {
  return readKept(await keepBytes(bytes, options.folder), bytes.length, name, options)
}

/** Reads a file that is in the store, perhaps in another way than before. */
export async function readKept(
  sha256: string,
  bytes: number,
  name: string,
  options: ImportOptions
): Promise<Result<DataFile>> {
  const { read = autoOptions, folder = storeFolder() } = options
  const asText =
    read.as === 'text' || (read.as === 'auto' && (await isText(originalPath(sha256, folder), name, read)))
  const own = { ...read, as: asText ? ('text' as const) : ('table' as const) }
  return (asText ? readKeptText : readKeptTable)(sha256, bytes, name, { ...options, read: own })
}

/** Is the file of this name a text, and not a table? */
async function isText(path: string, name: string, { encoding }: ReadOptions): Promise<boolean> {
  if (endingOf(name) === 'md') return true
  if (endingOf(name) !== 'txt') return false
  const start = await beginning(path)
  const found = encoding === 'auto' ? encodingOf(start) : encoding
  return found !== undefined && !looksLikeTable(new TextDecoder(found).decode(start))
}

async function readKeptText(
  sha256: string,
  bytes: number,
  name: string,
  { read = autoOptions, folder = storeFolder() }: ImportOptions
): Promise<Result<TextFile>> {
  const found = await readTextFile(originalPath(sha256, folder), name, read)
  if (!found.ok) return found
  const { text, encoding } = found.value
  return ok({ sha256, bytes, read, text: profileText(text, encoding) })
}

async function readKeptTable(
  sha256: string,
  bytes: number,
  name: string,
  { read = autoOptions, folder = storeFolder(), progress, signal }: ImportOptions
): Promise<Result<TableFile>> {
  const known = await keptProfile(sha256, read, folder)
  if (known) return ok({ sha256, bytes, read, table: known })
  const found = await readTableFile(originalPath(sha256, folder), name, { read, progress, signal })
  if (!found.ok) return found
  const { table, sheets } = found.value
  const profile = profileOf(table, sheets)
  await keepTable(sha256, read, tableOf(table), profile, folder)
  return ok({ sha256, bytes, read, table: profile })
}

/** Read before and still in use by a network: a large table is not read again for every change of a layer. */
const inUse = new Map<string, WeakRef<Table>>()

/** The columns of a file of a project. */
export async function tableFor(name: string, file: DataFile, folder = storeFolder()): Promise<Result<Table>> {
  const { sha256, bytes, read } = file
  const key = `${folder}/${sha256}/${JSON.stringify(read)}`
  const before = inUse.get(key)?.deref()
  if (before) return ok(before)
  let table = await keptTable(sha256, read, folder)
  if (!table) {
    const again = await readKept(sha256, bytes, name, { read, folder }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error
        return missing(name)
      }
    )
    if (!again.ok) return again
    table = await keptTable(sha256, read, folder)
  }
  if (!table) return missing(name)
  inUse.set(key, new WeakRef(table))
  return ok(table)
}

/** The text of a file of a project. */
export async function textFor(
  name: string,
  { sha256, read }: DataFile,
  folder = storeFolder()
): Promise<Result<string>> {
  const found = await readTextFile(originalPath(sha256, folder), name, read).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error
      return missing(name)
    }
  )
  return found.ok ? ok(found.value.text) : found
}

const missing = (name: string) =>
  fail({
    code: 'missing-data',
    field: 'file',
    message: `The rows of ${name} are not on this computer any more.`,
    detail: 'Open the saved project again, or choose the file anew.'
  })
