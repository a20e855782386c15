import type { Document } from '../document/schema'
import { randomStream } from '../random/stream'

type Split = Document['data']['split']

/** The three parts data is split into. Training sees the first; curves and choices use the second; the third is scored once. */
export const PARTS = ['train', 'validation', 'test'] as const
export type PartName = (typeof PARTS)[number]

/** Row numbers of each part, in their order. */
export type Parts = { readonly [P in PartName]: Int32Array }

/** How many rows there are in each part. */
export function sizesOf({ train, validation, test }: Parts): { readonly [P in PartName]: number } {
  return { train: train.length, validation: validation.length, test: test.length }
}

/** How many rows a share (up to 1) or a count (above 1) of them asks for; a count may ask for more than there are. */
const askedRows = (asked: number, rows: number): number => Math.round(asked > 1 ? asked : asked * rows)

/** Rows that the split asks for, and whether they can be had. */
export function splitSizes(
  { train, test }: Pick<Split, 'train' | 'test'>,
  rows: number
): { readonly train: number; readonly test: number; readonly fits: boolean } {
  const asked = { train: askedRows(train, rows), test: askedRows(test, rows) }
  // Two halves of 201 rows round to 101 each: shares that fit take what is left.
  const fittingShares = train <= 1 && test <= 1 && train + test <= 1
  const testRows = fittingShares ? Math.min(asked.test, rows - asked.train) : asked.test
  return { train: asked.train, test: testRows, fits: asked.train >= 1 && asked.train + testRows <= rows }
}

/** The sizes of the parts, in rows. */
export type PartSizes = { readonly [P in PartName]: number }

/** All rows, with those held out. */
interface SomeRows {
  readonly rows: number
  readonly heldOut?: HeldOut
}

/** Rows of each part, without those that the makers of the data have set aside: as the trainer splits them. */
export function partSizes(split: Split, data: SomeRows): PartSizes {
  const rows = data.rows - (data.heldOut?.rows ?? 0)
  const asked = splitSizes(split, rows)
  const train = Math.min(rows, asked.train)
  const test = Math.min(asked.test, rows - train)
  return { train, test, validation: rows - train - test }
}

/** Rows of each part, with those that the makers of the data have set aside. */
export function allParts(split: Split, data: SomeRows): PartSizes {
  const sizes = partSizes(split, data)
  const { heldOut } = data
  return heldOut ? { ...sizes, [heldOut.part]: sizes[heldOut.part] + heldOut.rows } : sizes
}

/** Rows at the end of a data set that its makers have set aside, and for what. */
export interface HeldOut {
  readonly rows: number
  readonly part: 'validation' | 'test'
}

/** What rows are split by. */
export interface SplitRows {
  /** A class each; all alike where there are none. */
  readonly labels: Int32Array
  readonly classes: number
  readonly heldOut?: HeldOut | undefined
  /** Rows of one number stay in one part; negative numbers are groups of one row. */
  readonly groups?: Int32Array | undefined
}

/**
 * Row numbers of the parts: seeded, and stratified where the split says so, so that every part has the classes in the
 * same proportion. All rows to one part keeps them in their order. Rows that the data set's makers have held out go
 * where they belong; the split is about the others. Groups are never parted, so that sizes are met as nearly as the
 * groups allow.
 */
export function splitRows(
  { labels, classes, heldOut, groups }: SplitRows,
  split: Split,
  seed: number
): Parts {
  if (heldOut) {
    const rest = labels.length - heldOut.rows
    const parts = splitRows({ labels: labels.subarray(0, rest), classes }, split, seed)
    const aside = Int32Array.from({ length: heldOut.rows }, (_, i) => rest + i)
    return { ...parts, [heldOut.part]: Int32Array.from([...parts[heldOut.part], ...aside]) }
  }
  const rows = labels.length
  const asked = splitSizes(split, rows)
  const train = Math.min(rows, asked.train)
  if (train === rows)
    return {
      train: Int32Array.from({ length: rows }, (_, i) => i),
      validation: new Int32Array(),
      test: new Int32Array()
    }
  const test = Math.min(asked.test, rows - train)
  const strata =
    split.stratify !== false
      ? { labels, classes: Math.max(1, classes) }
      : { labels: new Int32Array(rows), classes: 1 }
  const shuffled = randomStream(seed, 'data/split').permutation(rows)
  if (groups) return splitGroups(shuffled, groups, strata, { train, test, validation: rows - train - test })
  const mixed = interleaved(shuffled, strata)
  const rowsBetween = (from: number, to: number): Int32Array => mixed.slice(from, to).sort()
  return {
    train: rowsBetween(0, train),
    test: rowsBetween(train, train + test),
    validation: rowsBetween(train + test, rows)
  }
}

interface Strata {
  readonly labels: Int32Array
  readonly classes: number
}

/** Rows by their relative place in their class: every stretch of the list has the classes in proportion. */
function interleaved(rows: ArrayLike<number>, { labels, classes }: Strata): Int32Array {
  const sizes = new Int32Array(classes)
  for (const label of labels) sizes[label]!++
  const lists = Array.from(sizes, (size) => new Int32Array(size))
  const filled = new Int32Array(classes)
  for (let i = 0; i < rows.length; i++) {
    const label = labels[rows[i]!]!
    lists[label]![filled[label]!++] = rows[i]!
  }
  const next = new Int32Array(classes)
  return Int32Array.from({ length: rows.length }, () => {
    let first = -1
    let least = Infinity
    for (let k = 0; k < classes; k++) {
      if (next[k] === sizes[k]) continue
      const place = (next[k]! + 0.5) / sizes[k]!
      if (place < least) {
        least = place
        first = k
      }
    }
    return lists[first]![next[first]!++]!
  })
}

/** Groups one after the other, each to the part that lacks most of what it has. */
function splitGroups(
  shuffled: ArrayLike<number>,
  groups: Int32Array,
  { labels, classes }: Strata,
  sizes: { readonly [P in PartName]: number }
): Parts {
  const members = new Map<number, number[]>()
  for (let i = 0; i < shuffled.length; i++) {
    const row = shuffled[i]!
    const key = groups[row]! < 0 ? -1 - row : groups[row]!
    const own = members.get(key)
    if (own) own.push(row)
    else members.set(key, [row])
  }
  const totals = new Float64Array(classes)
  for (const label of labels) totals[label]!++
  const wanted = PARTS.filter((part) => sizes[part] > 0)
  const share = (part: PartName): number => sizes[part] / labels.length
  const left = wanted.map((part) => totals.map((n) => n * share(part)))
  const taken = wanted.map((): number[] => [])
  // Large groups have few places to go; among equals the seed decides.
  const inTurn = [...members.values()].sort((a, b) => b.length - a.length)
  for (const rows of inTurn) {
    const counts = new Map<number, number>()
    for (const row of rows) counts.set(labels[row]!, (counts.get(labels[row]!) ?? 0) + 1)
    let best = 0
    let most = -Infinity
    for (const [i, lacks] of left.entries()) {
      let gain = 0
      for (const [label, n] of counts)
        gain += (n * lacks[label]!) / Math.max(1, totals[label]! * share(wanted[i]!))
      if (gain > most) {
        most = gain
        best = i
      }
    }
    taken[best]!.push(...rows)
    for (const [label, n] of counts) left[best]![label]! -= n
  }
  const rowsOf = (part: PartName): Int32Array => Int32Array.from(taken[wanted.indexOf(part)] ?? []).sort()
  return { train: rowsOf('train'), validation: rowsOf('validation'), test: rowsOf('test') }
}
