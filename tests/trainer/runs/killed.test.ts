import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from 'vite'
import { commandLine } from '../../../scripts/build/bundles.mjs'
import { at } from '../../../scripts/setup/places.mjs'
import type { EpochPoint } from '@core/run/events'
import { decodeCheckpoint } from '@core/run/checkpoint'
import { firstQuery } from '@core/runs/kept'
import { RunLibrary } from '@trainer/runs/library'
import { storeFolder } from './store'

/** A handful; all of them in npm run test:full. */
const MOMENTS = process.env['NETLOOM_FULL'] === '1' ? 50 : 5
/** Training is killed at a moment within so many ms of its first epoch. */
const WITHIN = 700

let bundle = ''
beforeAll(async () => {
  mkdirSync(at('test-results'), { recursive: true })
  bundle = mkdtempSync(at('test-results/killed-'))
  await build(commandLine({ netloom: at('trainer/cli.ts') }, bundle))
}, 120_000)
afterAll(() => rmSync(bundle, { recursive: true, force: true }))

/** Trains until it is killed; the epochs that it has told of by then. */
function trainUntilKilled(folder: string, after: number, words: readonly string[]): Promise<EpochPoint[]> {
  const child = spawn(process.execPath, [join(bundle, 'netloom.cjs'), 'train', ...words, '--json'], {
    cwd: tmpdir(),
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, NETLOOM_RUNS: folder }
  })
  const told: EpochPoint[] = []
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => {
    if (told.length === 0) setTimeout(() => child.kill('SIGKILL'), after)
    const { event, ...point } = JSON.parse(line) as EpochPoint & { event: string }
    if (event === 'epoch') told.push(point)
  })
  return new Promise((resolve) => child.once('close', () => setImmediate(() => resolve(told))))
}

test(`whenever training is killed (${MOMENTS} times), every epoch it had told of is kept, and the store is whole`, async () => {
  const folder = storeFolder()
  for (let i = 0; i < MOMENTS; i++) {
    // Random moments, and the same ones each time the test is run.
    const after = ((i * 0.618034) % 1) * WITHIN
    const words = ['two-moons', '--epochs', '1000000', '--log-every', String(1 + 20 * (i % 3))]
    const batches = i % 2 === 0 ? [] : ['--set', 'training.batchSize=16']
    const told = await trainUntilKilled(folder, after, [...words, ...batches])
    const library = RunLibrary.open(folder, { thorough: true })
    library.tidy()
    const { all, runs } = library.list(firstQuery)
    expect(library.space().setAside).toEqual([])
    expect(all).toBe(i + 1)
    const [run] = runs
    expect(run).toMatchObject({ status: 'brokenOff' })
    const kept = new Map(library.points(run!.id).map(({ point }) => [point.epoch, point]))
    // Curves of thousands of epochs are thinned: what is left of those is the same.
    const last = told.at(-1)!
    expect(run!.epoch).toBeGreaterThanOrEqual(last.epoch)
    if (told.length < 3000) for (const point of told) expect(kept.get(point.epoch)).toEqual(point)
    for (const { kind } of run!.weights)
      expect(decodeCheckpoint(library.weights(run!.id, kind)!)).toMatchObject({ ok: true })
    library.close()
  }
}, 600_000)
