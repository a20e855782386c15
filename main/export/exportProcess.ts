import type { UtilityProcess } from 'electron'
import type { ExportPreview, ExportStep } from '@core/export/preview'
import type { FromExport, ToExport } from '@core/ipc'
import { fail, type Result } from '@core/result'
import { tensorflowEnvironment, type TensorflowSettings } from '@core/run/tensorflow'
import { fork } from '../fork'
import { log } from '../log'
import { browse } from './browser'

type Order = Omit<Extract<ToExport, { type: 'make' }>, 'type' | 'id'>
type Made = Result<ExportPreview | undefined>

/** The process that makes exports and keeps the last one. Giving up what it does ends it. */
export class ExportProcess {
  private child: UtilityProcess | undefined
  private nextId = 1
  private making: { readonly id: number; readonly answer: (made: Made) => void } | undefined
  private taking: ((files: { readonly [name: string]: Uint8Array }) => void) | undefined

  constructor(
    private readonly files: { readonly bundle: string; readonly data: string },
    private readonly onStep: (step: ExportStep) => void
  ) {}

  /** Makes an export; undefined where it was given up. One that is still being made is given up for it. */
  make(order: Order, settings: TensorflowSettings): Promise<Made> {
    if (this.making) this.end()
    const id = this.nextId++
    return new Promise((answer) => {
      this.making = { id, answer }
      this.process(settings).postMessage({ type: 'make', id, ...order } satisfies ToExport)
    })
  }

  /** The files of the last export; none where the process has ended. */
  take(): Promise<{ readonly [name: string]: Uint8Array }> {
    const { child } = this
    if (!child) return Promise.resolve({})
    return new Promise((resolve) => {
      this.taking = resolve
      child.postMessage({ type: 'take', id: this.nextId++ } satisfies ToExport)
    })
  }

  /** Ends the process, and with it what it makes and what it keeps. */
  end(): void {
    const { child } = this
    this.child = undefined
    child?.kill()
    this.settle({ ok: true, value: undefined })
  }

  private process(settings: TensorflowSettings): UtilityProcess {
    if (this.child) return this.child
    const { bundle, data } = this.files
    const child = fork({
      ...{ name: 'export', bundle },
      env: { NETLOOM_DATA: data, ...tensorflowEnvironment(settings) }
    })
    child.on('message', (message: FromExport) => {
      if (child === this.child) this.onMessage(message)
    })
    child.once('exit', (code) => {
      if (child !== this.child) return
      log.error(`the export process ended with ${code}`)
      this.child = undefined
      this.settle(
        fail({
          code: 'export-died',
          message: 'The part of Netloom that exports has crashed.',
          detail: 'Your network is untouched. Try again, or choose another format.'
        })
      )
    })
    this.child = child
    return child
  }

  private onMessage(message: FromExport): void {
    switch (message.type) {
      case 'step':
        return this.onStep(message.step)
      case 'made':
        if (message.id === this.making?.id) this.settle(message.result)
        return
      case 'browse':
        return void this.browse(message)
      case 'files':
        this.taking?.(message.files)
        this.taking = undefined
    }
  }

  private async browse({ id, html, task }: Extract<FromExport, { type: 'browse' }>): Promise<void> {
    const { child } = this
    const result = await browse(html, task).catch((error: unknown) => {
      log.error('a page could not be opened', error)
      return fail({ code: 'browser', message: error instanceof Error ? error.message : String(error) })
    })
    // Given up meanwhile: nobody waits for it.
    if (child && child === this.child) child.postMessage({ type: 'browsed', id, result } satisfies ToExport)
  }

  private settle(made: Made): void {
    const { making, taking } = this
    this.making = undefined
    this.taking = undefined
    making?.answer(made)
    // Whoever waits for files of a process that has gone gets none.
    taking?.({})
  }
}
