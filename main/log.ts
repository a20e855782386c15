import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** Above this the log starts over; the one before is kept beside it. */
const MAX_BYTES = 1 << 20

/** A log file that stays small. Without one (before the app is ready, on a full disk) lines go to stderr. */
export class Log {
  private file: string | undefined
  private bytes = 0

  /** Starts writing to main.log in this folder. */
  open(folder: string): void {
    try {
      mkdirSync(folder, { recursive: true })
      this.file = join(folder, 'main.log')
      this.bytes = statSync(this.file, { throwIfNoEntry: false })?.size ?? 0
    } catch (error) {
      this.giveUp(error)
    }
  }

  /** Something worth knowing later. */
  info(text: string): void {
    this.write('info', text)
  }

  /** Something went wrong; `error` is what was thrown. */
  error(text: string, error?: unknown): void {
    const why =
      error instanceof Error ? (error.stack ?? error.message) : error === undefined ? '' : String(error)
    this.write('error', why === '' ? text : `${text}: ${why}`)
  }

  private write(level: string, text: string): void {
    const line = `${new Date().toISOString()} ${level} ${text}\n`
    if (this.file === undefined) {
      if (level === 'error') process.stderr.write(line)
      return
    }
    try {
      if (this.bytes > MAX_BYTES) {
        renameSync(this.file, this.file.replace(/\.log$/, '.old.log'))
        this.bytes = 0
      }
      appendFileSync(this.file, line)
      this.bytes += Buffer.byteLength(line)
    } catch (error) {
      this.giveUp(error)
      process.stderr.write(line)
    }
  }

  private giveUp(error: unknown): void {
    this.file = undefined
    process.stderr.write(`Netloom cannot keep a log: ${String(error)}\n`)
  }
}

/** The log of this process. */
export const log = new Log()
