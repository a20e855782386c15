import { fork, type ChildProcess } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { setSetting } from '@core/document/paths'
import type { Result } from '@core/result'
import { tensorflowEnvironment, tensorflowFor } from '@core/run/tensorflow'
import { timeText } from '@core/runs/words'
import { standings } from '@core/sweep/halving'
import { combinationText, planTrials, settingsOfPlan } from '@core/sweep/plan'
import { processesFor } from '@core/sweep/processes'
import { resultsOf, secondsLeft, type Spread } from '@core/sweep/results'
import { findSweepSetting, valueText } from '@core/sweep/settings'
import type { SweepPlan, Variation } from '@core/sweep/sweep'
import { readVariation } from '@core/sweep/values'
import { derive } from '@core/graph/derive'
import { runsFolder } from '../runs/folder'
import { RunLibrary } from '../runs/library'
import { stepBack, workOn } from '../sweep/worker'
import type { KeptSweep, SweepStore } from '../sweep/sweeps'
import { requireLibrary } from './dataCommand'
import type { Options } from './options'
import { loadProject } from './project'
import { BadInput, badInput, table } from './words'

/** How often it looks what has come, in ms. */
const LOOK_EVERY = 200
/** The word that makes this program one of the processes that train. */
const WORK = '--work'
const INTERRUPTED = 130

/** `netloom sweep`: begins one, goes on with one, or lists them. */
export async function sweep(options: Options): Promise<number> {
  if (process.env['NETLOOM_SWEEP_WORK'] === WORK) return work(options.resume!)
  const library = RunLibrary.open(runsFolder())
  try {
    const { sweeps } = library
    if (options.project === undefined && options.resume === undefined) return list(sweeps, options)
    const id = options.resume === undefined ? await begin(sweeps, options) : idOf(sweeps, options.resume)
    return await follow(sweeps, id, options)
  } finally {
    library.close()
  }
}

async function work(id: string): Promise<number> {
  stepBack()
  const leaving = new AbortController()
  process.on('SIGTERM', () => leaving.abort())
  // Ctrl+C reaches all processes of a terminal; the one that follows says when to leave off.
  process.on('SIGINT', () => undefined)
  process.on('disconnect', () => leaving.abort())
  await workOn(runsFolder(), id, leaving.signal)
  if (process.connected) process.disconnect()
  return 0
}

/** Keeps the sweep that the options ask for; its id. */
async function begin(sweeps: SweepStore, options: Options): Promise<string> {
  const { set, ...rest } = options
  const loaded = await loadProject({ ...rest, set: [] })
  await requireLibrary(loaded.document)
  let { document } = loaded
  const variations: Variation[] = []
  for (const [words, text] of set) {
    const setting = findSweepSetting(document, words)
    const variation = setting.ok ? readVariation(setting.value, text) : undefined
    // What cannot be varied can still be set.
    if (!setting.ok || !variation?.ok) {
      const plain = setSetting(document, setting.ok ? setting.value.path : words, text)
      if (!plain.ok)
        throw badInput((variation && !variation.ok ? variation : setting.ok ? plain : setting).problems)
      document = plain.value
    } else if (variation.value.kind === 'list' && variation.value.values.length === 1)
      document = good(setSetting(document, setting.value.path, variation.value.values[0]))
    else variations.push(variation.value)
  }
  if (variations.length === 0)
    throw new BadInput('Which values? Such as --set hidden.units=1,2,3 or --set learningRate=log:1e-4..1e-1.')
  const plan: SweepPlan = {
    variations,
    search:
      options.random === undefined
        ? { kind: 'grid' }
        : { kind: 'random', combinations: options.random, seed: options.seed ?? document.training.seed },
    seeds: options.seeds ?? 1,
    epochs: document.training.epochs,
    halving: options.halving,
    measure: derive(document, loaded.files).data?.target.classes === undefined ? 'loss' : 'accuracy'
  }
  const { refused } = good(planTrials(document, loaded.files, plan))
  const settings = good(settingsOfPlan(document, plan))
  for (const { values, problem } of refused)
    console.error(`Left out: ${combinationText(settings, values)}. ${problem.message}`)
  return good(sweeps.create(document, loaded.files, plan))
}

/** Trains what is left of a sweep, and tells of it; ends with what it came to. */
async function follow(sweeps: SweepStore, id: string, options: Options): Promise<number> {
  const first = known(sweeps, id)
  const { trials, plan, document, files } = first
  tell(
    options,
    { event: 'sweep', id, plan, trials: trials.length },
    `Sweep ${id}, trainings: ${trials.length}`
  )
  const told = new Set<string>()
  let interrupted = false
  if (first.status !== 'done') {
    sweeps.want(id, 'run')
    const count = options.jobs ?? processesFor(trials.length, { cores: cpus().length, memory: totalmem() })
    const environment = tensorflowEnvironment({ ...tensorflowFor(document, files), threads: 1 })
    const children = new Set<ChildProcess>()
    for (let i = 0; i < count; i++) startChild(id, environment, children)
    const stop = (): void => {
      interrupted = true
      for (const child of children) child.kill('SIGTERM')
    }
    process.on('SIGINT', stop)
    process.on('SIGTERM', stop)
    while (children.size > 0) {
      await sleep(LOOK_EVERY)
      report(known(sweeps, id), told, options, children.size)
    }
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
  }
  const last = known(sweeps, id)
  report(last, told, options, 0)
  results(last, options)
  if (interrupted) console.error(`Interrupted: netloom sweep --resume ${id} goes on.`)
  else if (last.status !== 'done') console.error(`It is not over: netloom sweep --resume ${id} goes on.`)
  const failed = last.trials.some(({ failure }) => failure !== null)
  return interrupted ? INTERRUPTED : plan.seeds > 0 && (failed || last.status !== 'done') ? 1 : 0
}

function startChild(
  id: string,
  environment: { readonly [name: string]: string },
  children: Set<ChildProcess>
): void {
  const child = fork(process.argv[1]!, ['sweep', '--resume', id], {
    env: { TF_CPP_MIN_LOG_LEVEL: '2', ...process.env, ...environment, NETLOOM_SWEEP_WORK: WORK },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc']
  })
  children.add(child)
  child.once('exit', () => children.delete(child))
}

/** Tells of trials that have come to something since. */
function report({ id, plan, trials }: KeptSweep, told: Set<string>, options: Options, atOnce: number): void {
  const stands = standings(plan, trials)
  for (const [i, trial] of trials.entries()) {
    const key = `${trial.place}/${trial.marks.length}/${trial.failure ?? ''}`
    if (told.has(key) || (trial.marks.length === 0 && trial.failure === null)) continue
    told.add(key)
    const over = stands.filter(({ status }) => status !== 'waiting' && status !== 'running').length
    if (options.json) {
      const { busy: _, ...facts } = trial
      process.stdout.write(
        `${JSON.stringify({ event: 'trial', sweep: id, status: stands[i]!.status, ...facts })}\n`
      )
    } else if (process.stderr.isTTY) {
      const left = secondsLeft(plan, trials, atOnce)
      const time = left === undefined ? '' : `, about ${timeText(left)} left`
      process.stderr.write(`\r${over} of ${trials.length}${time}\x1b[K`)
      if (over === trials.length) process.stderr.write('\r\x1b[K')
    }
  }
}

function results(sweep: KeptSweep, options: Options): void {
  const { plan, trials, document } = sweep
  const settings = good(settingsOfPlan(document, plan))
  const found = resultsOf(plan, trials)
  if (options.json) {
    for (const { trials: own, ...result } of found)
      process.stdout.write(
        `${JSON.stringify({ event: 'result', sweep: sweep.id, runs: own.flatMap(({ run }) => run?.id ?? []), ...result })}\n`
      )
    return
  }
  const head = [...settings.map(({ label }) => label), 'Accuracy', 'Loss', 'Best epoch', 'Took', 'Starts', '']
  const rows = found.map((result) => [
    ...settings.map((setting, i) => valueText(setting, result.values[i] ?? null)),
    spreadText(result.accuracy, (v) => `${(100 * v).toFixed(1)} %`),
    spreadText(result.loss, (v) => v.toPrecision(4)),
    spreadText(result.bestEpoch, (v) => String(Math.round(v))),
    result.seconds ? timeText(result.seconds.mean) : '–',
    `${result.done} of ${plan.seeds}`,
    result.status === 'done' ? '' : result.status
  ])
  process.stdout.write(`${table([head, ...rows])}\n`)
  for (const { failure, place } of trials)
    if (failure !== null) console.error(`Training ${place + 1} of ${trials.length}: ${failure}`)
}

const spreadText = (spread: Spread | undefined, text: (value: number) => string): string =>
  spread === undefined
    ? '–'
    : `${text(spread.mean)}${spread.deviation === undefined ? '' : ` ± ${text(spread.deviation)}`}`

function list(sweeps: SweepStore, options: Options): number {
  const found = sweeps.list()
  if (options.json) {
    for (const one of found) process.stdout.write(`${JSON.stringify({ event: 'sweep', ...one })}\n`)
    return 0
  }
  if (found.length === 0) {
    process.stdout.write('No sweeps yet: netloom sweep FILE --set hidden.units=1,2,3 begins one.\n')
    return 0
  }
  const rows = found.map(({ id, created, project, labels, status, trials, over }) => [
    ...[id, new Date(created).toISOString().slice(0, 16).replace('T', ' '), project],
    ...[labels.join(', '), `${over} of ${trials}`, status]
  ])
  process.stdout.write(`${table([['Sweep', 'Began', 'Project', 'Varies', 'Done', ''], ...rows])}\n`)
  return 0
}

function idOf(sweeps: SweepStore, start: string): string {
  const found = sweeps.matching(start)
  if (found.length === 0) throw new BadInput(`There is no sweep ${start}. netloom sweep lists them.`)
  if (found.length > 1) throw new BadInput(`${start} could be ${found.join(' or ')}.`)
  return found[0]!
}

function known(sweeps: SweepStore, id: string): KeptSweep {
  return good(sweeps.find(id)!)
}

function tell(options: Options, event: object, text: string): void {
  process.stdout.write(`${options.json ? JSON.stringify(event) : text}\n`)
}

function good<T>(result: Result<T>): T {
  if (result.ok) return result.value
  throw badInput(result.problems)
}
