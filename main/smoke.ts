import { app, type BrowserWindow } from 'electron'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { saveScreenshot } from './screenshot'

/** How long the first project may take, in ms. */
const LIMIT = 300_000

/** --smoke: the page trains the first project, and the app says how that went and ends. */
export class Smoke {
  private over = false

  constructor(
    private readonly window: () => BrowserWindow | undefined,
    private readonly screenshot: string,
    private readonly end: (code: number) => void
  ) {
    setTimeout(() => this.fail(`The first project was not trained within ${LIMIT / 1000} seconds.`), LIMIT)
  }

  /** It was trained. */
  async done({
    accuracy,
    engine,
    epochs
  }: {
    accuracy: number
    engine: string
    epochs: number
  }): Promise<void> {
    if (this.over) return
    const window = this.window()
    if (!window) return this.fail('The window was closed.')
    try {
      await saveScreenshot(window, this.screenshot)
    } catch (error) {
      return this.fail(`The screenshot could not be saved: ${String(error)}`)
    }
    this.over = true
    process.stdout.write(
      `Netloom smoke: validation accuracy ${accuracy.toFixed(3)} with ${engine} after ${epochs} epochs\n` +
        `Screenshot: ${this.screenshot}\n`
    )
    this.end(0)
  }

  /** It was not. */
  fail(why: string): void {
    if (this.over) return
    this.over = true
    process.stderr.write(`Netloom smoke failed: ${why}\n`)
    this.end(1)
  }
}

/** An hour in ms. */
const OLD = 3_600_000

/** A user-data folder of its own that does not stay. */
export function temporaryUserData(): void {
  const prefix = 'netloom-smoke-'
  const remove = (folder: string) => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  // Chromium writes some files on its very way out, so each run sweeps up after those before it.
  for (const name of readdirSync(tmpdir()).filter((n) => n.startsWith(prefix))) {
    const folder = join(tmpdir(), name)
    if (Date.now() - (statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0) > OLD) remove(folder)
  }
  const folder = mkdtempSync(join(tmpdir(), prefix))
  app.setPath('userData', folder)
  process.once('exit', () => remove(folder))
}
