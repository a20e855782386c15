import type { Document } from '../document/schema'
import { randomStream } from '../random/stream'

type Split = Document['data']['split']

/** The three parts data is split into. Training sees the first; curves and choices use the second; the third is scored once. */
export const PARTS = ['train', 'validation', 'test'] as const
export type PartName = (typeof PARTS)[number]

/** How many rows a share (up to 1) or a count (above 1) of them asks for; a count may ask for more than there are. */
const askedRows = (asked: number, rows: number): number => Math.round(asked > 1 ? asked : asked * rows)

/** Rows that the split asks for, and whether they can be had. */
export function splitSizes(
  { train, test }: Split,
  rows: number
): { readonly train: number; readonly test: number; readonly fits: boolean } {
  const asked = { train: askedRows(train, rows), test: askedRows(test, rows) }
  // Two halves of 201 rows round to 101 each: shares that fit take what is left.
  const fittingShares = train <= 1 && test <= 1 && train + test <= 1
  const testRows = fittingShares ? Math.min(asked.test, rows - asked.train) : asked.test
  return { train: asked.train, test: testRows, fits: asked.train >= 1 && asked.train + testRows <= rows }
}

/**
 * Row numbers of the parts: seeded, and stratified, so that every part has the classes in the same proportion.
 * All rows to one part keeps them in their order.
 */
export function splitRows(
  y: Int32Array,
  classes: number,
  split: Split,
  seed: number
): { readonly [P in PartName]: Int32Array } {
  const rows = y.length
  const asked = splitSizes(split, rows)
  const train = Math.min(rows, asked.train)
  if (train === rows)
    return {
      train: Int32Array.from({ length: rows }, (_, i) => i),
      validation: new Int32Array(),
      test: new Int32Array()
    }
  const shuffled = randomStream(seed, 'data/split').permutation(rows)
  const byClass = Array.from({ length: classes }, () => [] as number[])
  for (const row of shuffled) byClass[y[row]!]!.push(row)
  // Interleaved by their relative place in their class: every stretch of the list has the classes in proportion.
  const mixed = byClass
    .flatMap((list) => list.map((row, i) => ({ row, place: (i + 0.5) / list.length })))
    .sort((a, b) => a.place - b.place)
    .map((entry) => entry.row)
  const end = train + Math.min(asked.test, rows - train)
  const rowsBetween = (from: number, to: number) => Int32Array.from(mixed.slice(from, to)).sort()
  return {
    train: rowsBetween(0, train),
    test: rowsBetween(train, end),
    validation: rowsBetween(end, rows)
  }
}
