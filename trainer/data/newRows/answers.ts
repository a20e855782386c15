import type { DataAnswer, DataArgs } from '@core/ipc/dataProcess'
import type { ReadRows, RowsForm } from '@core/ipc/newRows'
import { fail, ok, type Result } from '@core/result'
import { openReaders } from '../pictures/pool'
import { openRows } from './open'
import type { RowsReader } from './reader'

type Question = 'openRows' | 'reopenRows' | 'nextRows' | 'lookAtRows' | 'closeRows'

/** Whoever asks for rows is told soon how far reading is, in ms. */
const PATIENCE = 250

/** What the window has opened for its network, one at a time. */
export function newRowsAnswers(bundle: string): {
  readonly [Q in Question]: (...args: DataArgs<Q>) => Promise<DataAnswer<Q>>
} {
  let open:
    { readonly id: number; readonly reader: RowsReader; readonly paths: readonly string[] } | undefined
  let waiting: Promise<Result<ReadRows>> | undefined
  let nextId = 1
  const close = (): void => {
    open?.reader.close()
    open = undefined
    waiting = undefined
  }
  const readerOf = (id: number): RowsReader | undefined => (open?.id === id ? open.reader : undefined)
  const start = async (paths: readonly string[], form: RowsForm): Promise<DataAnswer<'openRows'>> => {
    const opened = await openRows(paths, form, () => openReaders(bundle))
    if (!opened.ok) return opened
    close()
    open = { id: nextId++, reader: opened.value, paths }
    return ok({ id: open.id, name: opened.value.name })
  }
  const closed = () => fail({ code: 'closed', message: 'This file was closed.' })
  return {
    openRows: start,
    reopenRows: async (id, form) => (open?.id === id ? start(open.paths, form) : closed()),
    nextRows: async (id) => {
      const reader = readerOf(id)
      if (!reader) return closed()
      const own = (waiting ??= reader.next())
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<undefined>(
        (resolve) => (timer = setTimeout(() => resolve(undefined), PATIENCE))
      )
      try {
        const piece = await Promise.race([own, late])
        if (!piece) return ok({ type: 'reading', ...reader.progress() })
        waiting = undefined
        return piece
      } catch (error) {
        if (!readerOf(id)) return closed()
        close()
        throw error
      } finally {
        clearTimeout(timer)
      }
    },
    lookAtRows: async (id, rows) => {
      const reader = readerOf(id)
      return reader ? ok({ x: await reader.look(rows) }) : closed()
    },
    closeRows: (id) => {
      if (readerOf(id)) close()
      return Promise.resolve(ok(undefined))
    }
  }
}
