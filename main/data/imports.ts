import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rm, type FileHandle } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { DataFile, ProjectFiles } from '@core/data/files'
import { autoOptions, type ReadOptions } from '@core/data/table/sniff'
import type { PackedFile } from '@core/document/container'
import type { Events, ImportedFile } from '@core/ipc'
import { fail, ok, type Problem, type Result } from '@core/result'
import { errorCode } from '../files/atomic'
import { openProblem, saveProblem } from '../files/words'
import { log } from '../log'

/** Where the bytes of a file are: in a file, in memory, or in the store already. */
type From =
  | { readonly path: string; readonly move: boolean }
  | { readonly bytes: Uint8Array }
  | { readonly kept: { readonly sha256: string; readonly bytes: number } }

/** What the thread tells; see trainer/data/importMessages.ts. */
type News =
  | { readonly type: 'progress'; readonly done: number; readonly rows: number }
  | { readonly type: 'done'; readonly result: Result<DataFile> }
  | { readonly type: 'cancelled' }

/** A file that comes from the window in pieces. */
interface Coming {
  readonly id: number
  readonly name: string
  readonly path: string
  readonly file: FileHandle
}

/** Largest file that is dropped onto the window or chosen. */
const MAX_FILE = 4 * 2 ** 30

/** Takes files into the data store, one at a time, each by a thread of its own. */
export class Imports {
  private turn: Promise<unknown> = Promise.resolve()
  private stop: (() => void) | undefined
  private coming: Coming | undefined
  private nextId = 1

  constructor(
    private readonly worker: string,
    /** The data store. */
    readonly folder: string,
    private readonly tell: (progress: Events['data:progress']) => void
  ) {}

  /** Takes in the file at a path; undefined where the person gives it up. */
  async fromPath(path: string, as: ReadOptions['as'] = 'auto'): Promise<Result<ImportedFile | undefined>> {
    const name = basename(path)
    try {
      return await this.take({ path, move: false }, name, { ...autoOptions, as })
    } catch (error) {
      log.error(`cannot import ${path}`, error)
      return fail(openProblem(error, path))
    }
  }

  /** Begins a file that comes in pieces; one that was not finished is given up. */
  async begin(name: string): Promise<number> {
    await this.dropComing()
    await mkdir(this.folder, { recursive: true })
    const path = join(this.folder, `.${randomBytes(8).toString('hex')}.part`)
    const id = this.nextId++
    this.coming = { id, name: basename(name), path, file: await open(path, 'wx') }
    return id
  }

  /** The next piece of it. */
  async piece(id: number, bytes: Uint8Array): Promise<Result<void>> {
    const { coming } = this
    if (coming?.id !== id) return gone()
    try {
      await coming.file.writeFile(bytes)
      if ((await coming.file.stat()).size <= MAX_FILE) return ok(undefined)
      await this.dropComing()
      return fail({
        code: 'too-large',
        message: `${coming.name} has more than 4 GB.`,
        detail: 'Use a part of its rows.'
      })
    } catch (error) {
      await this.dropComing()
      return fail(saveProblem(error, join(this.folder, coming.name), bytes.length))
    }
  }

  /** Reads the file whose pieces have all come. */
  async finish(id: number): Promise<Result<ImportedFile | undefined>> {
    const { coming } = this
    if (coming?.id !== id) return gone()
    this.coming = undefined
    await coming.file.close()
    return this.take({ path: coming.path, move: true }, coming.name, undefined)
  }

  /** Where the bytes of a file of the store lie. */
  placeOf({ sha256 }: DataFile): string {
    return join(this.folder, sha256, 'original')
  }

  /** Reads a file of the store in another way. */
  again(
    name: string,
    { sha256, bytes }: DataFile,
    read: ReadOptions
  ): Promise<Result<ImportedFile | undefined>> {
    return this.take({ kept: { sha256, bytes } }, name, read)
  }

  /** Takes in the files of a project; what cannot be read is told. */
  async unpack(packed: { readonly [name: string]: PackedFile }): Promise<{
    readonly files: ProjectFiles
    readonly problems: readonly Problem[]
  }> {
    const files: Record<string, DataFile> = {}
    const problems: Problem[] = []
    for (const [name, { bytes, read }] of Object.entries(packed)) {
      const taken = await this.take({ bytes }, name, read)
      if (!taken.ok) problems.push(...taken.problems)
      else if (taken.value) files[name] = taken.value.file
    }
    return { files, problems }
  }

  /** The bytes of a project's files, for saving it. */
  async pack(files: ProjectFiles): Promise<Result<{ readonly [name: string]: PackedFile }>> {
    const packed: Record<string, PackedFile> = {}
    for (const [name, file] of Object.entries(files))
      try {
        packed[name] = { bytes: await readFile(this.placeOf(file)), read: file.read }
      } catch (error) {
        if (errorCode(error) !== 'ENOENT') throw error
        return fail({
          code: 'missing-data',
          message: `The rows of ${name} are not on this computer any more, so the project cannot be saved with them.`,
          detail: 'Choose the file again in the Data tab, then save.'
        })
      }
    return ok(packed)
  }

  /** Gives up what is under way. */
  async cancel(): Promise<void> {
    this.stop?.()
    await this.dropComing()
  }

  private take(
    from: From,
    name: string,
    read: ReadOptions | undefined
  ): Promise<Result<ImportedFile | undefined>> {
    const done = this.turn.then(() => this.run(from, name, read))
    // A failure belongs to whoever asked.
    this.turn = done.catch(() => undefined)
    return done
  }

  private async run(
    from: From,
    name: string,
    read: ReadOptions | undefined
  ): Promise<Result<ImportedFile | undefined>> {
    const thread = new Worker(this.worker, { env: { ...process.env, NETLOOM_DATA: this.folder } })
    this.stop = () => thread.postMessage({ type: 'cancel' })
    try {
      const result = await new Promise<Result<DataFile> | undefined>((resolve, reject) => {
        thread.on('message', (news: News) => {
          if (news.type === 'progress') this.tell({ name, done: Math.min(1, news.done), rows: news.rows })
          else resolve(news.type === 'done' ? news.result : undefined)
        })
        thread.on('error', reject)
        thread.on('exit', (code) => reject(new Error(`the thread that reads ${name} ended with ${code}`)))
        thread.postMessage({ type: 'import', from, name, read })
      })
      if (!result) return ok(undefined)
      return result.ok ? ok({ name, file: result.value }) : result
    } finally {
      this.stop = undefined
      this.tell(null)
      void thread.terminate()
    }
  }

  private async dropComing(): Promise<void> {
    const { coming } = this
    this.coming = undefined
    if (!coming) return
    await coming.file.close()
    await rm(coming.path, { force: true })
  }
}

const gone = () => fail({ code: 'given-up', message: 'This file was given up before all of it was there.' })
