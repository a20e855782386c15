import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build } from 'vite'
import { commandLine } from '../../../scripts/build/bundles.mjs'
import { at } from '../../../scripts/setup/places.mjs'
import { unwrap } from '@core/result'
import { firstQuery } from '@core/runs/kept'
import type { SweepPlan } from '@core/sweep/sweep'
import { firstProject } from '@core/templates'
import { RunLibrary } from '@trainer/runs/library'
import { workOn } from '@trainer/sweep/worker'
import { storeFolder } from '../runs/store'

/** A few; more of them in npm run test:full. */
const MOMENTS = process.env['NETLOOM_FULL'] === '1' ? 25 : 3
/** A sweep is killed at a moment within so many ms of its first epoch. */
const WITHIN = 900

const plan = (more: Partial<SweepPlan> = {}): SweepPlan => ({
  variations: [{ kind: 'list', path: 'nodes.hidden.units', values: [1, 2, 3] }],
  ...{ search: { kind: 'grid' }, seeds: 1, epochs: 30, halving: false, measure: 'accuracy' },
  ...more
})

/** Losses of all epochs of the newest run of each trial. */
function curves(library: RunLibrary, id: string): (readonly number[])[] {
  const { trials } = unwrap(library.sweeps.find(id)!)
  return trials.map(({ run }) => library.points(run!.id).map(({ point }) => point.valLoss!))
}

test('a sweep comes to the same whether it halves, pauses or not, and each trial is one run of its series', async () => {
  const folder = storeFolder()
  const library = RunLibrary.open(folder)
  const whole = unwrap(library.sweeps.create(firstProject, {}, plan()))
  await workOn(folder, whole)
  const found = unwrap(library.sweeps.find(whole)!)
  expect(found.status).toBe('done')
  const expected = curves(library, whole)
  expect(expected.map((losses) => losses.length)).toEqual([30, 30, 30])

  // The best third goes on after ten epochs: its curve is the one it had before.
  const halved = unwrap(library.sweeps.create(firstProject, {}, plan({ halving: true })))
  await workOn(folder, halved)
  const lengths = curves(library, halved).map((losses) => losses.length)
  expect([...lengths].sort((a, b) => a - b)).toEqual([10, 10, 30])
  for (const [i, losses] of curves(library, halved).entries())
    expect(losses).toEqual(expected[i]!.slice(0, losses.length))

  // Left off in the middle, and gone on with.
  const paused = unwrap(library.sweeps.create(firstProject, {}, plan({ epochs: 600 })))
  const leaving = new AbortController()
  const working = workOn(folder, paused, leaving.signal)
  const begun = (): boolean =>
    unwrap(library.sweeps.find(paused)!).trials.some(({ run }) => (run?.epoch ?? 0) > 30)
  while (!begun()) await sleep(20)
  library.sweeps.want(paused, 'pause')
  await working
  expect(unwrap(library.sweeps.find(paused)!).status).toBe('paused')
  library.sweeps.want(paused, 'run')
  expect(unwrap(library.sweeps.find(paused)!).status).toBe('interrupted')
  await workOn(folder, paused)
  expect(unwrap(library.sweeps.find(paused)!).status).toBe('done')
  const { runs, found: count } = library.list({ ...firstQuery, group: paused })
  expect(count).toBe(3)
  for (const run of runs) expect(run).toMatchObject({ epoch: 600, status: 'ended', ending: 'finished' })
  for (const [i, losses] of curves(library, paused).entries())
    expect(losses.slice(0, 20)).toEqual(expected[i]!.slice(0, 20))
  expect(library.sweeps.list().map(({ status }) => status)).toEqual(['done', 'done', 'done'])
  library.close()
})

test('a trial whose process dies each time is given up, and the others are not', () => {
  const folder = storeFolder()
  const library = RunLibrary.open(folder)
  const id = unwrap(library.sweeps.create(firstProject, {}, plan()))
  // Processes that are gone hold their trials.
  for (let death = 0; death < 3; death++)
    expect(library.sweeps.claim(id, `gone${death}`)).toEqual({ do: 'train', place: 0, until: 30, rung: 0 })
  expect(library.sweeps.claim(id, 'gone3')).toMatchObject({ place: 1 })
  const [first, second] = unwrap(library.sweeps.find(id)!).trials
  expect(first!.failure).toContain('died each time')
  expect(second).toMatchObject({ failure: null, busy: true })
  library.close()
})

let bundle = ''
beforeAll(async () => {
  mkdirSync(at('test-results'), { recursive: true })
  bundle = mkdtempSync(at('test-results/swept-'))
  await build(commandLine({ netloom: at('trainer/cli.ts') }, bundle))
}, 240_000)
afterAll(() => rmSync(bundle, { recursive: true, force: true }))

/** One of the processes that train for a sweep. */
function worker(folder: string, id: string): ChildProcess {
  return spawn(process.execPath, [join(bundle, 'netloom.cjs'), 'sweep', '--resume', id], {
    cwd: tmpdir(),
    stdio: 'ignore',
    env: { ...process.env, NETLOOM_RUNS: folder, NETLOOM_SWEEP_WORK: '--work' }
  })
}
const gone = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => child.once('exit', () => resolve()))

test(`whenever a sweep is killed (${MOMENTS} times), no finished epoch is lost, and it goes on to the same end`, async () => {
  const folder = storeFolder()
  const library = RunLibrary.open(folder)
  const given = plan({ epochs: 100_000 })
  const id = unwrap(library.sweeps.create(firstProject, {}, given))
  const epochs = (): Map<string, number> =>
    new Map(library.list({ ...firstQuery, group: id }).runs.map((run) => [run.id, run.epoch]))
  for (let i = 0; i < MOMENTS; i++) {
    const before = epochs()
    const children = [worker(folder, id), worker(folder, id)]
    const ends = children.map(gone)
    const total = (of: Map<string, number>): number => [...of.values()].reduce((sum, epoch) => sum + epoch, 0)
    while (total(epochs()) <= total(before)) await sleep(20)
    await sleep(((i * 0.618034) % 1) * WITHIN)
    const told = epochs()
    for (const child of children) child.kill('SIGKILL')
    await Promise.all(ends)
    const after = RunLibrary.open(folder, { thorough: true })
    after.tidy()
    expect(after.space().setAside).toEqual([])
    after.close()
    expect(unwrap(library.sweeps.find(id)!).status).toBe('interrupted')
    for (const [run, epoch] of told) {
      expect(epochs().get(run)).toBeGreaterThanOrEqual(epoch)
      expect(library.points(run).at(-1)?.point.epoch ?? 0).toBeGreaterThanOrEqual(epoch)
    }
  }
  // What is left is trained by one that is let be, in a sweep of fewer epochs.
  const short = unwrap(library.sweeps.create(firstProject, {}, plan({ epochs: 400 })))
  const killed = worker(folder, short)
  const end = gone(killed)
  while (!unwrap(library.sweeps.find(short)!).trials.some(({ run }) => (run?.epoch ?? 0) > 0)) await sleep(10)
  killed.kill('SIGKILL')
  await end
  await workOn(folder, short)
  const whole = unwrap(library.sweeps.create(firstProject, {}, plan({ epochs: 400 })))
  await workOn(folder, whole)
  expect(curves(library, short)).toEqual(curves(library, whole))
  library.close()
}, 600_000)
