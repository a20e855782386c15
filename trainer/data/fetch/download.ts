import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A file that somebody publishes. */
export interface PublishedFile {
  readonly name: string
  readonly url: string
  readonly bytes: number
  /** Of the file as it is published; left out where what is in it is checked instead. */
  readonly md5?: string
}

/** Why a file could not be had, in words. */
export class DownloadError extends Error {
  constructor(
    message: string,
    /** Where bytes have come before, going on may help. */
    readonly passing: boolean
  ) {
    super(message)
  }
}

interface Download {
  readonly file: PublishedFile
  /** Where it is to lie; beside it, with `.part`, what has come so far. */
  readonly to: string
  readonly signal: AbortSignal
  readonly onBytes: (bytes: number) => void
}

/** A connection over which nothing comes for so long, in ms, is a dead one. */
const SILENCE = 30_000
/** Waits before trying again, in ms; they begin anew whenever something has come. */
const WAITS = [500, 2000, 5000]

/**
 * Brings a file here, going on where an earlier try broke off, and compares its sum. Throws a DownloadError, what
 * the disk says, or what the signal was aborted with; what has come by then stays for the next try.
 */
export async function download({ file, to, signal, onBytes }: Download): Promise<void> {
  const part = `${to}.part`
  await mkdir(dirname(to), { recursive: true })
  if ((await sizeOf(to)) !== undefined) return onBytes(file.bytes)
  let resumed = ((await sizeOf(part)) ?? 0) > 0
  let begun = false
  for (let failures = 0; ;) {
    const before = (await sizeOf(part)) ?? 0
    try {
      await receive(file, part, signal, onBytes)
      if (file.md5 === undefined || (await md5Of(part)) === file.md5) return await rename(part, to)
      await rm(part, { force: true })
      if (!resumed) throw new DownloadError(`${file.name} is not the one that was published`, false)
      // Perhaps the beginning was of another file: once more, whole.
      resumed = false
    } catch (error) {
      signal.throwIfAborted()
      if (((await sizeOf(part)) ?? 0) > before) {
        begun = true
        failures = 0
      }
      const wait = WAITS[failures++]
      if (!(error instanceof DownloadError) || !error.passing || !begun || wait === undefined) throw error
      await sleep(wait, undefined, { signal })
    }
  }
}

async function receive(
  { name, url, bytes }: PublishedFile,
  part: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void
): Promise<void> {
  const silence = new AbortController()
  const alarm = setTimeout(() => silence.abort(), SILENCE)
  const given = anyOf(signal, silence.signal)
  const { host } = new URL(url)
  try {
    let done = (await sizeOf(part)) ?? 0
    onBytes(done)
    if (done === bytes) return
    const response = await fetch(url, {
      headers: done > 0 ? { Range: `bytes=${done}-` } : {},
      signal: given
    })
    // What came before cannot be gone on with, or the other side does not know how to go on.
    if (response.status === 416 || (response.status === 206 && rangeStart(response) !== done)) {
      await rm(part, { force: true })
      return await receive({ name, url, bytes }, part, signal, onBytes)
    }
    if (!response.ok || !response.body)
      throw new DownloadError(
        response.status === 404
          ? `${name} is not on ${host} any more`
          : `${host} answered with error ${response.status}`,
        response.status >= 500
      )
    if (response.status === 200) done = 0
    const handle = await open(part, done > 0 ? 'a' : 'w')
    const body = response.body.getReader()
    // Node 18 may forget the signal of an answer that has begun (its controller is collected as garbage).
    const cancel = (): void => void body.cancel().catch(() => undefined)
    given.addEventListener('abort', cancel, { once: true })
    try {
      for (let read = await body.read(); !read.done; read = await body.read()) {
        await handle.write(read.value)
        done += read.value.length
        onBytes(done)
        alarm.refresh()
      }
      given.throwIfAborted()
    } finally {
      given.removeEventListener('abort', cancel)
      await handle.close()
    }
    const { size } = await stat(part)
    const announced = Number(response.headers.get('content-length') ?? 0)
    if (size < bytes && announced === 0) throw new DownloadError(`the connection to ${host} broke off`, true)
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof DownloadError || isDisk(error)) throw error
    throw new DownloadError(
      silence.signal.aborted ? `${host} does not answer` : `${host} cannot be reached from this computer`,
      true
    )
  } finally {
    clearTimeout(alarm)
  }
}

/** The first byte that a partial answer holds. */
function rangeStart(response: Response): number {
  return Number(/^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '')?.[1] ?? NaN)
}

/** Node 18 has no AbortSignal.any. */
function anyOf(...signals: AbortSignal[]): AbortSignal {
  const one = new AbortController()
  for (const signal of signals) {
    if (signal.aborted) one.abort(signal.reason)
    signal.addEventListener('abort', () => one.abort(signal.reason), { once: true })
  }
  return one.signal
}

const isDisk = (error: unknown): boolean =>
  ['ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'EDQUOT', 'EIO'].includes(
    (error as NodeJS.ErrnoException | undefined)?.code ?? ''
  )

/** The size of a file in bytes; undefined where there is none. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function md5Of(path: string): Promise<string> {
  const hash = createHash('md5')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}
