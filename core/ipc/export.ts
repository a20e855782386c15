import { z } from 'zod'
import { configSchema, documentSchema, type Document } from '../document/schema'
import type { ProjectFiles } from '../data/files'
import type { ExportPreview, ExportStep } from '../export/preview'
import type { Config } from '../registry/fields'
import type { Result } from '../result'
import { files } from './values'

/** Renderer → main: what is to be exported. */
export const exportOrderSchema = z.strictObject({
  document: documentSchema,
  files,
  /** An id of the document. */
  network: z.string().max(80),
  /** The epoch whose weights are meant; null is now. */
  epoch: z.int().nonnegative().nullable(),
  format: z.string().max(40),
  config: configSchema
})
export type ExportOrder = z.infer<typeof exportOrderSchema>

/** Main → export process. */
export type ToExport =
  | {
      readonly type: 'make'
      readonly id: number
      readonly document: Document
      readonly files: ProjectFiles
      readonly network: string
      readonly format: string
      readonly config: Config
      /** A training state of the document. */
      readonly checkpoint: Uint8Array
    }
  /** The files of the export that was made last. */
  | { readonly type: 'take'; readonly id: number }

/** Export process → main. */
export type FromExport =
  | { readonly type: 'step'; readonly step: ExportStep }
  | { readonly type: 'made'; readonly id: number; readonly result: Result<ExportPreview> }
  | { readonly type: 'files'; readonly id: number; readonly files: { readonly [name: string]: Uint8Array } }
