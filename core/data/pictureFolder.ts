import { z } from 'zod'
import { pictureSettingsSchema } from './pictureSettings'

/** What a project knows of a folder of pictures: a reference, never the pictures themselves. */
export const pictureFolderSchema = z
  .strictObject({
    /** Name of the folder, without the way to it. */
    name: z.string().max(255),
    /** Of what is in it, in hexadecimal: its place in the cache. */
    key: z.string().regex(/^[0-9a-f]{64}$/),
    layout: z.enum(['folders', 'names', 'index']),
    classes: z.array(z.string()).min(1),
    /** Pictures of each class that can be used. */
    counts: z.array(z.int().nonnegative()),
    /** Files that were left out, and those that are odd and used all the same. */
    leftOut: z.int().nonnegative(),
    odd: z.int().nonnegative(),
    /** Pictures that are there more than once. */
    twins: z.int().nonnegative()
  })
  .readonly()
export type PictureFolder = z.infer<typeof pictureFolderSchema>

/** How far reading a folder is, in files. */
export const readingProgressSchema = z.strictObject({
  step: z.enum(['looking', 'reading']),
  done: z.int().nonnegative(),
  total: z.int().nonnegative()
})
export type ReadingProgress = z.infer<typeof readingProgressSchema>

/** A file that is left out, or used although it is odd. */
const oddFileSchema = z.strictObject({
  /** Within the folder. */
  path: z.string(),
  /** Words that follow the name: "is empty". */
  reason: z.string(),
  used: z.boolean()
})
export type OddFile = Readonly<z.infer<typeof oddFileSchema>>

/** The same picture under another name. */
const twinSchema = z.strictObject({
  path: z.string(),
  of: z.string(),
  /** They stand for different classes: one of them is wrong. */
  otherClass: z.boolean()
})
export type Twin = Readonly<z.infer<typeof twinSchema>>

/** What is odd about the files of a folder: at most so many of each. */
export const folderDetailsSchema = z.strictObject({
  files: z.array(oddFileSchema),
  twins: z.array(twinSchema)
})
export type FolderDetails = z.infer<typeof folderDetailsSchema>

/** What some pictures of a folder have in common: what a first size goes by. */
export const pictureHintsSchema = z.strictObject({
  /** Of the picture in the middle, by its shorter side, in pixels. */
  width: z.int(),
  height: z.int(),
  sameShape: z.boolean(),
  grey: z.boolean()
})
export type PictureHints = z.infer<typeof pictureHintsSchema>

/** A folder that has been read, and the size it was read at. */
export const readFolderSchema = z.strictObject({
  folder: pictureFolderSchema,
  settings: pictureSettingsSchema,
  /** Where the size was chosen by them. */
  hints: pictureHintsSchema.nullable()
})
export type ReadFolder = z.infer<typeof readFolderSchema>

const bytes = z.custom<Uint8Array>((v) => v instanceof Uint8Array, 'must be bytes')

/** A picture as the window draws it: red, green, blue and alpha of each pixel. */
const paintedSchema = z.strictObject({ width: z.int(), height: z.int(), rgba: bytes })
export type Painted = z.infer<typeof paintedSchema>

/** A picture of the folder as it is, made small, and as the network gets it. */
export const beforeAfterSchema = z.strictObject({
  path: z.string(),
  before: paintedSchema,
  after: paintedSchema
})
export type BeforeAfter = z.infer<typeof beforeAfterSchema>
