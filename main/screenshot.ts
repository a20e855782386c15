import type { BrowserWindow } from 'electron'
import { writeAtomic } from './files/atomic'
import { log } from './log'

const PERIOD = 5000

/** Saves a picture of the window as PNG. */
export async function saveScreenshot(window: BrowserWindow, file: string): Promise<void> {
  const picture = await window.webContents.capturePage()
  await writeAtomic(file, picture.toPNG())
}

/** Keeps a picture of the window fresh, for people whose display is a virtual one. */
export function keepScreenshot(window: BrowserWindow, file: string): void {
  const take = (): void => {
    if (window.isDestroyed()) return
    saveScreenshot(window, file).catch((error: unknown) => log.error(`cannot save ${file}`, error))
  }
  const timer = setInterval(take, PERIOD)
  window.once('ready-to-show', () => setTimeout(take, 1000))
  window.once('closed', () => clearInterval(timer))
}
