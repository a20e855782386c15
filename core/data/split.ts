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

/** Rows at the end of a data set that its makers have set aside, and for what. */
export interface HeldOut {
  readonly rows: number
  readonly part: 'validation' | 'test'
}

/**
 * Row numbers of the parts: seeded, and stratified, so that every part has the classes in the same proportion.
 * All rows to one part keeps them in their order. Rows that the data set's makers have held out go where they
 * belong; the split is about the others.
 */
export function splitRows(
  y: Int32Array,
  classes: number,
  split: Split,
  seed: number,
  heldOut?: HeldOut
): { readonly [P in PartName]: Int32Array } {
  if (heldOut) {
    const rest = y.length - heldOut.rows
    const parts = splitRows(y.subarray(0, rest), classes, split, seed)
    const aside = Int32Array.from({ length: heldOut.rows }, (_, i) => rest + i)
    return { ...parts, [heldOut.part]: Int32Array.from([...parts[heldOut.part], ...aside]) }
  }
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
  const byClass = Array.from({ length: Math.max(1, classes) }, () => [] as number[])
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
