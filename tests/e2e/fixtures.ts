import { spawn, type ChildProcess } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { test as base } from 'vitest'
import { openDisplay, sandboxArgs } from '../../scripts/display.mjs'
import { at, electronProgram } from '../../scripts/setup/places.mjs'
import { unpackProject, type Project } from '@core/document/container'
import type { Document } from '@core/document/schema'
import type { StartRequest } from '@core/ipc'
import type { Checkpoint } from '@core/run/checkpoint'
import { unwrap } from '@core/result'
import type {} from '../../preload/api'

/** How to start the app. */
export interface LaunchOptions {
  readonly userData: string
  readonly args?: readonly string[]
  readonly env?: { readonly [name: string]: string }
}

/** A running app. */
export interface Netloom {
  readonly app: ElectronApplication
  /** Stays when the app has gone, which Playwright's own handle does not. */
  readonly process: ChildProcess
  readonly page: Page
  readonly userData: string
  /** Everything it has printed and logged in the window so far. */
  readonly output: () => string
}

/** What a test gets: a way to start the app as often as it likes, on a user-data folder of its own. */
export interface World {
  readonly userData: string
  /** A folder for the test's files. */
  readonly folder: string
  launch(options?: Partial<LaunchOptions>): Promise<Netloom>
  /** Starts the app a second time beside one that runs; resolves to its exit code. */
  startAgain(args: readonly string[]): Promise<number | null>
  /** Ends an app as a crash of the computer would. */
  crash(netloom: Netloom): Promise<void>
  /** Ends an app as its own Quit does when there is nothing to save. */
  quit(netloom: Netloom): Promise<void>
}

type Display = Awaited<ReturnType<typeof openDisplay>>

/** The command line and the environment of the app. */
function command({ userData, args = [], env = {} }: LaunchOptions, display: object) {
  const all = { ...process.env, ...display, ...env } as Record<string, string>
  delete all['ELECTRON_RUN_AS_NODE']
  delete all['NETLOOM_SCREENSHOT']
  return {
    args: [...sandboxArgs, '--disable-gpu', `--user-data-dir=${userData}`, at(), ...args],
    env: all
  }
}

async function start(options: LaunchOptions, display: object): Promise<Netloom> {
  const { userData } = options
  const app = await _electron.launch({ executablePath: electronProgram, ...command(options, display) })
  const child = app.process()
  let output = ''
  const keep = (data: Buffer) => (output += data.toString())
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  const page = await app.firstWindow()
  page.on('console', (message) => (output += `window ${message.type()}: ${message.text()}\n`))
  page.on('pageerror', (error) => (output += `window: ${error.stack ?? error.message}\n`))
  await page.waitForLoadState('load')
  return { app, process: child, page, userData, output: () => output }
}

const running = (netloom: Netloom): boolean => {
  const { exitCode, signalCode } = netloom.process
  return exitCode === null && signalCode === null
}

const gone = (netloom: Netloom): Promise<void> =>
  new Promise((resolve) => {
    if (!running(netloom)) resolve()
    else netloom.process.once('exit', () => resolve())
  })

async function crash(netloom: Netloom): Promise<void> {
  const end = gone(netloom)
  netloom.process.kill('SIGKILL')
  await end
}

/** Quits without a question; an app that does not go by itself is made to. */
async function quit(netloom: Netloom): Promise<void> {
  if (!running(netloom)) return
  const end = gone(netloom)
  const timer = setTimeout(() => netloom.process.kill('SIGKILL'), 10_000)
  // The answer may be lost with the page that waits for it.
  await netloom.page.evaluate(() => void window.netloom.request('window:close')).catch(() => undefined)
  await end
  clearTimeout(timer)
}

/** Keeps a picture of each window and the logs of a failed test in test-results/. */
async function keepEvidence(name: string, apps: readonly Netloom[]): Promise<void> {
  const folder = at('test-results', name.replace(/[^\w]+/g, '-').slice(0, 100))
  mkdirSync(folder, { recursive: true })
  for (const [i, netloom] of apps.entries()) {
    const log = join(netloom.userData, 'logs/main.log')
    if (existsSync(log)) copyFileSync(log, join(folder, `main-${i}.log`))
    console.error(`${name}, app ${i}:\n${netloom.output()}`)
    if (running(netloom) && !netloom.page.isClosed())
      await netloom.page
        .screenshot({ path: join(folder, `window-${i}.png`), timeout: 5000 })
        .catch((error: unknown) => console.error('no picture of the window:', error))
  }
}

/** `test` with a world of its own for each test. */
export const test = base.extend<{ display: Display; world: World }>({
  // Files run side by side: each has a display of its own, so that no window takes the focus from another's.
  display: [
    async ({}, use) => {
      const display = await openDisplay()
      await use(display)
      display.close()
    },
    { scope: 'file' }
  ],
  world: async ({ task, display }, use) => {
    const root = mkdtempSync(join(tmpdir(), 'netloom-e2e-'))
    const folder = join(root, 'files')
    mkdirSync(folder)
    const apps: Netloom[] = []
    const userData = join(root, 'user-data')
    await use({
      userData,
      folder,
      launch: async (options) => {
        const netloom = await start({ userData, ...options }, display.env)
        apps.push(netloom)
        return netloom
      },
      startAgain: (args) => {
        const { args: all, env } = command({ userData, args }, display.env)
        return new Promise((resolve, reject) => {
          const child = spawn(electronProgram, all, { env, stdio: 'ignore' })
          child.once('error', reject)
          child.once('exit', resolve)
        })
      },
      crash,
      quit
    })
    if (task.result?.state === 'fail') await keepEvidence(task.name, apps)
    for (const netloom of apps) await quit(netloom)
    rmSync(root, { recursive: true, force: true, maxRetries: 5 })
  }
})

/** The processes that train, as the system knows them. */
export function trainerPids({ app }: Netloom): Promise<number[]> {
  return app.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter((m) => m.name === 'trainer' || m.serviceName === 'trainer')
      .map((m) => m.pid)
  )
}

/** Waits until the training process is ready. */
export async function trainerReady({ page }: Netloom): Promise<void> {
  await page.waitForFunction(
    async () => (await window.netloom.request('trainer:state')).status === 'ready',
    undefined,
    { timeout: 30_000, polling: 50 }
  )
}

/** Makes the system's file dialogs answer with these paths; undefined cancels. */
export async function answerDialogs(
  { app }: Netloom,
  paths: { readonly open?: string; readonly save?: string }
): Promise<void> {
  await app.evaluate(({ dialog }, { open, save }) => {
    dialog.showOpenDialog = () =>
      Promise.resolve({ canceled: open === undefined, filePaths: open === undefined ? [] : [open] })
    dialog.showSaveDialog = () =>
      Promise.resolve({ canceled: save === undefined, ...(save === undefined ? {} : { filePath: save }) })
  }, paths)
}

/** Starts training over the same way as the window does. */
export async function train(
  { page }: Netloom,
  document: Document,
  from: StartRequest['from'] = 'scratch'
): Promise<void> {
  const result = await page.evaluate(
    ([document, from]) =>
      window.netloom.request('trainer:start', { document, files: {}, from, until: 'end' }),
    [document, from] as const
  )
  if (!result.ok) throw new Error(result.problems.map((p) => p.message).join(' '))
}

/** Saves the project to this path and reads back what the file holds. */
export async function saveTo(netloom: Netloom, document: Document, path: string): Promise<Project> {
  await answerDialogs(netloom, { save: path })
  const result = await netloom.page.evaluate(
    (document) => window.netloom.request('project:save', { document, files: {}, as: true }),
    document
  )
  if (!result.ok) throw new Error(result.problems.map((p) => p.message).join(' '))
  return unwrap(unpackProject(readFileSync(path)))
}

/** Saves again and again until the file holds a network that was trained for so many epochs. */
export async function saveAt(
  netloom: Netloom,
  document: Document,
  path: string,
  epoch: number
): Promise<Project & { readonly checkpoint: Checkpoint }> {
  for (const start = Date.now(); Date.now() - start < 30_000;) {
    const project = await saveTo(netloom, document, path)
    const { checkpoint } = project
    if (checkpoint && checkpoint.epoch >= epoch) return { ...project, checkpoint }
    await netloom.page.waitForTimeout(200)
  }
  throw new Error(`It was not trained for ${epoch} epochs in time.`)
}

/** Waits for something that takes some time outside of the page. */
export async function until(what: () => boolean | Promise<boolean>, limit: number): Promise<number> {
  const start = Date.now()
  while (!(await what())) {
    if (Date.now() - start > limit) throw new Error(`It did not happen within ${limit} ms.`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return Date.now() - start
}
