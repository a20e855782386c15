import type { Dataset } from '@core/data/dataset'
import type { Document } from '@core/document/schema'
import type { ProjectFiles } from '@core/data/files'
import type { NamedTensor } from '@core/run/checkpoint'
import type { Pictures, Windows } from './pictures'

/** A network that pictures are made of, without its weights. */
export interface Subject {
  readonly document: Document
  readonly files: ProjectFiles
  /** What the pictures are made of: not every row of a large table. */
  readonly shown: Dataset
}

/** Training thread → view worker. Each is answered before the next one is sent. */
export interface PictureOrder {
  /** Where the network is another one than last time. */
  readonly subject?: Subject
  /** A newer revision of its document, with other hot settings. */
  readonly document?: Document
  readonly windows: Windows
  readonly weights: readonly NamedTensor[]
}

/** View worker → training thread. */
export type PictureAnswer =
  | { readonly type: 'drawn'; readonly pictures: Pictures; readonly ms: number }
  /** There are no pictures of this network from there, and why. */
  | { readonly type: 'unable'; readonly reason: string }
