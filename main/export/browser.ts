import { BrowserWindow, session, type WebContents } from 'electron'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { RawInput } from '@core/export/page/ask'
import type { Browsed, BrowserTask } from '@core/ipc'
import { ok, type Result } from '@core/result'

/** A page that has not begun to answer by then does not work. */
const START_MS = 20_000
/** Of a slow network fewer examples are asked. */
const ASK_MS = 15_000

let windows = 0

/**
 * Opens an HTML file as a person would who got it, in a window that nobody sees: from the disk, without a network and
 * without anything of this app. Rejects where the file does not do what it should.
 */
export async function browse(html: Uint8Array, task: BrowserTask): Promise<Result<Browsed>> {
  const folder = await mkdtemp(join(tmpdir(), 'netloom-page-'))
  const file = join(folder, 'page.html')
  const address = pathToFileURL(file).href
  // A session of its own, in memory: it may load this file and nothing else.
  const own = session.fromPartition(`netloom-page-${++windows}`)
  own.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: url !== address }))
  own.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  let window: BrowserWindow | undefined
  try {
    await writeFile(file, html)
    window = new BrowserWindow({
      ...{ show: false, width: 1024, height: 768 },
      webPreferences: { session: own, sandbox: true, contextIsolation: true, nodeIntegration: false }
    })
    const { webContents } = window
    await webContents.loadURL(address)
    return ok(task.kind === 'pdf' ? await printed(webContents) : await answers(webContents, task.raw))
  } finally {
    window?.destroy()
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function answers(page: WebContents, raw: readonly RawInput[]): Promise<number[][]> {
  const found: number[][] = []
  for (const start = Date.now(); !(await run<boolean>(page, 'window.netloomPage !== undefined'));) {
    if (Date.now() - start > START_MS) throw new Error('the page does not start')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const start = Date.now()
  for (const input of raw) {
    found.push(await run<number[]>(page, `window.netloomPage.answer(${JSON.stringify(input)})`))
    if (Date.now() - start > ASK_MS) break
  }
  return found
}

/** Sheets of A4, with what is printed behind text, too. */
async function printed(page: WebContents): Promise<Uint8Array> {
  return new Uint8Array(
    await page.printToPDF({ pageSize: 'A4', printBackground: true, preferCSSPageSize: true })
  )
}

function run<T>(page: WebContents, code: string): Promise<T> {
  return page.executeJavaScript(code) as Promise<T>
}
