import { parentPort } from 'node:worker_threads'
import type { DataFile } from '@core/data/files'
import type { Result } from '@core/result'
import { importBytes, importTable, readKept } from './importTable'
import type { ImportNews, ImportOrder } from './importMessages'
import { Cancelled } from './readFile'
import { tidyStore } from './store'

/* The entry of the thread that imports a file: neither the window nor main waits for it. */

const port = parentPort!
const stop = new AbortController()
/** Messages a second at most, about. */
const GAP_MS = 60

const tell = (news: ImportNews): void => port.postMessage(news)

async function carryOut({
  from,
  name,
  read
}: Extract<ImportOrder, { type: 'import' }>): Promise<Result<DataFile>> {
  let last = 0
  const options = {
    read,
    signal: stop.signal,
    progress: (progress: { readonly done: number; readonly rows: number }) => {
      if (performance.now() - last < GAP_MS) return
      last = performance.now()
      tell({ type: 'progress', ...progress })
    }
  }
  if ('path' in from) return importTable(from.path, name, { ...options, move: from.move })
  if ('bytes' in from) return importBytes(from.bytes, name, options)
  return readKept(from.kept.sha256, from.kept.bytes, name, options)
}

port.on('message', (order: ImportOrder) => {
  if (order.type === 'cancel') {
    stop.abort()
    return
  }
  carryOut(order)
    .then((result) => tell({ type: 'done', result }))
    .catch((error: unknown) => {
      // Anything but being cancelled ends the thread, which main hears of.
      if (!(error instanceof Cancelled)) throw error
      tell({ type: 'cancelled' })
    })
    .then(() => tidyStore())
    .catch((error: unknown) =>
      setImmediate(() => {
        throw error
      })
    )
})
