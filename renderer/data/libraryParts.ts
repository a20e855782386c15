import { PARTS, type PartSizes } from '@core/data/split'
import type { Document } from '@core/document/schema'
import type { SourceDescription } from '@core/registry/define'
import { sources } from '@core/registry'
import type { TrainerLink } from '../state/trainer.svelte'

/** Parts of a set of the library without what was left out by hand, and how many of those set aside are left. */
export interface LibraryParts {
  readonly sizes: PartSizes
  readonly heldOut: number
}

type Data = Document['data']

/** Rows of this set that are left out; empty where it is not of the library. */
export function leftOutOf({ source, corrections = [] }: Data): readonly number[] {
  const fromLibrary = sources[source.type]!.library !== undefined
  return fromLibrary ? corrections.flatMap(({ row, label }) => (label === null ? [row] : [])) : []
}

/** The parts as the trainer has them, of which only it knows the classes that they are split by. */
export async function libraryParts(
  trainer: TrainerLink,
  data: Data,
  { rows, heldOut }: Pick<SourceDescription, 'rows' | 'heldOut'>
): Promise<LibraryParts | undefined> {
  const pages = await Promise.all(
    PARTS.map((part) => trainer.examples({ part, order: 'row', from: 0, count: 1 }))
  )
  if (pages.some((page) => !page)) return undefined
  const aside = heldOut?.rows ?? 0
  const left = aside - leftOutOf(data).filter((row) => row >= rows - aside).length
  const [train = 0, validation = 0, test = 0] = PARTS.map(
    (part, i) => pages[i]!.total - (heldOut?.part === part ? left : 0)
  )
  return { sizes: { train, validation, test }, heldOut: left }
}
