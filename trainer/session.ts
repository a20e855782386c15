import type { FromTrainer, StartRequest, ToTrainer } from '@core/ipc'
import type { Document } from '@core/document/schema'
import { fail, ok, type Result } from '@core/result'
import type { RunEnding, RunEvent } from '@core/run/events'
import { judged, reduceRun } from '@core/run/state'
import { structureKey, takeHot } from '@core/run/structure'
import { commonestShare } from '@core/run/reading'
import { readSample } from './data/datasets'
import { Timekeeper, type SpeedMessage } from './speed'
import { Learned } from './learned'
import { TrainingLoop, type Stretch } from './loop'
import { asBest, derivable, Model } from './model'
import { Answering } from './answers/answering'
import { InsideLook } from './inside/inside'
import { Turns, type Sight } from './views/turns'
import { Present, type PrepareRequest, type TakeRequest } from './present'
import type { RunAbout } from './runs/recorder'
import { Safekeeping, type Safe } from './safekeeping'
import { Viewing } from './views/viewing'
import { ViewWorker } from './views/viewWorker'

/** Whom a session tells what. */
export interface SessionHost extends Safe {
  readonly event: (event: RunEvent) => void
  /** Answers to views and scores. */
  readonly answer?: (message: FromTrainer) => void
  /** How fast the network trains that was got ready; it is measured where someone is told. */
  readonly speed?: (message: SpeedMessage) => void
  readonly training?: (on: boolean, epoch: number) => void
  /** A run begins or goes on; the id under which it is kept, or undefined where it is not. */
  readonly begin?: (run: RunAbout) => string | undefined
}

/** What a window and the command line want differently. */
export interface SessionOptions {
  readonly paced: boolean
  /** Which epochs are measured; all of them where undefined. */
  readonly observe?: (epoch: number) => boolean
  readonly maxSteps?: number | undefined
  /** Measure the training part after an epoch; below `MEASURED_ROWS` rows where undefined. */
  readonly measureTraining?: boolean | undefined
  /** The bundle of the view worker; without one, the training thread makes all pictures. */
  readonly viewWorker?: string
}

/** The whole training part is measured after each epoch below this many rows. */
const MEASURED_ROWS = 5000

/** The engine could not do its work: on the console whole, in words for whoever asked. */
export function engineFailed(error: unknown): Result<never> {
  console.error(error)
  const words = error instanceof Error ? error.message : String(error)
  return fail({ code: 'engine', message: `The engine could not get this network ready: ${words}` })
}

/** One network, prepared, trained and looked at. Knows nothing of how messages reach it. */
export class Session {
  private readonly present = new Present((model, event) => this.tell(model, event))
  private loop: TrainingLoop | undefined
  /** Until the present run is over. */
  private running: Promise<void> = Promise.resolve()
  /** Asked for while a run went on, and got ready after it. */
  private waiting: PrepareRequest | undefined
  /** Compiled while a run went on, and about to go on in the place of its network; or why it cannot. */
  private successor: Result<Model> | undefined
  private readonly timekeeper = new Timekeeper()
  private turn: Promise<unknown> = Promise.resolve()
  private readonly viewing: Viewing
  private readonly answering: Answering
  private readonly inside: InsideLook
  private readonly turns: Turns
  private readonly safekeeping: Safekeeping
  private runs = 0

  constructor(
    private readonly host: SessionHost,
    private readonly options: SessionOptions
  ) {
    this.safekeeping = new Safekeeping(host)
    const sight = (): Sight => ({ model: this.present.model, running: this.loop?.running === true })
    this.turns = new Turns(sight)
    const { turns } = this
    const answer = (message: FromTrainer): void => host.answer?.(message)
    const worker = options.viewWorker === undefined ? undefined : new ViewWorker(options.viewWorker)
    this.viewing = new Viewing(sight, turns, answer, worker)
    this.answering = new Answering(sight, turns, answer)
    this.inside = new InsideLook(sight, turns, answer)
  }

  /** Gets a network ready. During a run one with another structure waits until the run is over. */
  prepare(request: PrepareRequest): Promise<Result<void>> {
    this.timekeeper.drop()
    return this.inTurn(async () => {
      const derivation = derivable(request.document, request.files)
      if (!derivation.ok) return derivation
      if (!this.loop) return this.getReady(request)
      // What was to be given up with the project before stays given up, whatever is edited while the run ends.
      const checkpoint = request.checkpoint ?? (this.waiting?.checkpoint === null ? null : request.checkpoint)
      const same = checkpoint === undefined && this.present.model?.fits(request.document, request.files)
      this.waiting = same ? undefined : { ...request, checkpoint }
      return ok(undefined)
    })
  }

  /** Begins a run, after ending the one before it. Settles when it has begun. */
  start(request: StartRequest, checkpoint?: Uint8Array): Promise<Result<void>> {
    return this.inTurn(async () => {
      await this.halt()
      const { document, files, from } = request
      if (from === 'scratch') this.safekeeping.giveUp(this.present.model)
      const loaded = await this.present.load({
        document,
        files,
        ...(from === 'scratch' ? { checkpoint: null } : {})
      })
      if (!loaded.ok) return loaded
      const model = loaded.value
      if (from === 'checkpoint') {
        if (!checkpoint)
          return fail({ code: 'no-checkpoint', message: 'There is no saved training state to go on from.' })
        const restored = model.load(checkpoint)
        if (!restored.ok) return restored
      }
      this.running = this.train(model, request.until)
      return ok(undefined)
    })
  }

  /** Goes to the state of a checkpoint, ending a run, and tells of it. */
  recall(request: PrepareRequest & { readonly checkpoint: Uint8Array }): Promise<Result<void>> {
    return this.inTurn(async () => {
      await this.halt()
      this.safekeeping.giveUp(this.present.model)
      const loaded = await this.present.load(request)
      if (!loaded.ok) return loaded
      const model = loaded.value
      this.present.tellRestored(model)
      model.snapshots.begin({ epoch: model.position.epoch, weights: model.network.weights() })
      return ok(undefined)
    })
  }

  /** Takes over what another network has learned, as far as its layers fit, and tells of it; ends a run. */
  take({ document, files, from }: TakeRequest): Promise<Result<void>> {
    if (structureKey(from.document) === structureKey(document))
      return this.recall({ document, files, checkpoint: from.checkpoint })
    return this.inTurn(async () => {
      const learned = Learned.from(from)
      if (!learned.ok) return learned
      const derivation = derivable(document, files)
      if (!derivation.ok) return derivation
      await this.halt()
      this.safekeeping.giveUp(this.present.model)
      const taken = await this.present.take(document, files, learned.value)
      if (!taken.ok) return taken
      this.safekeeping.send(taken.value)
      return ok(undefined)
    })
  }

  /** The present state as checkpoint bytes, or that of an earlier epoch; undefined where nothing is trained. */
  capture(epoch?: number): Promise<Uint8Array | undefined> {
    return this.inTurn(() =>
      Promise.resolve(this.present.model?.trained ? this.present.model.capture(epoch) : undefined)
    )
  }

  /** A message of the window. Answers come through the host. */
  receive(message: Exclude<ToTrainer, { type: 'ack' }>): void {
    switch (message.type) {
      case 'pause':
        return this.loop?.pause()
      case 'resume':
        return this.loop?.resume()
      case 'step':
        return this.loop?.advance(message.unit)
      case 'stop':
        return this.loop?.stop()
      case 'adopt':
        return void this.inTurn(() => this.adopt())
      case 'hot':
        return this.takeUp(message.document)
      case 'setWeight':
        return this.setWeight(message)
      case 'restore':
        return this.goBack(message.epoch, this.loop !== undefined)
      case 'view':
        return this.viewing.view(message)
      case 'score':
        return this.viewing.score(message)
      case 'sample':
        return void this.sample(message)
      case 'findings':
      case 'layers':
      case 'saliency':
      case 'slopes':
        return this.inside.receive(message)
      default:
        return this.answering.receive(message)
    }
  }

  /** Rows of a table do not wait for its network to be fit for training. */
  private async sample({ id, data, files }: Extract<ToTrainer, { type: 'sample' }>): Promise<void> {
    const found = await readSample(data, files)
    this.host.answer?.(
      found.ok && found.value ? { type: 'sample', id, sample: found.value } : { type: 'noView', id }
    )
  }

  /** Settles when no run goes on any more. */
  async idle(): Promise<void> {
    await this.turn
    await this.running
  }

  /** Ends a run, if there is one, and waits until it has ended. */
  async halt(): Promise<void> {
    this.timekeeper.drop()
    this.loop?.stop()
    await this.running
  }

  /** How far the present run is; undefined where none goes on. */
  get progress():
    { readonly epoch: number; readonly epochs: number; readonly stepsPerSecond: number } | undefined {
    return this.loop
  }

  /** The network that is ready, for those who look at it directly. */
  get ready(): Model | undefined {
    return this.present.model
  }

  async dispose(): Promise<void> {
    await this.halt()
    await this.viewing.dispose()
    this.present.dispose()
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work)
    // A failure belongs to whoever asked; the next in line goes on all the same.
    this.turn = done.catch(() => undefined)
    return done
  }

  /** Loads a network that rests until it is trained; meanwhile its speed is measured. */
  private async getReady(request: PrepareRequest): Promise<Result<void>> {
    const loaded = await this.present.load(request)
    if (!loaded.ok) return loaded
    const model = loaded.value
    if (request.checkpoint) this.present.tellRestored(model)
    if (this.host.speed) void this.timekeeper.measure(model, this.measuresTraining(model), this.host.speed)
    return ok(undefined)
  }

  private measuresTraining({ dataset }: Model): boolean {
    return this.options.measureTraining ?? dataset.parts.train.length < MEASURED_ROWS
  }

  /** Compiles the network that waits, while the present one goes on being trained, and lets it take over. */
  private async adopt(): Promise<void> {
    const { waiting } = this
    if (!waiting || !this.loop) return
    this.successor = await Model.compile(waiting.document, waiting.files, this.present.model).catch(
      engineFailed
    )
    if (this.waiting === waiting) this.waiting = undefined
    // The run may have ended meanwhile.
    if (this.loop) this.loop.leave()
    else this.takeOver()
  }

  /** The successor, where there is one, becomes the network. */
  private takeOver(): Result<Model> | undefined {
    const { successor } = this
    this.successor = undefined
    if (successor?.ok) this.present.replace(successor.value)
    return successor
  }

  private async train(first: Model, until: StartRequest['until']): Promise<void> {
    let model = first
    try {
      for (let stretch: Stretch = until; ;) {
        const loop = this.begin(model)
        const how = await loop.run(stretch)
        stretch = loop.leftPaused ? 'nothing' : 'end'
        if (how !== 'left') return this.end(model, loop, how)
        model.position = { epoch: loop.epoch, step: loop.step }
        const successor = this.takeOver()!
        if (!successor.ok) throw new Error(successor.problems[0]!.message)
        model = successor.value
      }
    } catch (error) {
      console.error(error)
      this.tell(model, {
        type: 'failed',
        message: `Training stopped because of an error: ${error instanceof Error ? error.message : String(error)}`
      })
    } finally {
      this.loop = undefined
      this.host.training?.(false, model.position.epoch)
      // Stopped before it could.
      this.takeOver()
      const next = this.waiting
      this.waiting = undefined
      if (next) void this.inTurn(() => this.getReady(next))
    }
  }

  private begin(model: Model): TrainingLoop {
    const { document, dataset, network } = model
    const { observe, maxSteps, paced } = this.options
    const loop = new TrainingLoop({
      network,
      dataset,
      document,
      from: { ...model.position, best: model.best, losses: model.run.history.map(judged) },
      emit: (event) => this.tell(model, event),
      onEpoch: ({ epoch }, isBest) => model.keep(epoch, isBest),
      paced,
      observe,
      maxSteps,
      measureTraining: this.measuresTraining(model)
    })
    this.loop = loop
    this.safekeeping.begin()
    const { train, validation, test } = dataset.parts
    this.tell(model, {
      type: 'started',
      runId: this.runIdOf(model),
      engine: network.engine,
      from: loop.epoch,
      epochs: loop.epochs,
      stepsPerEpoch: loop.batches.perEpoch,
      rows: { train: train.length, validation: validation.length, test: test.length },
      seed: document.training.seed
    })
    this.host.training?.(true, loop.epoch)
    model.snapshots.begin({ epoch: loop.epoch, weights: network.weights() })
    return loop
  }

  /** The id of the run that begins, or goes on, where the model stands. */
  private runIdOf(model: Model, midway = false): string {
    const { document, files, position, run, network, dataset } = model
    return (
      this.host.begin?.({
        ...{ document, files, now: () => model.document },
        ...{ from: position.epoch, history: run.history, parent: position.epoch > 0 ? run.runId : undefined },
        ...{ parameters: network.parameters, commonest: commonestShare(dataset), midway }
      }) ?? `run-${++this.runs}`
    )
  }

  private end(model: Model, loop: TrainingLoop, how: RunEnding): void {
    const blame = how === 'diverged' ? model.blame() : undefined
    if (how === 'diverged') {
      // The weights are no numbers any more: back to the newest ones that were.
      const last = model.snapshots.newest()
      model.network.writeState(last?.weights ?? [])
      model.moveTo(last?.epoch ?? 0)
    } else model.position = { epoch: loop.epoch, step: loop.step }
    const { epoch } = model.position
    const { seconds, stepsPerSecond } = loop
    this.tell(model, {
      type: 'ended',
      how,
      ...(blame === undefined ? {} : { nodeId: blame }),
      epoch,
      seconds,
      stepsPerSecond
    })
    this.safekeeping.send(model)
    if (how === 'early' && model.document.training.restoreBest && model.best) this.goBack(model.best.epoch)
  }

  /** Brings the model up to an event and passes it on. */
  private tell(model: Model, event: RunEvent): void {
    const { loop } = this
    if (loop && event.type !== 'ended') model.position = { epoch: loop.epoch, step: loop.step }
    model.note(event)
    this.host.event(event)
    const may = event.type === 'epoch' || event.type === 'batch'
    if (event.type === 'paused' || (may && this.safekeeping.due)) this.safekeeping.send(model)
  }

  private takeUp(newer: Document): void {
    const { model } = this.present
    if (!model) return
    const document = takeHot(model.document, newer)
    // A value out of range is a problem on its node; the run goes on with the last one that was in range.
    if (!derivable(document, model.files).ok) return
    model.document = document
    if (this.loop) this.loop.configure(document)
    else model.network.configure(document)
  }

  private setWeight(change: Extract<ToTrainer, { type: 'setWeight' }>): void {
    const { model } = this.present
    if (model?.setWeight(change) && !this.loop) this.safekeeping.send(model)
  }

  /** Back to an earlier epoch; a run that is under way goes on from there as another one. */
  private goBack(epoch: number, midway = false): void {
    const { model } = this.present
    const snapshot = model?.snapshots.nearest(epoch)
    if (!model || !snapshot) return
    this.safekeeping.giveUp(this.present.model)
    model.network.writeState([...snapshot.weights, ...(snapshot.memory ?? [])])
    model.snapshots.dropAfter(snapshot.epoch)
    const history = model.run.history.filter((p) => p.epoch <= snapshot.epoch)
    model.moveTo(snapshot.epoch)
    // What came after is not lost: it belongs to the run that is left.
    const runId = midway ? this.runIdOf(model, midway) : undefined
    const event: RunEvent = {
      ...{ type: 'restored', epoch: snapshot.epoch, history: [...history] },
      ...(runId === undefined ? {} : { runId })
    }
    const { best } = reduceRun(model.run, [event])
    this.loop?.moveTo(model.position, best && asBest(best), history.map(judged))
    this.tell(model, event)
    this.safekeeping.send(model)
  }
}
