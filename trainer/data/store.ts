import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { Transform } from 'node:stream'
import { tableProfileSchema, type TableProfile } from '@core/data/table/profile'
import { decodeTable, encodeTable } from '@core/data/table/binary'
import type { Table } from '@core/data/table/columns'
import type { ReadOptions } from '@core/data/table/sniff'
import { cacheFolder } from './cacheFolder'

/*
 * The data store: for each file, under the SHA-256 of its bytes, the file as it is (`original`) and what was read from
 * it, once for each way of reading it: the columns as binary numbers, and their profile. Nothing in it is ever changed;
 * everything is written beside its place and then put there.
 */

/** Raise it when the same bytes are to be read in another way. */
const READER = 1
/** What nobody has asked for so long is removed, in ms. */
const KEPT_MS = 90 * 24 * 3600 * 1000

/** Where files of projects are kept: the app says where, else beside what was fetched. */
export function storeFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return environment['NETLOOM_DATA'] || join(cacheFolder(environment), 'files')
}

/** The file of these bytes as it is. */
export function originalPath(sha256: string, folder = storeFolder()): string {
  return join(folder, sha256, 'original')
}

function readPath(sha256: string, read: ReadOptions, ending: 'columns' | 'json', folder: string): string {
  const { delimiter, decimal, header, encoding, sheet } = read
  const key = JSON.stringify([READER, delimiter, decimal, header, encoding, sheet])
  return join(folder, sha256, `${createHash('sha256').update(key).digest('hex').slice(0, 16)}.${ending}`)
}

/** Copies a file into the store, or moves it there; the SHA-256 of its bytes, and how many there are. */
export async function keepOriginal(
  path: string,
  {
    move = false,
    folder = storeFolder(),
    onBytes
  }: { move?: boolean; folder?: string; onBytes?: (done: number) => void }
): Promise<{ readonly sha256: string; readonly bytes: number }> {
  await mkdir(folder, { recursive: true })
  const temporary = move ? path : join(folder, `.${randomBytes(8).toString('hex')}.part`)
  const hash = createHash('sha256')
  let bytes = 0
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      onBytes?.(bytes)
      done(null, move ? undefined : chunk)
    }
  })
  try {
    const source = createReadStream(path, { highWaterMark: 1 << 20 })
    if (move) await pipeline(source, counted.resume())
    else await pipeline(source, counted, createWriteStream(temporary))
    const sha256 = hash.digest('hex')
    const place = join(folder, sha256)
    await mkdir(place, { recursive: true })
    await rename(temporary, join(place, 'original'))
    return { sha256, bytes }
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Puts bytes into the store. */
export async function keepBytes(bytes: Uint8Array, folder = storeFolder()): Promise<string> {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const place = originalPath(sha256, folder)
  const size = await stat(place).then(
    (found) => found.size,
    () => -1
  )
  if (size !== bytes.length) {
    await mkdir(join(folder, sha256), { recursive: true })
    await writeWhole(place, [bytes])
  }
  return sha256
}

/** Keeps what was read from a file. */
export async function keepTable(
  sha256: string,
  read: ReadOptions,
  table: Table,
  profile: TableProfile,
  folder = storeFolder()
): Promise<void> {
  await writeWhole(readPath(sha256, read, 'columns', folder), encodeTable(table))
  // The profile comes last: where it is, the columns are, too.
  await writeWhole(readPath(sha256, read, 'json', folder), [Buffer.from(JSON.stringify(profile))])
}

/** What is known of a file that was read in this way before; undefined where it was not. */
export async function keptProfile(
  sha256: string,
  read: ReadOptions,
  folder = storeFolder()
): Promise<TableProfile | undefined> {
  const text = await readFile(readPath(sha256, read, 'json', folder), 'utf8').catch(ifMissing)
  if (text === undefined) return undefined
  const now = new Date()
  await utimes(join(folder, sha256), now, now)
  return tableProfileSchema.parse(JSON.parse(text))
}

/** The columns of a file that was read in this way before; undefined where it was not. */
export async function keptTable(
  sha256: string,
  read: ReadOptions,
  folder = storeFolder()
): Promise<Table | undefined> {
  const bytes = await readFile(readPath(sha256, read, 'columns', folder)).catch(ifMissing)
  return bytes && decodeTable(bytes)
}

/** Removes what nobody has asked for in a long time, and what was never finished. */
export async function tidyStore(now = Date.now(), folder = storeFolder()): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path)
    const limit = name.endsWith('.part') ? KEPT_MS / 90 : KEPT_MS
    if (now - mtimeMs > limit) await rm(path, { recursive: true, force: true })
  }
}

async function writeWhole(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.part`
  try {
    const file = await open(temporary, 'wx')
    try {
      for (const piece of pieces) await writeFile(file, piece)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
