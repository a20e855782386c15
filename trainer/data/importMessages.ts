import type { DataFile } from '@core/data/files'
import type { ReadOptions } from '@core/data/table/sniff'
import type { Result } from '@core/result'
import type { ReadProgress } from './readFile'

/** Where the bytes of a file are. */
export type ImportFrom =
  | { readonly path: string; readonly move: boolean }
  | { readonly bytes: Uint8Array }
  /** In the store already, to be read in another way. */
  | { readonly kept: { readonly sha256: string; readonly bytes: number } }

/** Main → the thread that imports: one file, then the thread is done. */
export type ImportOrder =
  | {
      readonly type: 'import'
      readonly from: ImportFrom
      readonly name: string
      readonly read: ReadOptions | undefined
    }
  | { readonly type: 'cancel' }

/** The thread → main. */
export type ImportNews =
  | ({ readonly type: 'progress' } & ReadProgress)
  | { readonly type: 'done'; readonly result: Result<DataFile> }
  | { readonly type: 'cancelled' }
