import { sizeOf } from '../graph/signal'
import type { Document } from '../document/schema'
import { sources } from '../registry'
import { hasFixedRows } from '../registry/define'
import { PARTS, type PartName } from './split'
import type { Dataset } from './dataset'

/** One example that a person has given another class, or left out. */
export type Correction = NonNullable<Document['data']['corrections']>[number]

/** Can single examples of this data be given another class? Each of them has just one. */
export function canRelabel({ y, target }: Pick<Dataset, 'y' | 'target'>): boolean {
  return y instanceof Int32Array && target.classes !== undefined && sizeOf(target.shape) === 1
}

/**
 * The data as a person has corrected it. An example that is left out keeps its row and belongs to no part, so that the
 * others stay where they are. What does not fit the data counts for nothing.
 */
export function corrected(dataset: Dataset, corrections: readonly Correction[] = []): Dataset {
  if (corrections.length === 0) return dataset
  const { y, target, parts } = dataset
  const labels = canRelabel(dataset) ? Int32Array.from(y!) : y
  if (labels !== y)
    for (const { row, label } of corrections)
      if (label !== null && row < dataset.rows && label < target.classes!) labels![row] = label
  return {
    ...dataset,
    y: labels,
    parts: Object.fromEntries(PARTS.map((part) => [part, keptRows(parts[part], corrections)])) as {
      [P in PartName]: Int32Array
    }
  }
}

/** These rows without those that are left out. */
export function keptRows(rows: Int32Array, corrections: readonly Correction[] = []): Int32Array {
  const excluded = new Set(corrections.flatMap(({ row, label }) => (label === null ? [row] : [])))
  return excluded.size === 0 ? rows : rows.filter((row) => !excluded.has(row))
}

/** The corrections with another one in the place of that of its row; without it where its row is as it was. */
export function withCorrection(
  corrections: readonly Correction[] = [],
  row: number,
  correction: Omit<Correction, 'row'> | undefined
): readonly Correction[] {
  const others = corrections.filter((own) => own.row !== row)
  return correction ? [...others, { row, ...correction }] : others
}

/** Are the rows of the data the same ones after this change? What was done to single rows means nothing for others. */
export function keepsRows(
  { source, seed }: Document['data'],
  change: Partial<Pick<Document['data'], 'source' | 'seed'>>
): boolean {
  if (change.source && JSON.stringify(change.source) !== JSON.stringify(source)) return false
  return change.seed === undefined || change.seed === seed || hasFixedRows(sources[source.type]!)
}
