// npm run bench [-- --rounds N]: how quickly the app answers, and how fast moons train. Medians of several rounds
// in the built app on this machine; other work on it makes all of them slower, so compare within one table.
/* global document, requestAnimationFrame -- what runs in the page */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { buildIfStale } from './build.mjs'
import { openDisplay, sandboxArgs } from './display.mjs'
import { setupOrExit } from './setup/index.mjs'
import { at, electronProgram } from './setup/places.mjs'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } })
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) {
  console.error(`--rounds is ${values.rounds}, and needs to be a whole number from 1.`)
  process.exit(2)
}

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

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

await setupOrExit()
await buildIfStale()
const display = await openDisplay()
const measured = []
for (let round = 0; round < rounds; round++) measured.push(await oneRound(display))
display.close()
const speeds = ['native', 'wasm'].map((engine) => {
  const found = Array.from({ length: rounds }, () => updatesPerSecond(engine)).filter((s) => s !== undefined)
  return [engine, found.length ? median(found) : undefined]
})

const row = (what, value, unit) =>
  console.log(`| ${what} | ${value === undefined ? 'not available' : `${Math.round(value)} ${unit}`} |`)
console.log(`| ${rounds} rounds, medians; ${os.cpus().length} cores | |\n| --- | --- |`)
for (const [key, what] of [
  ['interactive', 'Start to interactive'],
  ['train', 'Train click to first curve point'],
  ['stop', 'Stop click to stopped']
])
  row(what, median(measured.map((m) => m[key])), 'ms')
for (const [engine, speed] of speeds) row(`Moons 2-3-2, full batch, ${engine}`, speed, 'epochs a second')
