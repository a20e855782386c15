import { MessageChannelMain, type WebContents } from 'electron'
import {
  PORT_MESSAGE,
  type MainToTrainer,
  type StartRequest,
  type TrainerState,
  type TrainerToMain
} from '@core/ipc'
import type { Document } from '@core/document/schema'
import type { ProjectFiles } from '@core/data/files'
import { fail, type Result } from '@core/result'
import { structureKey } from '@core/run/structure'
import { log } from '../log'
import { TrainerProcess, type TrainerFiles } from './process'
import { Questions, type SafeState } from './questions'
import { FIRST_SETTINGS, sameSettings, tensorflowFor, type TensorflowSettings } from '@core/run/tensorflow'
import { deathWords, type DeathReason } from './words'

interface TrainerListener {
  onState(state: TrainerState): void
  onTraining(on: boolean): void
  onNotKept(words: string): void
  onSafeState(state: SafeState): void
}

/** A process that lives shorter than this, in ms, died at its start. */
const QUICK = 10_000
/** After so many of them in a row nothing more is started until someone asks for it. */
const MAX_QUICK = 3
/** Wait before the next try after the first, the second … of them. */
const BACK_OFF = [0, 1000]
const CAPTURE_LIMIT = 3000

/** Keeps one training process alive, and everything that the next one would need to go on. */
export class Trainer {
  state: TrainerState = { status: 'starting' }
  private process: TrainerProcess | undefined
  private forkedAt = 0
  private quickDeaths = 0
  private readonly questions = new Questions()
  /** What waits for a process to be ready. */
  private queue: MainToTrainer[] = []
  private page: { readonly contents: WebContents; readonly nonce: string } | undefined
  private prepared: { readonly document: Document; readonly files: ProjectFiles } | undefined
  private training = false
  private runStructure = ''
  private safe: SafeState | undefined
  /** What was trained before the last start or step back in time gave it up. */
  private givenUp: SafeState | undefined
  /** The network of a state that came with a project and cannot be trained as it is. */
  private origin: { readonly document: Document; readonly files: ProjectFiles } | undefined
  /** The present process has the safe state (or has been told to forget the one it had). */
  private handed = true

  constructor(
    private readonly files: TrainerFiles,
    private readonly listener: TrainerListener
  ) {}

  /** Starts the process, before anyone asks for it. */
  launch(settings: TensorflowSettings): void {
    this.forkedAt = Date.now()
    this.handed = this.safe === undefined
    this.process = new TrainerProcess(this.files, settings, {
      onMessage: (message) => this.onMessage(message),
      onDeath: (reason) => this.onDeath(reason)
    })
    if (this.state.status !== 'starting') this.setState({ status: 'starting' })
  }

  /** Gives this page a port now, and a new one for every later process. */
  connect(contents: WebContents, nonce: string): void {
    const again = this.page !== undefined
    this.page = { contents, nonce }
    // A page that was loaded anew knows nothing of the run of the one before.
    if (again && this.training && this.process) void this.restart(this.process.tensorflow)
    else if (this.state.status === 'ready') this.sendPort()
  }

  /** Gets the network ready. */
  async prepare(document: Document, files: ProjectFiles): Promise<Result<void>> {
    if (!this.training) await this.withSettings(tensorflowFor(document, files))
    this.prepared = { document, files }
    return this.questions.ask((id) => this.send(this.preparation(id, document, files)))
  }

  /** Starts training, or goes on with it. */
  async start(request: StartRequest): Promise<Result<void>> {
    const { document, files, from } = request
    const structure = structureKey(document)
    const settings = tensorflowFor(document, files)
    // Another process knows nothing of the present weights.
    if (from === 'current' && this.process && !sameSettings(this.process.tensorflow, settings))
      await this.capture()
    await this.withSettings(settings)
    const safe = this.safeFor(document)
    if (from === 'checkpoint' && !safe)
      return fail({
        code: 'no-checkpoint',
        message: 'There is no saved state of this network to go on from.',
        detail: 'Train it from the start.'
      })
    this.prepared = { document, files }
    if (from === 'current' && safe && !this.handed) this.send(this.preparation(0, document, files))
    const before = this.safe
    if (from === 'scratch') this.safe = undefined
    this.runStructure = structure
    const result = await this.questions.ask((id) =>
      this.send({
        type: 'start',
        id,
        request,
        ...(from === 'checkpoint' && safe ? { checkpoint: safe.bytes } : {})
      })
    )
    if (result.ok) this.handed = true
    else if (from === 'scratch') this.safe ??= before
    return result
  }

  /** Back to the trained state that was given up last. */
  async bringBack(document: Document, files: ProjectFiles): Promise<Result<void>> {
    const state = this.givenUp
    if (state?.structure !== structureKey(document))
      return fail({
        code: 'nothing-given-up',
        message: state
          ? 'What was learned then belongs to another version of this network.'
          : 'There is nothing to bring back.',
        ...(state ? { detail: 'Undo the changes to the network, then bring it back.' } : {})
      })
    await this.withSettings(tensorflowFor(document, files))
    this.prepared = { document, files }
    this.runStructure = state.structure
    const result = await this.questions.ask((id) =>
      this.send({ type: 'recall', id, document, files, checkpoint: state.bytes })
    )
    if (result.ok) this.keep(state)
    return result
  }

  /** Takes over what a kept run has learned, as far as its layers fit. */
  async take(
    project: { readonly document: Document; readonly files: ProjectFiles },
    from: Extract<MainToTrainer, { type: 'take' }>['from']
  ): Promise<Result<void>> {
    const { document, files } = project
    await this.withSettings(tensorflowFor(document, files))
    this.prepared = { document, files }
    this.runStructure = structureKey(document)
    return this.questions.ask((id) => this.send({ type: 'take', id, document, files, from }))
  }

  /** The newest trained state of this document: as it is now if the process answers in time, else the last safe one. */
  async trainedState(document: Document): Promise<SafeState | undefined> {
    if (this.handed) await this.capture()
    const safe = this.safeFor(document)
    if (safe || this.state.status !== 'ready') return safe
    // What an edit has kept of the state that the project came with is in the process alone.
    const carried = await this.questions.capture((id) => this.send({ type: 'capture', id }), CAPTURE_LIMIT)
    return carried?.structure === structureKey(document) ? carried : undefined
  }

  /** What was learned by this epoch, as far as it is kept; undefined where another network is trained. */
  async stateAt(document: Document, epoch: number): Promise<SafeState | undefined> {
    if (this.state.status !== 'ready') return undefined
    const found = await this.questions.capture(
      (id) => this.send({ type: 'capture', id, epoch }),
      CAPTURE_LIMIT
    )
    return found?.structure === structureKey(document) ? found : undefined
  }

  /** The newest trained state, without asking for a newer one. */
  get safeState(): SafeState | undefined {
    return this.safe
  }

  /**
   * A trained state that came with a project; the next preparation that it fits takes it along. Where its network is
   * said, another network takes over what fits.
   */
  offer(state: SafeState | undefined, origin?: Trainer['origin']): void {
    this.safe = state
    this.origin = origin
    this.givenUp = undefined
    this.handed = false
  }

  /** Ends the process for good. */
  async end(): Promise<void> {
    const process = this.process
    this.process = undefined
    await process?.end()
  }

  private async capture(): Promise<void> {
    if (this.state.status !== 'ready' || this.prepared === undefined) return
    const captured = await this.questions.capture((id) => this.send({ type: 'capture', id }), CAPTURE_LIMIT)
    if (captured) this.keep(captured)
  }

  private keep(state: SafeState): void {
    this.safe = state
    this.handed = true
    this.listener.onSafeState(state)
  }

  private safeFor(document: Document): SafeState | undefined {
    return this.safe?.structure === structureKey(document) ? this.safe : undefined
  }

  private preparation(id: number, document: Document, files: ProjectFiles): MainToTrainer {
    const message = { type: 'prepare', id, document, files } as const
    const safe = this.safeFor(document)
    if (this.handed && (safe || !this.safe)) return message
    const { origin } = this
    this.origin = undefined
    if (origin && !safe && !this.handed && this.safe) {
      this.handed = true
      this.runStructure = structureKey(document)
      return { type: 'take', id, document, files, from: { ...origin, checkpoint: this.safe.bytes } }
    }
    // A state that does not fit may fit the next document that is prepared: undoing the edit brings it back.
    this.handed = this.safe === undefined || safe !== undefined
    if (!this.handed) return message
    return { ...message, checkpoint: safe?.bytes ?? null }
  }

  /** They are fixed when a process starts, so other settings take another process. */
  private async withSettings(settings: TensorflowSettings): Promise<void> {
    if (!this.process) this.launch(settings)
    else if (!sameSettings(this.process.tensorflow, settings)) await this.restart(settings)
  }

  private async restart(settings: TensorflowSettings): Promise<void> {
    const before = this.process
    this.process = undefined
    this.training = false
    this.listener.onTraining(false)
    this.questions.failAll('The training process is being started anew.')
    this.setState({ status: 'starting' })
    await before?.end()
    // Someone else may have been quicker.
    if (!this.process) this.launch(settings)
  }

  private send(message: MainToTrainer): void {
    if (this.state.status === 'ready') this.process?.send(message)
    else this.queue.push(message)
  }

  private sendPort(): void {
    if (!this.page || this.page.contents.isDestroyed()) return
    const { port1, port2 } = new MessageChannelMain()
    this.process?.send({ type: 'port' }, [port1])
    this.page.contents.postMessage(PORT_MESSAGE, this.page.nonce, [port2])
  }

  private onMessage(message: TrainerToMain): void {
    switch (message.type) {
      case 'ready': {
        log.info(
          `trainer ${this.process?.pid ?? 0} ready after ${Date.now() - this.forkedAt} ms: ${message.engine.title}`
        )
        const waiting = this.queue.splice(0)
        this.setState({ status: 'ready', engine: message.engine })
        this.sendPort()
        // So that what can be seen goes on where the process before left off.
        if (this.prepared && !waiting.some((m) => m.type === 'prepare'))
          this.send(this.preparation(0, this.prepared.document, this.prepared.files))
        for (const earlier of waiting) this.send(earlier)
        return
      }
      case 'reply':
        return this.questions.answer(message.id, message.result)
      case 'captured':
        return this.questions.answerCapture(message.id, message.checkpoint)
      case 'training':
        this.training = message.on
        return this.listener.onTraining(message.on)
      case 'checkpoint':
        return this.keep({ epoch: message.epoch, bytes: message.checkpoint, structure: this.runStructure })
      case 'notKept':
        return this.listener.onNotKept(message.words)
      case 'givingUp':
        this.givenUp = { epoch: message.epoch, structure: message.structure, bytes: message.checkpoint }
        return
      case 'bye':
    }
  }

  private onDeath(reason: DeathReason): void {
    const lived = Date.now() - this.forkedAt
    this.quickDeaths = lived < QUICK ? this.quickDeaths + 1 : 1
    const final = lived < QUICK && this.quickDeaths >= MAX_QUICK
    const checkpoint = this.safe?.epoch
    const message = deathWords({ reason, training: this.training, checkpoint, final })
    log.error(`trainer ended after ${lived} ms (${reason ?? 'no reason known'})`)
    const settings = this.process?.tensorflow ?? FIRST_SETTINGS
    this.process = undefined
    this.queue = []
    const { training } = this
    this.training = false
    this.listener.onTraining(false)
    this.questions.failAll(message)
    this.setState({ status: 'died', message, training, ...(checkpoint === undefined ? {} : { checkpoint }) })
    if (final) this.quickDeaths = 0
    else
      setTimeout(
        () => {
          if (!this.process) this.launch(settings)
        },
        BACK_OFF[this.quickDeaths - 1] ?? 0
      )
  }

  private setState(state: TrainerState): void {
    this.state = state
    this.listener.onState(state)
  }
}
