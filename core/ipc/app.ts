import { z } from 'zod'
import type { DataFile, ProjectFiles } from '../data/files'
import type { Document } from '../document/schema'
import type { Problem } from '../result'

/** What the window and main speak of. */

/** What a person can set for the whole app. */
export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** Shapes as well as colours for classes. */
  classShapes: z.boolean(),
  /** Widths and panels a person has arranged, by name. */
  layout: z.record(z.string().max(40), z.number()),
  /** The export format whose program is shown beside the canvas. */
  program: z.string().max(40).optional()
})
export type Settings = z.infer<typeof settingsSchema>
export const defaultSettings: Settings = { theme: 'system', classShapes: false, layout: {} }

/** Files that the window makes of what it shows, by kind. */
export const EXPORT_KINDS = {
  csv: { title: 'Table', ending: 'csv' },
  png: { title: 'Picture', ending: 'png' },
  svg: { title: 'Drawing', ending: 'svg' },
  txt: { title: 'Text', ending: 'txt' }
} as const
export type ExportKind = keyof typeof EXPORT_KINDS

/** What About and the status bar say. */
export interface AppInfo {
  readonly version: string
  readonly electron: string
  readonly chromium: string
  readonly node: string
  readonly platform: string
  /** Electron came from a stand-in distribution, and from which. */
  readonly standIn: string | undefined
  /** --smoke: train the first project and report. */
  readonly smoke: boolean
}

/** A project in the list of recent ones. Paths stay in main: the renderer gets a handle. */
export interface RecentProject {
  readonly handle: string
  readonly name: string
  readonly folder: string
  /** Milliseconds since 1970. */
  readonly opened: number
  readonly thumbnail: Uint8Array | undefined
  /** Best validation accuracy, where it was trained. */
  readonly accuracy: number | undefined
  readonly missing: boolean
}

/** A project that was opened or recovered. */
export interface OpenedProject {
  readonly document: Document
  readonly files: ProjectFiles
  /** File name without ending and folder; undefined for one never saved. */
  readonly savedAs: string | undefined
  readonly trained: boolean
  readonly recovered: boolean
  /** What could not be read of its files. */
  readonly problems: readonly Problem[]
  /** It was made of a trained model of another program. */
  readonly broughtIn?: true
}

/** A file that was taken into the data store. */
export interface ImportedFile {
  readonly name: string
  readonly file: DataFile
}
