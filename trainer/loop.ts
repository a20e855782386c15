import type { Dataset } from '@core/data/dataset'
import type { Document } from '@core/document/schema'
import type { EpochPoint, RunEvent } from '@core/run/events'
import { judged } from '@core/run/state'
import { hotSettings } from '@core/run/structure'
import { Alarm, breathe } from './alarm'
import { Batches } from './batches'
import type { CompiledNetwork } from './engines/engine'
import { Pacer } from './pacer'

/** How a loop came to its end. */
export type Ending = 'finished' | 'stopped' | 'early' | 'diverged'

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
  readonly from: { readonly epoch: number; readonly step: number; readonly best: Best | undefined }
  readonly emit: (event: RunEvent) => void
  /** After an epoch's measurements, before its event is sent. */
  readonly onEpoch: (point: EpochPoint) => void
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
/** Timers are no more exact than this. */
const SHORTEST_SLEEP_MS = 2

const now = (): number => performance.now()
const nothingYet = { loss: 0, hits: 0, rows: 0, ms: 0 }

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
  private document: Document
  private target: number
  private mode: 'running' | 'paused' | 'stopped' = 'running'
  private pauseAfter: 'batch' | 'epoch' | undefined
  private updateMs = 0
  private updates = 0
  private sliceEnd = 0
  private best: Best
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
    this.target = document.training.epochs
    // Going on from a run that is finished: as many epochs again.
    if (from.epoch >= this.target) this.target += from.epoch
  }

  /** The last epoch of the run. */
  get epochs(): number {
    return this.target
  }

  /** Updates a second. Measuring, pace and pauses do not count. */
  get stepsPerSecond(): number {
    return this.updateMs > 0 ? (1000 * this.updates) / this.updateMs : 0
  }

  /** Trains until an end is reached; `until` a batch or an epoch is done, and then pauses. */
  async run(until: 'end' | 'batch' | 'epoch'): Promise<Ending> {
    if (until !== 'end') this.pauseAfter = until
    this.pacer.configure(this.document)
    this.sliceEnd = now() + SLICE_MS
    for (;;) {
      const ending = this.reachedEnd()
      if (ending) return ending
      if (!(await this.mayGoOn())) return 'stopped'
      const epochDone = this.update()
      if (epochDone === undefined) return 'diverged'
      if (!epochDone) this.pauseIfDone('batch')
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

  /** Takes up a newer revision's hot settings at the next step and announces what changed. */
  configure(document: Document): void {
    const before = hotSettings(this.document)
    const changed = Object.entries(hotSettings(document)).filter(
      ([path, value]) => JSON.stringify(value) !== JSON.stringify(before[path])
    )
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
  moveTo({ epoch, step }: { epoch: number; step: number }, best: Best | undefined): void {
    this.epoch = epoch
    this.step = step
    this.sums = nothingYet
    this.best = best ?? { loss: Infinity, epoch }
  }

  private reachedEnd(): Ending | undefined {
    const { maxSteps } = this.options
    if (maxSteps !== undefined && this.step - this.firstStep >= maxSteps) return 'finished'
    if (this.step % this.batches.perEpoch !== 0) return undefined
    if (this.epoch >= this.target) return 'finished'
    const { patience } = this.document.training
    return patience > 0 && this.epoch - this.best.epoch >= patience ? 'early' : undefined
  }

  /** Waits while paused and gives others their turn; false where training is to stop. */
  private async mayGoOn(): Promise<boolean> {
    // Whoever has a turn may ask for a pause, and a pause may end in a stop.
    for (;;) {
      if (this.mode === 'stopped') return false
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

  /** One update. True where it was the epoch's last, undefined where the loss is no number any more. */
  private update(): boolean | undefined {
    const start = now()
    const rows = this.batches.sizeAt(this.step)
    const score = this.options.network.step(
      this.batches.at(this.step),
      this.step,
      this.observes(this.epoch + 1)
    )
    const ms = now() - start
    this.step++
    this.updates++
    this.updateMs += ms
    this.seconds += ms / 1000
    const { sums } = this
    this.sums = {
      loss: sums.loss + score.loss * rows,
      hits: sums.hits + score.accuracy * rows,
      rows: sums.rows + rows,
      ms: sums.ms + ms
    }
    if (!Number.isFinite(score.loss)) return undefined
    if (this.step % this.batches.perEpoch === 0) return true
    this.options.emit({ type: 'batch', step: this.step, loss: score.loss })
    return false
  }

  /** Measures and tells an epoch; false where a loss is no number any more. */
  private endEpoch(): boolean {
    const { sums } = this
    this.sums = nothingYet
    this.epoch++
    if (!this.observes(this.epoch)) return true
    const start = now()
    const { network, dataset, measureTraining } = this.options
    const training = measureTraining ? network.evaluate('train') : undefined
    const validation = dataset.parts.validation.length > 0 ? network.evaluate('validation') : undefined
    this.seconds += (now() - start) / 1000
    const point: EpochPoint = {
      epoch: this.epoch,
      step: this.step,
      loss: sums.loss / sums.rows,
      accuracy: sums.hits / sums.rows,
      ...(training ? { trainLoss: training.loss, trainAccuracy: training.accuracy } : {}),
      ...(validation ? { valLoss: validation.loss, valAccuracy: validation.accuracy } : {}),
      ms: sums.ms
    }
    if (![point.trainLoss ?? 0, point.valLoss ?? 0].every(Number.isFinite)) return false
    if (judged(point) < this.best.loss) this.best = { loss: judged(point), epoch: this.epoch }
    this.options.onEpoch(point)
    this.options.emit({ type: 'epoch', point })
    return true
  }
}
