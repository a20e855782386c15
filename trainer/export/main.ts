import type { ExportFiles } from '@core/export/format'
import { formats } from '@core/export/formats'
import type { Browsed, BrowserTask, FromExport, ToExport } from '@core/ipc'
import { completeConfig } from '@core/registry/complete'
import { fail, ok, type Problem, type Result } from '@core/result'
import { decodeCheckpoint } from '@core/run/checkpoint'
import { makeExport, type Exported } from './job'
import type { Browser } from './readers/reader'

/** The entry of the export process, an Electron utility process: one export at a time, kept in memory until it is taken. */

const tell = (message: FromExport): void => process.parentPort.postMessage(message)

let made: ExportFiles = {}
/** What waits for the browser, by number. */
const browsing = new Map<number, (result: Result<Browsed>) => void>()
let nextBrowse = 1

/** Main has a browser: Electron's own. */
async function browse(html: Uint8Array, task: BrowserTask): Promise<Browsed> {
  const id = nextBrowse++
  const result = await new Promise<Result<Browsed>>((resolve) => {
    browsing.set(id, resolve)
    tell({ type: 'browse', id, html, task })
  })
  if (!result.ok) throw new Error(result.problems[0]!.message)
  return result.value
}

const browser: Browser = {
  answers: async (page, raw) =>
    (await browse(page, { kind: 'answers', raw })) as readonly (readonly number[])[],
  pdf: async (html) => (await browse(html, { kind: 'pdf' })) as Uint8Array
}

async function make(order: Extract<ToExport, { type: 'make' }>): Promise<Result<Exported>> {
  const { checkpoint, ...rest } = order
  const decoded = decodeCheckpoint(checkpoint)
  if (!decoded.ok) return decoded
  const format = formats[order.format]
  if (!format) return fail({ code: 'export', message: `There is no format ${order.format}.` })
  const problems: Problem[] = []
  const config = completeConfig(format.fields, order.config, 'config', problems)
  if (problems.length > 0) return fail(...problems)
  const { tensors: weights, epoch, history } = decoded.value
  return makeExport({ ...rest, format, config, weights, epoch, history, browser }, (step) =>
    tell({ type: 'step', step })
  )
}

process.parentPort.on('message', ({ data }: Electron.MessageEvent) => {
  const message = data as ToExport
  if (message.type === 'browsed') {
    browsing.get(message.id)?.(message.result)
    return void browsing.delete(message.id)
  }
  if (message.type === 'take') return tell({ type: 'files', id: message.id, files: made })
  void make(message)
    .catch((error: unknown): Result<never> => {
      console.error(error)
      const words = error instanceof Error ? error.message : String(error)
      return fail({ code: 'export', message: `The export could not be made: ${words}` })
    })
    .then((result) => {
      if (result.ok) made = result.value.files
      tell({ type: 'made', id: message.id, result: result.ok ? ok(result.value.preview) : result })
    })
})
