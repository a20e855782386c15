import type { Document } from '../document/schema'
import type { ProjectFiles } from '../graph/derive'
import { randomStream } from '../random/stream'
import { sources } from '../registry'
import { fail, ok, type Result } from '../result'

/** The three parts data is split into. Training sees the first; curves and choices use the second; the third is scored once. */
export const PARTS = ['train', 'validation', 'test'] as const
export type PartName = (typeof PARTS)[number]

/** Rows of numbers with a class each, and which part each row belongs to. */
export interface Dataset {
  readonly features: readonly string[]
  readonly classes: readonly string[]
  /** [rows, features], row-major. */
  readonly x: Float32Array
  /** [rows], places in `classes`. */
  readonly y: Int32Array
  readonly rows: number
  /** Row numbers of each part. */
  readonly parts: { readonly [P in PartName]: Int32Array }
}

/** The data a document describes: a function of the document and the files that travel with it. */
export function makeDataset(data: Document['data'], files: ProjectFiles): Result<Dataset> {
  const source = sources[data.source.type]!
  const described = source.describe(data.source.config, files)
  if ('code' in described) return fail(described)
  const { x, y } = source.generate(data.source.config, files, data.seed)
  const { features, classes } = described
  return ok({
    features,
    classes,
    x,
    y,
    rows: y.length,
    parts: split(y, classes.length, data.split, data.seed)
  })
}

/** A number of rows from a share (up to 1) or a count (above 1). */
export function rowsOf(asked: number, rows: number): number {
  return Math.min(rows, asked > 1 ? Math.round(asked) : Math.round(asked * rows))
}

/**
 * Row numbers of the parts: seeded, and stratified, so that every part has the classes in the same proportion.
 * All rows to one part keeps them in their order.
 */
function split(
  y: Int32Array,
  classes: number,
  { train, test }: Document['data']['split'],
  seed: number
): Dataset['parts'] {
  const rows = y.length
  const sizes = { train: rowsOf(train, rows), test: rowsOf(test, rows) }
  const all = Int32Array.from({ length: rows }, (_, i) => i)
  if (sizes.train === rows) return { train: all, validation: new Int32Array(), test: new Int32Array() }
  const shuffled = randomStream(seed, 'data/split').permutation(rows)
  const byClass = Array.from({ length: classes }, () => [] as number[])
  for (const row of shuffled) byClass[y[row]!]!.push(row)
  // Interleaved by their relative place in their class: every stretch of the list has the classes in proportion.
  const mixed = byClass
    .flatMap((list) => list.map((row, i) => ({ row, place: (i + 0.5) / list.length })))
    .sort((a, b) => a.place - b.place)
    .map((entry) => entry.row)
  const end = sizes.train + Math.min(sizes.test, rows - sizes.train)
  const rowsBetween = (from: number, to: number) => Int32Array.from(mixed.slice(from, to)).sort()
  return {
    train: rowsBetween(0, sizes.train),
    test: rowsBetween(sizes.train, end),
    validation: rowsBetween(end, rows)
  }
}
