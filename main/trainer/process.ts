import { app, type Details, type MessagePortMain, type UtilityProcess } from 'electron'
import type { MainToTrainer, TrainerToMain } from '@core/ipc'
import { tensorflowEnvironment, type TensorflowSettings } from '@core/run/tensorflow'
import { fork } from '../fork'
import type { DeathReason } from './words'

/** The name under which the system and Electron's process list know it. */
export const SERVICE_NAME = 'trainer'

/** How long a process may take to go after it was asked, in ms. */
const GOODBYE = 1500
/** Electron tells why a process ended in another event, which may come after the end itself. */
const REASON_WAIT = 150

/** Called by one process. Nothing is called after `onEnd`. */
export interface ProcessListener {
  onMessage(message: TrainerToMain): void
  /** It ended although nobody had asked it to. */
  onDeath(reason: DeathReason): void
}

/** The files that the training process runs. */
export interface TrainerFiles {
  readonly trainer: string
  /** What its thread for pictures runs. */
  readonly viewWorker: string
  /** The folder of the data store, and of the kept runs. */
  readonly data: string
  readonly runs: string
}

/** One training process, from its start to its end. */
export class TrainerProcess {
  private readonly child: UtilityProcess
  private readonly ended: Promise<void>
  private expected = false
  private over = false
  private gone: { readonly reason: DeathReason; readonly at: number } | undefined

  constructor(
    { trainer, viewWorker, data, runs }: TrainerFiles,
    readonly tensorflow: TensorflowSettings,
    private readonly listener: ProcessListener
  ) {
    this.child = fork({
      ...{ name: SERVICE_NAME, bundle: trainer, args: [viewWorker] },
      env: { NETLOOM_DATA: data, NETLOOM_RUNS: runs, ...tensorflowEnvironment(tensorflow) }
    })
    this.child.on('message', (message: TrainerToMain) => {
      // What was on its way when the process was given up is no news.
      if (this.over) return
      if (message.type === 'bye') this.expected = true
      listener.onMessage(message)
    })
    const onGone = (_event: unknown, details: Details): void => {
      if (details.type === 'Utility' && details.name === SERVICE_NAME)
        this.gone = { reason: details.reason, at: Date.now() }
    }
    app.on('child-process-gone', onGone)
    this.ended = new Promise((resolve) =>
      this.child.once('exit', (code) => {
        resolve()
        setTimeout(() => {
          app.off('child-process-gone', onGone)
          // Older news is about the process before this one.
          const known =
            this.gone && Date.now() - this.gone.at < 2 * REASON_WAIT ? this.gone.reason : undefined
          this.finish(known ?? (code === 0 ? undefined : 'abnormal-exit'))
        }, REASON_WAIT)
      })
    )
  }

  /** The process id; undefined before it runs and after its end. */
  get pid(): number | undefined {
    return this.child.pid
  }

  /** Sends a message; nothing happens where the process has gone. */
  send(message: MainToTrainer, ports: MessagePortMain[] = []): void {
    this.child.postMessage(message, ports)
  }

  /** Asks it to go, and makes it go if it does not. Its messages are no longer heard. */
  async end(): Promise<void> {
    this.expected = true
    this.over = true
    this.send({ type: 'bye' })
    const patience = setTimeout(() => this.child.kill(), GOODBYE)
    await this.ended
    clearTimeout(patience)
  }

  private finish(reason: DeathReason): void {
    if (this.over) return
    this.over = true
    if (!this.expected) this.listener.onDeath(reason)
  }
}
