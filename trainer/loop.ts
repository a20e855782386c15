import type { Dataset, PartName } from '@core/data/dataset'
import type { Document } from '@core/document/schema'
import type { EpochPoint, RunEnding, RunEvent } from '@core/run/events'
import { schedules } from '@core/registry'
import { judged } from '@core/run/state'
import { hotSettings } from '@core/run/structure'
import { Alarm, breathe } from './alarm'
import { Batches } from './batches'
import type { CompiledNetwork, Score } from './engines/engine'
import { Pacer } from './pacer'
import { Ruler } from './ruler'

/** How far a loop trains before it pauses. */
export type Stretch = 'end' | 'batch' | 'epoch' | 'nothing'

/** How a loop came to its end; `left` where another network is to go on in its place. */
export type Ending = RunEnding | 'left'

/** The best epoch so far and its loss, for early stopping. */
export interface Best {
  readonly epoch: number
  readonly loss: number
}

/** What a loop works on, and whom it tells. */
export interface LoopOptions {
  readonly network: CompiledNetwork
  readonly dataset: Dataset
  readonly document: Document
  /** Where it goes on from. */
  readonly from: {
    readonly epoch: number
    readonly step: number
    readonly best: Best | undefined
    /** The judged loss of each epoch so far, for schedules. */
    readonly losses: readonly number[]
  }
  readonly emit: (event: RunEvent) => void
  /** After an epoch's measurements, before its event is sent. */
  readonly onEpoch: (point: EpochPoint, isBest: boolean) => void
  /** Space epochs by the document's pace. */
  readonly paced: boolean
  /** Which epochs are measured and told; all of them where undefined. */
  readonly observe?: ((epoch: number) => boolean) | undefined
  /** Measure the whole training part after each observed epoch. */
  readonly measureTraining: boolean
  /** Ends after this many updates, counted from the run's first. */
  readonly maxSteps?: number | undefined
}

/** After computing this long, other things get their turn. */
const SLICE_MS = 8
/** Updates in one call of the engine at most. */
const CALL_STEPS = 4096
/** Timers are no more exact than this. */
const SHORTEST_SLEEP_MS = 2

const now = (): number => performance.now()
const nothingYet = {
  loss: 0,
  hits: undefined as number | undefined,
  rows: 0,
  ms: 0,
  phases: {} as { readonly [phase: string]: { readonly loss: number; readonly rows: number } }
}

/** The one training loop: epochs and batches, pause and steps, pace, early stopping, divergence. */
export class TrainingLoop {
  epoch: number
  step: number
  /** Seconds of updating and measuring; pauses and pace are left out. */
  seconds = 0
  readonly batches: Batches
  private readonly firstStep: number
  private readonly alarm = new Alarm()
  private readonly pacer = new Pacer()
  private readonly ruler = new Ruler()
  private document: Document
  private target: number
  private mode: 'running' | 'paused' | 'stopped' | 'left' = 'running'
  private pauseAfter: 'batch' | 'epoch' | undefined
  private updateMs = 0
  private updates = 0
  private sliceEnd = 0
  private best: Best
  private losses: number[]
  /** Set where an epoch has reached the loss that was aimed at. */
  private reachedTarget = false
  /** Loss and accuracy times rows, rows and time of the epoch that is under way. */
  private sums = nothingYet

  constructor(private readonly options: LoopOptions) {
    const { document, dataset, from } = options
    this.document = document
    this.batches = new Batches(document, dataset)
    this.epoch = from.epoch
    this.step = from.step
    this.firstStep = from.step
    this.best = from.best ?? { loss: Infinity, epoch: from.epoch }
    this.losses = [...from.losses]
    this.target = document.training.epochs
    // Going on from a run that is finished: as many epochs again.
    if (from.epoch >= this.target) this.target += from.epoch
  }

  /** The last epoch of the run. */
  get epochs(): number {
    return this.target
  }

  /** Was it paused when it was to leave? */
  leftPaused = false

  /** Does it compute, and not wait for anyone? */
  get running(): boolean {
    return this.mode === 'running'
  }

  /** Updates a second. Measuring, pace and pauses do not count. */
  get stepsPerSecond(): number {
    return this.updateMs > 0 ? (1000 * this.updates) / this.updateMs : 0
  }

  /** Trains until an end is reached; `until` a batch, an epoch or nothing is done, and then pauses. */
  async run(until: Stretch): Promise<Ending> {
    if (until === 'nothing') this.mode = 'paused'
    else if (until !== 'end') this.pauseAfter = until
    this.pacer.configure(this.document)
    this.sliceEnd = now() + SLICE_MS
    for (;;) {
      const ending = this.reachedEnd()
      if (ending) return ending
      if (!(await this.mayGoOn())) return this.mode === 'left' ? 'left' : 'stopped'
      if (!this.update()) return 'diverged'
      if (this.step % this.batches.perEpoch !== 0) this.pauseIfDone('batch')
      else {
        if (!this.endEpoch()) return 'diverged'
        this.pauseIfDone('epoch')
        await this.keepPace()
      }
    }
  }

  pause(): void {
    this.pauseAfter = undefined
    if (this.mode === 'running') this.mode = 'paused'
    this.alarm.ring()
  }

  resume(): void {
    this.pauseAfter = undefined
    if (this.mode !== 'paused') return
    this.mode = 'running'
    this.pacer.restart()
    this.options.emit({ type: 'resumed' })
    this.alarm.ring()
  }

  /** One batch or one epoch more, then a pause. */
  advance(unit: 'batch' | 'epoch'): void {
    if (this.mode === 'stopped') return
    this.mode = 'running'
    this.pauseAfter = unit
    this.alarm.ring()
  }

  stop(): void {
    this.mode = 'stopped'
    this.alarm.ring()
  }

  /** Ends at the next update, for another network to go on from there. */
  leave(): void {
    if (this.mode === 'stopped') return
    this.leftPaused = this.mode === 'paused'
    this.mode = 'left'
    this.alarm.ring()
  }

  /** Takes up a newer revision's hot settings at the next step and announces what changed. */
  configure(document: Document): void {
    const before = hotSettings(this.document)
    const after = hotSettings(document)
    const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .map((path) => [path, after[path] ?? null] as const)
      .filter(([path, value]) => JSON.stringify(value) !== JSON.stringify(before[path] ?? null))
    const newPace = document.view.pace !== this.document.view.pace
    this.document = document
    this.options.network.configure(document)
    if (changed.some(([path]) => path === 'training.epochs')) this.target = document.training.epochs
    if (newPace || changed.length > 0) this.pacer.configure(document)
    if (newPace && this.mode === 'running') this.alarm.ring()
    for (const [path, value] of changed)
      this.options.emit({ type: 'changed', epoch: this.epoch, path, value })
  }

  /** Goes on from the weights of an earlier epoch, which have been put back. */
  moveTo(
    { epoch, step }: { epoch: number; step: number },
    best: Best | undefined,
    losses: readonly number[]
  ): void {
    this.losses = [...losses]
    this.epoch = epoch
    this.step = step
    this.sums = nothingYet
    this.best = best ?? { loss: Infinity, epoch }
  }

  private reachedEnd(): Ending | undefined {
    const { patience, stopAt } = this.document.training
    if (this.step >= this.lastStep) return 'finished'
    if (stopAt.seconds !== null && this.seconds >= stopAt.seconds) return 'time'
    if (this.step % this.batches.perEpoch !== 0) return undefined
    if (this.epoch >= this.target) return 'finished'
    if (this.reachedTarget) return 'target'
    return patience > 0 && this.epoch - this.best.epoch >= patience ? 'early' : undefined
  }

  /** The step after which there is none, whatever the epochs say. */
  private get lastStep(): number {
    const { maxSteps } = this.options
    const { steps } = this.document.training.stopAt
    return Math.min(maxSteps === undefined ? Infinity : this.firstStep + maxSteps, steps ?? Infinity)
  }

  /** Waits while paused and gives others their turn; false where training is to stop. */
  private async mayGoOn(): Promise<boolean> {
    // Whoever has a turn may ask for a pause, and a pause may end in a stop.
    for (;;) {
      if (this.mode === 'stopped' || this.mode === 'left') return false
      if (this.mode === 'paused') {
        this.options.emit({ type: 'paused' })
        await this.alarm.sleep()
      } else if (now() >= this.sliceEnd) {
        await breathe()
        this.sliceEnd = now() + SLICE_MS
      } else return true
    }
  }

  private pauseIfDone(unit: 'batch' | 'epoch'): void {
    // A batch that ends an epoch is a batch too.
    if (this.pauseAfter !== unit && !(this.pauseAfter === 'batch' && unit === 'epoch')) return
    this.pauseAfter = undefined
    if (this.mode === 'running') this.mode = 'paused'
  }

  private async keepPace(): Promise<void> {
    if (!this.options.paced || this.mode !== 'running') return
    const ms = this.pacer.wait()
    if (ms < SHORTEST_SLEEP_MS) return
    await this.alarm.sleep(ms)
    this.sliceEnd = now() + SLICE_MS
  }

  private observes(epoch: number): boolean {
    return this.document.training.patience > 0 || (this.options.observe?.(epoch) ?? true)
  }

  /** Some updates, within one epoch or up to the next one that is measured. False where a loss is no number. */
  private update(): boolean {
    const { network, emit } = this.options
    const { perEpoch } = this.batches
    const count = this.callSteps()
    const first = this.step
    const start = now()
    const scores = network.train({
      first,
      ...this.batches.of(first, count, this.document.data),
      factors: Array.from({ length: count }, (_, i) => this.factorAt(first + i)),
      measured: this.observes(Math.floor((first + count - 1) / perEpoch) + 1)
    })
    const ms = now() - start
    this.updates += count
    this.updateMs += ms
    this.seconds += ms / 1000
    for (const [i, score] of scores.entries()) {
      this.step++
      if (!Number.isFinite(score.loss)) return false
      this.add(score, this.batches.sizeAt(first + i), ms / count)
    }
    // Epochs of a single step that nobody measures end on the way.
    if (perEpoch === 1) this.epoch += count - 1
    else
      emit({
        type: 'batch',
        step: this.step,
        losses: scores.map(({ loss }) => loss),
        seconds: this.seconds
      })
    return true
  }

  /** How many updates fit into a slice of time and into what is asked for. */
  private callSteps(): number {
    const { perEpoch } = this.batches
    if (this.pauseAfter === 'batch') return 1
    const speed = this.updateMs > 0 ? this.updates / this.updateMs : 0
    const fitting = Math.min(CALL_STEPS, Math.floor(SLICE_MS * speed), this.lastStep - this.step)
    if (perEpoch > 1) return Math.max(1, Math.min(fitting, perEpoch - (this.step % perEpoch)))
    let count = 1
    while (
      count < fitting &&
      this.epoch + count < this.target &&
      this.pauseAfter === undefined &&
      !this.observes(this.epoch + count)
    )
      count++
    return count
  }

  private factorAt(step: number): number {
    const { type, config } = this.document.training.schedule
    const stepsPerEpoch = this.batches.perEpoch
    const { losses } = this
    return schedules[type]!.factor(config, {
      step,
      stepsPerEpoch,
      steps: this.target * stepsPerEpoch,
      losses
    })
  }

  private add({ loss, accuracy, phase }: Score, rows: number, ms: number): void {
    const before = this.batches.perEpoch === 1 ? nothingYet : this.sums
    this.sums = {
      loss: before.loss + loss * rows,
      hits: accuracy === undefined ? undefined : (before.hits ?? 0) + accuracy * rows,
      rows: before.rows + rows,
      ms: before.ms + ms,
      phases: phase === undefined ? before.phases : withPhase(before.phases, phase, loss, rows)
    }
  }

  /** The metrics that the document asks for. */
  private metrics(training: boolean, validation: boolean): Pick<EpochPoint, 'trainMetrics' | 'valMetrics'> {
    const { metrics } = this.document.view
    if (metrics.length === 0) return {}
    const { network, dataset } = this.options
    const measured = (part: PartName) => this.ruler.measure(network, dataset, part, metrics)
    return {
      ...(training ? { trainMetrics: measured('train') } : {}),
      ...(validation ? { valMetrics: measured('validation') } : {})
    }
  }

  /** Measures and tells an epoch; false where a loss is no number any more. */
  private endEpoch(): boolean {
    const { sums } = this
    this.sums = nothingYet
    this.epoch++
    if (!this.observes(this.epoch)) return true
    const start = now()
    const { network, dataset, measureTraining } = this.options
    const training = measureTraining && network.evaluates ? network.evaluate('train') : undefined
    const validation =
      network.evaluates && dataset.parts.validation.length > 0 ? network.evaluate('validation') : undefined
    const metrics = this.metrics(training !== undefined, validation !== undefined)
    this.seconds += (now() - start) / 1000
    const point: EpochPoint = {
      epoch: this.epoch,
      step: this.step,
      loss: sums.loss / sums.rows,
      ...(sums.hits === undefined ? {} : { accuracy: sums.hits / sums.rows }),
      ...(Object.keys(sums.phases).length === 0
        ? {}
        : {
            phases: Object.fromEntries(Object.entries(sums.phases).map(([id, p]) => [id, p.loss / p.rows]))
          }),
      ...(training ? told('train', training) : {}),
      ...(validation ? told('val', validation) : {}),
      ...metrics,
      ms: sums.ms
    }
    if (![point.trainLoss ?? 0, point.valLoss ?? 0].every(Number.isFinite)) return false
    this.losses.push(judged(point))
    const isBest = judged(point) < this.best.loss
    if (isBest) this.best = { loss: judged(point), epoch: this.epoch }
    const { loss: aim } = this.document.training.stopAt
    this.reachedTarget = aim !== null && judged(point) <= aim
    this.options.onEpoch(point, isBest)
    this.options.emit({ type: 'epoch', point, seconds: this.seconds })
    return true
  }
}

/** A score under the names that a point of the curves has for it. */
function told<P extends 'train' | 'val'>(part: P, { loss, accuracy }: Score) {
  return { [`${part}Loss`]: loss, ...(accuracy === undefined ? {} : { [`${part}Accuracy`]: accuracy }) } as {
    [K in `${P}Loss`]: number
  } & { [K in `${P}Accuracy`]?: number }
}

type Phases = typeof nothingYet.phases

function withPhase(phases: Phases, phase: string, loss: number, rows: number): Phases {
  const before = phases[phase] ?? { loss: 0, rows: 0 }
  return { ...phases, [phase]: { loss: before.loss + loss * rows, rows: before.rows + rows } }
}
