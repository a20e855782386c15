import {
  fromTrainerSchema,
  type Answers,
  type Examples,
  type FindingsAnswer,
  type FromTrainer,
  type Importance,
  type Inside,
  type LayersAnswer,
  type NodeWeights,
  type BaselinesAnswer,
  type SampleAnswer,
  type Saliency,
  type Slopes,
  type Score,
  type StartRequest,
  type Slice,
  type Told,
  type ToTrainer,
  type TrainerState,
  type TrainerView,
  type UnrolledSteps,
  type ViewWindow,
  type Written
} from '@core/ipc'
import type { ExampleQuery } from '@core/answers/messages'
import type { PartName } from '@core/data/dataset'
import type { Problem, Result } from '@core/result'
import type { Speed } from '@core/run/forecast'
import { idleRun, reduceRun, type RunState } from '@core/run/state'
import { listen, onTrainerPort, request } from './bridge'
import type { ProjectState } from './project.svelte'

/** How long the document rests before the trainer gets it ready, in ms: typing is not an edit a key. */
const REST = 120
/** How long points that are drawn rest before a running training goes on with them, in ms. */
const DRAWING_REST = 200
type Unprepared = Extract<FromTrainer, { type: 'unprepared' }>
/** An answer to a question. */
type Reply = Exclude<Extract<FromTrainer, { id: number }>, { type: 'noView' }>

/** A start that takes longer than this, in ms, says that it is under way. */
const LATE = 200

/** One number of a node's weight. */
export interface WeightPlace {
  readonly nodeId: string
  readonly name: string
  readonly index: number
}

/** The link to the training process: its state, the run as its events tell it, and what can be asked of it. */
export class TrainerLink {
  state = $state.raw<TrainerState>({ status: 'starting' })
  run = $state.raw<RunState>(idleRun)
  /** Structure of the document that the run belongs to. */
  private runStructure = $state<string>()
  /** The same without what the run takes up by itself. */
  private runSteady = $state<string>()
  /** The document as it was when the run began, where it began in this window. */
  started = $state.raw<ProjectState['document']>()
  /** Counts up whenever the weights may have changed: views ask again. */
  weightsVersion = $state(0)
  /** Counts up whenever the trainer has other data or another network. */
  prepares = $state(0)
  /** Starting weights were set by hand: training begins with them. */
  handSet = $state(false)
  /** A start takes its time: data is read, the network is made ready. */
  starting = $state(false)
  /** Why the last start was refused. */
  refusal = $state.raw<readonly Problem[]>([])

  readonly running = $derived(this.run.status === 'running')
  readonly active = $derived(this.run.status === 'running' || this.run.status === 'paused')
  /** There is a run, but the document has changed in a way that only a new start takes up. */
  readonly stale: boolean
  /** Training goes on from where the network is when Train is pressed. */
  readonly canContinue: boolean
  /** How fast the network trains as it is drawn now: as its run has shown, or as was measured before; undefined while unknown. */
  readonly speed: Speed | undefined

  /** The last network that was measured. */
  private measured = $state.raw<Extract<FromTrainer, { type: 'speed' }>>()
  private port: MessagePort | undefined
  /** Ports there were: questions are asked anew over a new one. */
  private ports = $state(0)
  private nextId = 1
  private readonly waiting = new Map<number, (message: Reply | undefined) => void>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private late: ReturnType<typeof setTimeout> | undefined

  constructor(private readonly project: ProjectState) {
    this.stale = $derived(this.runSteady !== undefined && this.runSteady !== project.steady)
    this.canContinue = $derived(this.run.status === 'ended' && !this.stale)
    this.speed = $derived.by(() => {
      const { timed, stepsPerEpoch } = this.run
      if (timed.epochs > 0 && this.runStructure === project.structure)
        return { updating: (1000 * timed.seconds) / timed.epochs, measuring: 0, stepsPerEpoch }
      return this.measured?.structure === project.structure ? this.measured : undefined
    })
  }

  /** Starts listening and keeps the trainer's picture of the document fresh. Call once, in an effect root. */
  connect(): () => void {
    const stops = [
      listen('trainer:state', (state) => this.onState(state)),
      onTrainerPort((port) => this.usePort(port))
    ]
    void request('trainer:state').then((state) => this.onState(state))
    $effect(() => {
      const { document, files, structure, steady } = this.project
      if (this.state.status !== 'ready') return
      if (this.active && structure === this.runStructure) {
        this.send({ type: 'hot', document })
        return
      }
      if (this.active && steady === this.runSteady) {
        if (this.project.problems.length === 0) this.adoptSoon()
        return
      }
      if (this.project.problems.length === 0) this.prepareSoon(structure, document, files)
    })
    $effect(() => {
      const { tableKey, files } = this.project
      if (tableKey === undefined || this.state.status !== 'ready' || this.project.sample) return
      void this.ports
      void this.sample(tableKey, this.project.document.data, files)
    })
    return () => stops.forEach((stop) => stop())
  }

  /** Asks for rows of the table. */
  private async sample(
    key: string,
    data: ProjectState['document']['data'],
    files: ProjectState['files']
  ): Promise<void> {
    const answer = await this.ask<SampleAnswer>((id) => ({ type: 'sample', id, data, files }))
    if (answer) this.project.putSample(key, answer.sample)
  }

  private prepared: string | undefined
  private prepareSoon(
    structure: string,
    document: ProjectState['document'],
    files: ProjectState['files']
  ): void {
    clearTimeout(this.timer)
    if (this.prepared === structure || this.active) return
    this.timer = setTimeout(() => {
      this.prepared = structure
      void request('trainer:prepare', document, files).then((result) => {
        if (result.ok) {
          this.weightsVersion++
          this.prepares++
        } else this.prepared = undefined
      })
    }, REST)
  }

  /** Points were drawn: the running training goes on with them. */
  private adoptSoon(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.adopt(), DRAWING_REST)
  }

  /** This is the document that the run belongs to. */
  private belongsTo({ structure, steady }: Pick<ProjectState, 'structure' | 'steady'>): void {
    this.runStructure = structure
    this.runSteady = steady
    this.prepared = structure
  }

  /** Train, go on, or go on after a crash. */
  async start(from: StartRequest['from'], until: StartRequest['until'] = 'end'): Promise<Result<void>> {
    const { document, files, structure, steady } = this.project
    this.refusal = []
    clearTimeout(this.timer)
    clearTimeout(this.late)
    this.late = setTimeout(() => (this.starting = true), LATE)
    const result = await request('trainer:start', { document, files, from, until })
    if (!result.ok) this.hasStarted()
    if (result.ok) {
      if (from === 'scratch' || this.handSet) this.started = document
      this.handSet = false
      this.belongsTo({ structure, steady })
      this.prepares++
    } else this.refusal = result.problems
    return result
  }

  /**
   * The training that is under way goes on with the project as it is drawn now; what fits keeps what it has learned.
   * One that is paused stays so, unless it is resumed with it.
   */
  async adopt(resume = false): Promise<Result<void>> {
    const { document, files, structure, steady } = this.project
    this.refusal = []
    const result = await request('trainer:prepare', document, files)
    if (result.ok) {
      if (resume) this.send({ type: 'resume' })
      this.send({ type: 'adopt' })
      this.belongsTo({ structure, steady })
    } else this.refusal = result.problems
    return result
  }

  /** Back to what was learned before the last start or step back in time gave it up. */
  async bringBack(): Promise<Result<void>> {
    const { document, files, structure, steady } = this.project
    const result = await request('trainer:bringBack', document, files)
    if (result.ok) this.belongsTo({ structure, steady })
    return result
  }

  /** The run is that of the project as it is now: what it had learned has come from elsewhere. */
  belongsToProject(): void {
    this.belongsTo(this.project)
  }

  pause(): void {
    this.send({ type: 'pause' })
  }
  resume(): void {
    this.send({ type: 'resume' })
  }
  stop(): void {
    this.send({ type: 'stop' })
  }
  step(unit: 'batch' | 'epoch'): void {
    this.send({ type: 'step', unit })
  }
  /** Puts another number in the place of one of the present weights. */
  setWeight({ nodeId, name, index }: WeightPlace, value: number): void {
    this.send({ type: 'setWeight', nodeId, name, index, value })
    if (this.run.epoch === 0) this.handSet = true
    this.weightsVersion++
  }
  /** Puts the weights of an earlier epoch back. */
  restore(epoch: number): void {
    this.send({ type: 'restore', epoch })
  }

  /** Forgets the run: another project was opened. */
  reset(): void {
    this.run = idleRun
    this.runStructure = undefined
    this.runSteady = undefined
    this.hasStarted()
    this.started = undefined
    this.handSet = false
    this.prepared = undefined
    this.refusal = []
    this.weightsVersion++
  }

  /** What the network computes over the plane; undefined where there is none yet. */
  view(windows: {
    epoch?: number
    boundary?: ViewWindow
    tiles?: ViewWindow
    slice?: Slice
  }): Promise<TrainerView | undefined> {
    return this.ask<TrainerView>((id) => ({ type: 'view', id, ...windows }))
  }

  /** What can be done with the data without a network. */
  baselines(): Promise<BaselinesAnswer | undefined> {
    return this.ask<BaselinesAnswer>((id) => ({ type: 'baselines', id }))
  }

  score(part: PartName): Promise<Score | undefined> {
    return this.ask<Score>((id) => ({ type: 'score', id, part }))
  }

  /** The network's answers to a part of the data, added up. */
  answers(part: PartName, epoch?: number): Promise<Answers | undefined> {
    return this.ask<Answers>((id) => ({
      type: 'answers',
      id,
      part,
      ...(epoch === undefined ? {} : { epoch })
    }))
  }

  /** Single examples of the data. */
  examples(query: ExampleQuery): Promise<Examples | undefined> {
    return this.ask<Examples>((id) => ({ type: 'examples', id, query }))
  }

  /** What every node answers to one example, or why it cannot be made. */
  inside(
    example: Extract<ToTrainer, { type: 'inside' }>['example'],
    epoch?: number
  ): Promise<Inside | Unprepared | undefined> {
    return this.ask<Inside | Unprepared>((id) => ({
      ...{ type: 'inside', id, example },
      ...(epoch === undefined ? {} : { epoch })
    }))
  }

  /** What the network says to examples from outside; all of a job with the weights of one moment. */
  tell(job: number, x: Told['told'] | Uint8Array<ArrayBuffer>, epoch?: number): Promise<Told | undefined> {
    return this.ask<Told>((id) => ({
      ...{ type: 'tell', id, job, x },
      ...(epoch === undefined ? {} : { epoch })
    }))
  }

  /** What a recurrent layer does at each step of one example. */
  unrolled(
    nodeId: string,
    example: Extract<ToTrainer, { type: 'unrolled' }>['example'],
    of: Pick<Extract<ToTrainer, { type: 'unrolled' }>, 'epoch' | 'way'>
  ): Promise<UnrolledSteps | undefined> {
    const { epoch, way } = of
    return this.ask<UnrolledSteps>((id) => ({
      ...{ type: 'unrolled', id, nodeId, example },
      ...(way === undefined ? {} : { way }),
      ...(epoch === undefined ? {} : { epoch })
    }))
  }

  /** What a network of characters writes after a beginning; undefined where there is no such network. */
  write(
    request: Omit<Extract<ToTrainer, { type: 'write' }>, 'type' | 'id' | 'epoch'>,
    epoch?: number
  ): Promise<Written | undefined> {
    return this.ask<Written>((id) => ({
      ...{ type: 'write', id, ...request },
      ...(epoch === undefined ? {} : { epoch })
    }))
  }

  /** How much the answers hang on each column of the data. */
  importance(epoch?: number): Promise<Importance | undefined> {
    return this.ask<Importance>((id) => ({
      ...{ type: 'importance', id },
      ...(epoch === undefined ? {} : { epoch })
    }))
  }

  /** What stands in the way of learning. */
  findings(epoch?: number): Promise<FindingsAnswer | undefined> {
    return this.ask<FindingsAnswer>((id) => ({
      ...{ type: 'findings', id },
      ...(epoch === undefined ? {} : { epoch })
    }))
  }

  /** Gradients of all layers over time, and the weights of one. */
  layers(nodeId?: string): Promise<LayersAnswer | undefined> {
    return this.ask<LayersAnswer>((id) => ({
      ...{ type: 'layers', id },
      ...(nodeId === undefined ? {} : { nodeId })
    }))
  }

  /** Which pixels of a picture the answer hangs on. */
  saliency(
    example: Extract<ToTrainer, { type: 'inside' }>['example'],
    of: { readonly class?: number; readonly epoch?: number | undefined }
  ): Promise<Saliency | undefined> {
    const { epoch, ...rest } = of
    return this.ask<Saliency>((id) => ({
      ...{ type: 'saliency', id, example, ...rest },
      ...(epoch === undefined ? {} : { epoch })
    }))
  }

  /** How the answer moves with each number of an example. */
  slopes(
    example: Extract<ToTrainer, { type: 'inside' }>['example'],
    of: { readonly class?: number; readonly epoch?: number | undefined }
  ): Promise<Slopes | undefined> {
    const { epoch, ...rest } = of
    return this.ask<Slopes>((id) => ({
      ...{ type: 'slopes', id, example, ...rest },
      ...(epoch === undefined ? {} : { epoch })
    }))
  }

  /** The weights of one node. */
  weights(nodeId: string, epoch?: number): Promise<NodeWeights | undefined> {
    return this.ask<NodeWeights>((id) => ({
      ...{ type: 'weights', id, nodeId },
      ...(epoch === undefined ? {} : { epoch })
    }))
  }

  private ask<M extends Reply>(message: (id: number) => ToTrainer): Promise<M | undefined> {
    if (!this.port) return Promise.resolve(undefined)
    const id = this.nextId++
    return new Promise((resolve) => {
      this.waiting.set(id, (answer) => resolve(answer as M | undefined))
      this.send(message(id))
    })
  }

  /** The start has come about, or will not. */
  private hasStarted(): void {
    clearTimeout(this.late)
    this.starting = false
  }

  private send(message: ToTrainer): void {
    this.port?.postMessage(message)
  }

  private usePort(port: MessagePort): void {
    this.port?.close()
    this.forgetQuestions()
    this.port = port
    this.ports++
    port.onmessage = (event) => this.onMessage(fromTrainerSchema.parse(event.data))
    this.prepared = undefined
    this.weightsVersion++
  }

  /** A trainer that is gone does not answer. */
  private forgetQuestions(): void {
    for (const answer of this.waiting.values()) answer(undefined)
    this.waiting.clear()
  }

  private onMessage(message: FromTrainer): void {
    switch (message.type) {
      case 'events':
        this.run = reduceRun(this.run, message.events)
        if (message.events.some((e) => e.type === 'started')) this.hasStarted()
        // A project that opened trained: its run belongs to the document as it was opened.
        if (this.runStructure === undefined && message.events.some((e) => e.type === 'restored'))
          this.belongsTo(this.project)
        this.weightsVersion++
        this.send({ type: 'ack', seq: message.seq })
        return
      case 'speed':
        this.measured = message
        return
      default:
        this.waiting.get(message.id)?.(message.type === 'noView' ? undefined : message)
        this.waiting.delete(message.id)
    }
  }

  private onState(state: TrainerState): void {
    this.state = state
    if (state.status !== 'died') return
    this.hasStarted()
    this.forgetQuestions()
    this.prepared = undefined
    if (this.active) this.run = reduceRun(this.run, [{ type: 'failed', message: state.message }])
  }
}
