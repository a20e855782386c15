import type { Document } from '../../document/schema'
import { PARTS, splitRows, type PartName, type Parts } from '../split'
import { specimenOf } from './names'

type Split = Document['data']['split']

/** A picture of a folder, as far as splitting goes. */
export interface PictureFile {
  /** Within the folder, with slashes. */
  readonly path: string
  readonly klass: number
  /** Of its file: equal for copies. */
  readonly sha1: string
}

/**
 * The parts of a folder's pictures. Pictures of one specimen stay in one part where the split says how their names tell
 * it, and so do copies of one picture, always: a copy of a picture to learn from is no new one.
 */
export function splitPictures(
  files: readonly PictureFile[],
  classes: number,
  split: Split,
  seed: number
): Parts {
  const labels = Int32Array.from(files, ({ klass }) => klass)
  const parts = splitRows({ labels, classes, groups: groupsOf(files, split.group) }, split, seed)
  if (split.copies !== 'once') return parts
  const left = surplusCopies(files)
  return mapParts((part) => parts[part].filter((row) => !left.has(row)))
}

/** A number a picture that those have in common which stay together; −1 for one by itself. */
export function groupsOf(files: readonly PictureFile[], pattern: string | undefined): Int32Array | undefined {
  // Each picture leads to another one of its group, the first one to itself.
  const leads = Int32Array.from(files.keys())
  const first = (row: number): number => {
    let at = row
    while (leads[at] !== at) at = leads[at] = leads[leads[at]!]!
    return at
  }
  const join = (keyOf: (file: PictureFile) => string | undefined): void => {
    const known = new Map<string, number>()
    for (const [row, file] of files.entries()) {
      const key = keyOf(file)
      if (key === undefined) continue
      const other = known.get(key)
      if (other === undefined) known.set(key, row)
      else leads[first(row)] = first(other)
    }
  }
  join(({ sha1 }) => sha1)
  if (pattern !== undefined) join(({ path }) => specimenOf(path, pattern))
  const sizes = new Int32Array(files.length)
  const roots = leads.map((_, row) => first(row))
  for (const root of roots) sizes[root]!++
  const groups = roots.map((root) => (sizes[root]! > 1 ? root : -1))
  return groups.some((group) => group >= 0) ? groups : undefined
}

/** Rows that are left out where each picture counts once: all but the first; all where they have several classes. */
export function surplusCopies(files: readonly PictureFile[]): ReadonlySet<number> {
  const rows = new Map<string, number[]>()
  for (const [row, { sha1 }] of files.entries()) {
    const own = rows.get(sha1)
    if (own) own.push(row)
    else rows.set(sha1, [row])
  }
  return new Set(
    [...rows.values()].flatMap((own) =>
      own.every((row) => files[row]!.klass === files[own[0]!]!.klass) ? own.slice(1) : own
    )
  )
}

function mapParts(of: (part: PartName) => Int32Array): Parts {
  return Object.fromEntries(PARTS.map((part) => [part, of(part)])) as { [P in PartName]: Int32Array }
}
