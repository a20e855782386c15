import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { PictureSettings } from '@core/data/pictureSettings'
import { readOne, type PictureJob, type PictureOutcome } from './readOne'

/** To a thread: some files to read. */
export interface ToReader {
  readonly id: number
  readonly folder: string
  readonly jobs: readonly PictureJob[]
  readonly settings: PictureSettings
}

/** What became of them. */
export interface FromReader {
  readonly id: number
  readonly outcomes: readonly PictureOutcome[]
}

/** Reads some pictures; several calls may be under way at once. */
export interface Readers {
  readonly count: number
  readonly read: (
    folder: string,
    jobs: readonly PictureJob[],
    settings: PictureSettings
  ) => Promise<readonly PictureOutcome[]>
  readonly close: () => void
}

/** More threads than this wait for the disk. */
const MOST = 8

/** Threads that read pictures, one less than there are cores: the window needs one. */
export function openReaders(bundle: string): Readers {
  const count = Math.max(1, Math.min(MOST, availableParallelism() - 1))
  const threads = Array.from({ length: count }, () => new Reader(bundle))
  return {
    count,
    read: (folder, jobs, settings) => {
      const idle = threads.reduce((a, b) => (b.waiting < a.waiting ? b : a))
      return idle.read(folder, jobs, settings)
    },
    close: () => threads.forEach((thread) => thread.close())
  }
}

/** One thread. A picture that kills it is found out by reading its companions one by one. */
class Reader {
  private worker: Worker | undefined
  private closed = false
  private nextId = 1
  private readonly open = new Map<
    number,
    { readonly resolve: (outcomes: readonly PictureOutcome[]) => void; readonly reject: (why: Error) => void }
  >()

  constructor(private readonly bundle: string) {}

  get waiting(): number {
    return this.open.size
  }

  async read(
    folder: string,
    jobs: readonly PictureJob[],
    settings: PictureSettings
  ): Promise<readonly PictureOutcome[]> {
    try {
      return await this.ask(folder, jobs, settings)
    } catch (error) {
      if (this.closed) throw error
      console.error(error)
      if (jobs.length === 1) return [{ reason: 'cannot be read: the decoder gave up' }]
      const outcomes: PictureOutcome[] = []
      for (const job of jobs) outcomes.push(...(await this.read(folder, [job], settings)))
      return outcomes
    }
  }

  close(): void {
    this.closed = true
    void this.worker?.terminate()
  }

  private ask(
    folder: string,
    jobs: readonly PictureJob[],
    settings: PictureSettings
  ): Promise<readonly PictureOutcome[]> {
    const id = this.nextId++
    const message: ToReader = { id, folder, jobs, settings }
    return new Promise((resolve, reject) => {
      this.open.set(id, { resolve, reject })
      this.thread().postMessage(message)
    })
  }

  private thread(): Worker {
    if (this.worker) return this.worker
    const worker = new Worker(this.bundle)
    const fail = (why: Error): void => {
      if (this.worker !== worker) return
      this.worker = undefined
      const waiting = [...this.open.values()]
      this.open.clear()
      for (const { reject } of waiting) reject(why)
    }
    worker.on('message', ({ id, outcomes }: FromReader) => {
      this.open.get(id)?.resolve(outcomes)
      this.open.delete(id)
    })
    worker.on('error', fail)
    worker.on('exit', (code) => fail(new Error(`a thread that reads pictures ended with ${code}`)))
    this.worker = worker
    return worker
  }
}

/** Reads pictures where it is: for the command line, which has no window to keep free. */
export function inProcess(): Readers {
  return {
    count: 1,
    read: async (folder, jobs, settings) => {
      const outcomes: PictureOutcome[] = []
      for (const job of jobs) outcomes.push(await readOne(folder, job, settings))
      return outcomes
    },
    close: () => undefined
  }
}
