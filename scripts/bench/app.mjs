// How quickly the app answers, and how fast its first project trains through the command line tool. Medians of
// several starts of the built app.
/* global document, requestAnimationFrame -- what runs in the page */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { buildIfStale } from '../build.mjs'
import { openDisplay, sandboxArgs } from '../display.mjs'
import { at, electronProgram } from '../setup/places.mjs'
import { median } from './statistics.mjs'

/** Milliseconds in the page from a click until a condition on an element's text or state holds. */
function clickUntil(page, button, condition) {
  return page.evaluate(
    ({ button, condition }) =>
      new Promise((resolve) => {
        const element = (id) => document.querySelector(`[data-testid="${id}"]`)
        const holds = {
          'an epoch': () => Number(element('epoch')?.textContent.replace(/\D/g, '')) >= 1,
          'not running': () => element('train')?.dataset.action !== 'pause'
        }[condition]
        const start = performance.now()
        element(button).click()
        const look = () => {
          if (holds()) resolve(performance.now() - start)
          else requestAnimationFrame(look)
        }
        look()
      }),
    { button, condition }
  )
}

/** One start of the app: start to interactive, Train to first point, Stop to stopped. */
async function oneRound(display) {
  const { _electron } = await import('playwright-core')
  const userData = await fs.mkdtemp(path.join(os.tmpdir(), 'netloom-bench-'))
  const env = { ...process.env, ...display.env }
  delete env.ELECTRON_RUN_AS_NODE
  const started = performance.now()
  const app = await _electron.launch({
    executablePath: electronProgram,
    args: [...sandboxArgs, '--disable-gpu', `--user-data-dir=${userData}`, at()],
    env
  })
  try {
    const page = await app.firstWindow()
    await page.waitForSelector('[data-testid=train-now]')
    const interactive = performance.now() - started
    await page.click('[data-testid=template-two-moons]')
    await page.waitForSelector('[data-testid=train]')
    // The engine and the network are ready a moment after the project has opened; a person takes longer to look.
    await page.waitForTimeout(2500)
    await page.click('[data-testid=pace-full]')
    const train = await clickUntil(page, 'train', 'an epoch')
    await page.waitForTimeout(1000)
    const stop = await clickUntil(page, 'stop', 'not running')
    return { interactive, train, stop }
  } finally {
    await app.evaluate(({ app }) => app.exit(0)).catch((error) => console.error(error.message))
    await fs.rm(userData, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Updates a second of the first project without a window. */
function updatesPerSecond(engine) {
  const run = spawnSync(
    process.execPath,
    [at('scripts/netloom.mjs'), 'train', 'two-moons', '--json', '--engine', engine, '--log-every', '1000'],
    { encoding: 'utf8' }
  )
  if (run.status !== 0) return undefined
  const done = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .find((line) => line.event === 'done')
  return done?.stepsPerSecond
}

/** The table of one measurement of the app, as Markdown. */
export async function measureApp(rounds) {
  await buildIfStale()
  const display = await openDisplay()
  const measured = []
  for (let round = 0; round < rounds; round++) measured.push(await oneRound(display))
  display.close()
  const speeds = ['native', 'wasm'].map((engine) => {
    const found = Array.from({ length: rounds }, () => updatesPerSecond(engine)).filter(
      (s) => s !== undefined
    )
    return [engine, found.length ? median(found) : undefined]
  })
  const row = (what, value, unit) =>
    `| ${what} | ${value === undefined ? 'not available' : `${Math.round(value)} ${unit}`} |`
  return [
    `| ${rounds} rounds, medians; ${os.cpus().length} cores | |`,
    '| --- | --- |',
    ...[
      ['interactive', 'Start to interactive'],
      ['train', 'Train click to first curve point'],
      ['stop', 'Stop click to stopped']
    ].map(([key, what]) => row(what, median(measured.map((m) => m[key])), 'ms')),
    ...speeds.map(([engine, speed]) => row(`Moons 2-3-2, full batch, ${engine}`, speed, 'epochs a second'))
  ].join('\n')
}
