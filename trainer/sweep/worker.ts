import { constants, setPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { decodeCheckpoint } from '@core/run/checkpoint'
import { judged } from '@core/run/state'
import { structureKey } from '@core/run/structure'
import type { EpochPoint, RunEnding } from '@core/run/events'
import { rungsOf } from '@core/sweep/halving'
import { combinationText, settingsOfPlan, trialDocument } from '@core/sweep/plan'
import type { Mark } from '@core/sweep/sweep'
import { thisMachine } from '../runs/machine'
import { closeStore, openStore } from '../runs/open'
import { Recorder } from '../runs/recorder'
import { readWeights } from '../runs/weights'
import type { Sqlite } from '../runs/sqlite'
import { Session } from '../session'
import { makePictures } from '../views/pictures'
import { SweepStore, type Claim, type KeptSweep } from './sweeps'

/** How often a process that trains looks whether it is to leave off, and one that waits for others, in ms. */
const LOOK_EVERY = 150

/** The window stays smooth: whatever else computes goes first. */
export function stepBack(): void {
  try {
    setPriority(constants.priority.PRIORITY_LOW)
  } catch (error) {
    // Some systems allow it to nobody: then it trains as fast as everything else.
    console.error(`the priority stays as it is: ${String(error)}`)
  }
}

/** Trains trials of a sweep, one after the other, until there are none or it is to leave off. */
export async function workOn(folder: string, id: string, signal?: AbortSignal): Promise<void> {
  const db = openStore(folder)
  const store = new SweepStore(db, folder)
  let broken: unknown
  const recorder = Recorder.open(folder, thisMachine(), (why) => (broken = why))
  const worker = new Worker(db, folder, store, recorder, signal)
  try {
    while (!signal?.aborted) {
      const claim = store.claim(id, recorder.writerId)
      if (claim.do === 'end') break
      if (claim.do === 'wait') await sleep(LOOK_EVERY)
      else await worker.train(id, claim)
      if (broken !== undefined) throw broken
    }
  } finally {
    await worker.end()
    await recorder.close()
    closeStore(db)
  }
}

interface Ended {
  readonly how: RunEnding
  readonly epoch: number
}

class Worker {
  private readonly session: Session
  private series = { id: '', trial: 0, name: '' }
  private steps: number | undefined
  private best: EpochPoint | undefined
  private ended: Ended | undefined
  private failure: string | undefined
  private looked = 0
  private sweep: KeptSweep | undefined

  constructor(
    private readonly db: Sqlite,
    private readonly folder: string,
    private readonly store: SweepStore,
    private readonly recorder: Recorder,
    private readonly signal: AbortSignal | undefined
  ) {
    const steps = (): number | undefined => this.steps
    this.session = new Session(
      {
        begin: (about) => recorder.begin({ ...about, series: this.series }),
        keepWeights: (states) => recorder.keepWeights(states),
        event: (event) => {
          recorder.note(event)
          if (event.type === 'failed') this.failure = event.message
          else if (event.type === 'ended') this.ended = event
          else if (event.type === 'epoch') this.onEpoch(event.point)
        }
      },
      {
        paced: false,
        get maxSteps() {
          return steps()
        }
      }
    )
  }

  /** Trains a trial as far as was claimed, from where an earlier process had left off. */
  async train(id: string, { place, until, rung }: Extract<Claim, { do: 'train' }>): Promise<void> {
    const { plan, document, files, trials } = this.known(id)
    const trial = trials[place]!
    const planned = trialDocument(document, plan, trial.values, trial.seed)
    const settings = settingsOfPlan(document, plan)
    if (!planned.ok || !settings.ok)
      return this.store.fail(
        id,
        place,
        planned.ok ? 'Its settings are not there any more.' : planned.problems[0]!.message
      )
    const starts = plan.seeds > 1 ? `, seed ${trial.seed}` : ''
    this.series = {
      id,
      trial: place,
      name: `${combinationText(settings.value, trial.values)}${starts}`.slice(0, 120)
    }
    const before = this.store.runOf(id, place)
    const bytes = before && readWeights(this.db, this.folder, before.id, 'last')
    const known = bytes && decodeCheckpoint(bytes)
    const fits = known?.ok === true && known.value.structure === structureKey(planned.value)
    ;[this.ended, this.failure, this.best] = [undefined, undefined, undefined]
    const prepared = await this.session.prepare({
      document: planned.value,
      files,
      checkpoint: fits ? bytes : null
    })
    if (!prepared.ok) return this.store.fail(id, place, prepared.problems[0]!.message)
    const model = this.session.ready!
    const { epoch } = model.position
    this.best = model.run.best
    if (epoch >= until) return this.reached(id, place, epoch, 1)
    this.steps = (until - epoch) * model.stepsPerEpoch
    const started = await this.session.start({
      ...{ document: planned.value, files, until: 'end' },
      from: fits ? 'current' : 'scratch'
    })
    if (!started.ok) return this.store.fail(id, place, started.problems[0]!.message)
    await this.session.idle()
    // Whoever goes on with it finds it there.
    await this.recorder.settled()
    if (this.failure !== undefined) return this.store.fail(id, place, this.failure)
    const { how } = this.ended!
    // Left off half-way: it goes on from here when the sweep does.
    if (how === 'stopped') return this.store.release(id, place)
    // What ended before its time has nothing more to come to.
    const rungs = rungsOf(plan, trials.at(-1)!.combination + 1).length
    this.reached(id, place, this.ended!.epoch, how === 'finished' ? 1 : rungs - rung)
  }

  end(): Promise<void> {
    return this.session.dispose()
  }

  private known(id: string): KeptSweep {
    if (this.sweep?.id === id) return this.sweep
    const found = this.store.find(id)
    if (!found?.ok) throw new Error(found?.problems[0]?.message ?? 'This sweep is not kept any more.')
    this.sweep = found.value
    return found.value
  }

  private onEpoch(point: EpochPoint): void {
    if (this.best === undefined || judged(point) < judged(this.best)) this.best = point
    const now = performance.now()
    if (now - this.looked < LOOK_EVERY) return
    this.looked = now
    if (this.signal?.aborted || this.store.wants(this.series.id) !== 'run')
      this.session.receive({ type: 'stop' })
  }

  private reached(id: string, place: number, epoch: number, rungs: number): void {
    const { best } = this
    const mark: Mark = {
      epoch,
      loss: best ? finite(judged(best)) : null,
      accuracy: best ? finite(best.valAccuracy ?? best.trainAccuracy ?? best.accuracy) : null
    }
    this.store.mark(id, place, Array<Mark>(rungs).fill(mark), this.picture())
  }

  /** What the network answered at its best epoch. */
  private picture(): Uint8Array | undefined {
    const asked = this.sweep!.plan.picture
    const model = this.session.ready!
    if (!asked) return undefined
    const { slice, ...boundary } = asked
    const weights = model.snapshots.ofBest?.weights ?? model.network.weights()
    const windows = {
      boundary,
      ...(slice ? { slice: { ...slice, base: Float32Array.from(slice.base) } } : {})
    }
    const { values } = makePictures(model.network, model.shown, windows, weights).boundary!
    return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  }
}

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null
