import type { Usage } from './format'
import type { Proof } from './proof'

/** What is done for an export, in order: data is read, files are made in memory, they are read back. */
export const EXPORT_STEPS = ['data', 'writing', 'checking'] as const
export type ExportStep = (typeof EXPORT_STEPS)[number]

/** An export that was made and proven, as it is shown before it is saved. */
export interface ExportPreview {
  /** A name for its folder. */
  readonly name: string
  readonly epoch: number
  /** In the order in which people should see them; sizes in bytes. */
  readonly files: readonly { readonly name: string; readonly bytes: number }[]
  readonly proof: Proof
  readonly usage: Usage
  /** What the code prints, where it asks examples that are written out in it. */
  readonly prints?: string
}
