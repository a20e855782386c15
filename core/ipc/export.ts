import { z } from 'zod'
import { configSchema, documentSchema, type Document } from '../document/schema'
import type { ProjectFiles } from '../data/files'
import type { RawInput } from '../export/page/ask'
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
  /** What came of what a browser was asked to do. */
  | { readonly type: 'browsed'; readonly id: number; readonly result: Result<Browsed> }

/** What a browser does with an HTML file, without a network: a page is asked, or the file becomes sheets of paper. */
export type BrowserTask =
  { readonly kind: 'answers'; readonly raw: readonly RawInput[] } | { readonly kind: 'pdf' }
/** Answers to the first of the inputs; the bytes of a PDF file. */
export type Browsed = readonly (readonly number[])[] | Uint8Array

/** Export process → main. */
export type FromExport =
  | { readonly type: 'step'; readonly step: ExportStep }
  | { readonly type: 'made'; readonly id: number; readonly result: Result<ExportPreview> }
  | {
      readonly type: 'browse'
      readonly id: number
      readonly html: Uint8Array
      readonly task: BrowserTask
    }
  | { readonly type: 'files'; readonly id: number; readonly files: { readonly [name: string]: Uint8Array } }
