import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { log } from '../log'
import { errorCode, writeAtomic } from './atomic'

/**
 * A small JSON file of the app's own. One that is missing or unreadable counts as `initial`: settings are never a
 * reason not to start.
 */
export class Stored<T> {
  private writing: Promise<void> = Promise.resolve()
  private current: T

  constructor(
    private readonly path: string,
    private readonly schema: z.ZodType<T>,
    initial: T
  ) {
    this.current = initial
  }

  get value(): T {
    return this.current
  }

  /** Reads the file; call once, at the start. */
  async load(): Promise<T> {
    let text: string
    try {
      text = await readFile(this.path, 'utf8')
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') log.error(`cannot read ${this.path}`, error)
      return this.current
    }
    try {
      this.current = this.schema.parse(JSON.parse(text))
    } catch (error) {
      log.error(`${this.path} is unreadable and starts over`, error)
    }
    return this.current
  }

  /** Takes the value up at once; the promise is done when it is on the disk, or when that failed and was logged. */
  set(value: T): Promise<void> {
    this.current = value
    // One after the other, and of several that wait only the newest is of use.
    this.writing = this.writing.then(() =>
      this.current === value ? writeAtomic(this.path, `${JSON.stringify(value, null, 2)}\n`) : undefined
    )
    this.writing = this.writing.catch((error: unknown) => log.error(`cannot write ${this.path}`, error))
    return this.writing
  }
}
