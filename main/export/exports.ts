import { shell } from 'electron'
import { basename } from 'node:path'
import { readDocument } from '@core/document/parse'
import type { ExportPreview } from '@core/export/preview'
import type { ExportOrder } from '@core/ipc'
import { fail, ok, type Result } from '@core/result'
import { tensorflowFor } from '@core/run/tensorflow'
import { writeFolder } from '../files/folder'
import { saveProblem } from '../files/words'
import { log } from '../log'
import type { Trainer } from '../trainer/trainer'
import type { ExportProcess } from './exportProcess'

/** Asks where to put a folder of this name; undefined where the person cancels. */
export type AskFolder = (suggested: string) => Promise<string | undefined>

/** Takes trained networks away: the weights come from the trainer, the files from the export process. */
export class Exports {
  /** The name of the one that was made last. */
  private made: string | undefined
  /** Where the last one was saved. */
  private saved: string | undefined

  constructor(
    private readonly process: ExportProcess,
    private readonly trainer: Trainer,
    private readonly ask: AskFolder
  ) {}

  async make(order: ExportOrder): Promise<Result<ExportPreview | undefined>> {
    const checked = readDocument(order.document)
    if (!checked.ok) return checked
    const document = checked.value
    const { epoch, ...rest } = order
    this.made = undefined
    const state =
      epoch === null ? await this.trainer.trainedState(document) : await this.trainer.stateAt(document, epoch)
    if (!state)
      return fail({
        code: 'not-trained',
        message: 'Nothing is learned yet by the network as it is drawn now.',
        detail: 'Train it, then export it.'
      })
    const settings = tensorflowFor(document, order.files)
    const made = await this.process.make({ ...rest, document, checkpoint: state.bytes }, settings)
    if (made.ok && made.value) this.made = made.value.name
    return made
  }

  /** Asks where to, then writes all of it or nothing. */
  async save(): Promise<Result<{ readonly savedAs: string } | undefined>> {
    if (this.made === undefined)
      return fail({
        code: 'export',
        message: 'There is no export to be saved.',
        detail: 'Choose a format first.'
      })
    const path = await this.ask(this.made)
    if (path === undefined) return ok(undefined)
    const files = await this.process.take()
    if (Object.keys(files).length === 0)
      return fail({
        code: 'export',
        message: 'The export is not there any more.',
        detail: 'Choose its format again.'
      })
    try {
      await writeFolder(path, files)
    } catch (error) {
      log.error('an export could not be written', error)
      return fail(
        saveProblem(
          error,
          path,
          Object.values(files).reduce((n, { length }) => n + length, 0)
        )
      )
    }
    this.saved = path
    return ok({ savedAs: basename(path) })
  }

  /** Shows what was saved last in the system's own window of files. */
  show(): void {
    if (this.saved !== undefined) shell.showItemInFolder(this.saved)
  }

  end(): void {
    this.made = undefined
    this.process.end()
  }
}
