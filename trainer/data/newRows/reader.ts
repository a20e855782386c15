import type { ReadRows } from '@core/ipc/newRows'
import type { Result } from '@core/result'

/** New rows on their way to a network; see `RowsPiece`. */
export interface RowsReader {
  /** Of the file or the folder. */
  readonly name: string
  /** The next rows. A file that cannot be read at all says so with the first of them. */
  readonly next: () => Promise<Result<ReadRows>>
  /** How far reading is, before there are rows. */
  readonly progress: () => { readonly done: number; readonly rows: number }
  /** Pictures of these rows as the network gets them, black where one cannot be read. None of a table. */
  readonly look: (rows: readonly number[]) => Promise<Uint8Array>
  /** Whoever waits for rows gets an error. */
  readonly close: () => void
}
