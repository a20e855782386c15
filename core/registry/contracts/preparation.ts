import type { ColumnKind } from '../../data/table/columns'
import type { ColumnProfile } from '../../data/table/profile'

/*
 * Cells reach these as numbers: a number as it is, a moment in ms since 1970, a category as its place in the column's
 * vocabulary. What is fitted sees the rows of the training part only, and is a list of numbers, so that it can travel
 * with a model.
 */

/** What stands in for a missing cell. */
export interface FillDefinition {
  readonly type: string
  readonly title: string
  readonly summary: string
  readonly kinds: readonly ColumnKind[]
  /** Rows that lack the cell are left out. */
  readonly drops?: true
  /** The stand-in, from the known cells of the training part in order of their rows; not a number leaves it missing. */
  readonly fit: (cells: Float64Array) => number
}

/** How a cell becomes numbers of an example. */
export interface EncodingDefinition {
  readonly type: string
  readonly title: string
  readonly summary: string
  readonly kinds: readonly ColumnKind[]
  /** What its numbers are called after the column's name; one number has no name of its own. */
  readonly names: (profile: ColumnProfile, vocabulary: readonly string[]) => readonly string[]
  /** From the cells of the training part, missing ones filled. */
  readonly fit: (cells: Float64Array, width: number) => readonly number[]
  /** Writes the cell's numbers, [width], from `at` on. A cell that is not a number is missing. */
  readonly apply: (
    state: readonly number[],
    cell: number,
    into: Float32Array,
    at: number,
    width: number
  ) => void
  /** The cell that a number was made of; undefined where there is more than one number. */
  readonly invert?: (state: readonly number[], value: number) => number
}

/** How a text is cut into what a network reads one after the other. Texts reach it in NFC and lower case. */
export interface TokenizationDefinition {
  readonly type: string
  readonly title: string
  readonly summary: string
  /** What one of them is called. */
  readonly one: string
  /** What parts them where they are written out again. */
  readonly between: string
  /** What is read and known where nothing else is said. */
  readonly most: { readonly length: number; readonly vocabulary: number }
  readonly cut: (text: string) => readonly string[]
}
