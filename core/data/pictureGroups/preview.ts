import { z } from 'zod'
import { documentSchema } from '../../document/schema'
import { sizesOf } from '../split'
import { keptRows } from '../corrections'
import { specimenOf, suggestPatterns } from './names'
import { splitPictures, surplusCopies, type PictureFile } from './split'

const count = z.int().nonnegative()

/** The settings that the split of a folder hangs on. */
export const splitSettingsSchema = documentSchema
  .unwrap()
  .shape.data.unwrap()
  .pick({ split: true, seed: true, corrections: true })
export type SplitSettings = z.infer<typeof splitSettingsSchema>

/** How the pictures of a folder come out of the split. */
export const pictureSplitSchema = z.strictObject({
  /** Pictures of each part. */
  sizes: z.strictObject({ train: count, validation: count, test: count }),
  /** Ways of keeping pictures together that their names offer. */
  suggestions: z.array(z.strictObject({ pattern: z.string(), groups: count, largest: count })),
  /** The largest groups by name, with some of their files. */
  groups: z.array(z.strictObject({ name: z.string(), count, files: z.array(z.string()) })),
  /** Groups with more than one picture, and pictures that are by themselves. */
  together: count,
  alone: count,
  /** Pictures that are left out where each one counts once. */
  surplus: count
})
export type PictureSplit = z.infer<typeof pictureSplitSchema>

/** Groups that are told, and files of each. */
const GROUPS = 4
const FILES = 3

/** How these pictures come out of a split, with what their names offer. */
export function previewSplit(
  files: readonly PictureFile[],
  classes: number,
  { split, seed, corrections }: SplitSettings
): PictureSplit {
  const parts = splitPictures(files, classes, split, seed)
  const groups = new Map<string, string[]>()
  for (const { path } of split.group === undefined ? [] : files) {
    const name = specimenOf(path, split.group!)
    if (name === undefined) continue
    const own = groups.get(name)
    if (own) own.push(path)
    else groups.set(name, [path])
  }
  const together = [...groups].filter(([, paths]) => paths.length > 1)
  const inGroups = together.reduce((sum, [, paths]) => sum + paths.length, 0)
  return {
    sizes: sizesOf({
      train: keptRows(parts.train, corrections),
      validation: keptRows(parts.validation, corrections),
      test: keptRows(parts.test, corrections)
    }),
    suggestions: suggestPatterns(files).map((own) => ({ ...own })),
    groups: together
      .sort(([, a], [, b]) => b.length - a.length)
      .slice(0, GROUPS)
      .map(([name, paths]) => ({ name, count: paths.length, files: paths.slice(0, FILES) })),
    together: together.length,
    alone: files.length - inGroups,
    surplus: surplusCopies(files).size
  }
}
