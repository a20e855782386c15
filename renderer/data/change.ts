import type { PartSizes } from '@core/data/split'
import type { Document } from '@core/document/schema'
import { sources } from '@core/registry'
import { defaultsOf, type Config, type Part } from '@core/registry/fields'

/** Another source, with the settings that mean the same in both: 400 points stay 400 points. */
export function changeSource(from: Part, type: string): Part {
  const old = sources[from.type]!.fields
  const { fields } = sources[type]!
  const kept: Config = Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const value = from.config[name]
      return old[name] === field && value !== undefined ? [[name, value]] : []
    })
  )
  return { type, config: { ...defaultsOf(fields), ...kept } }
}

type Split = Document['data']['split']

/**
 * The split with these numbers of rows. A part that was a share of the rows stays one; a single row or none cannot
 * be a count, as 1 means all of them.
 */
export function splitOf(before: Split, sizes: Omit<PartSizes, 'validation'>, rows: number): Split {
  const asBefore = (was: number, n: number): number => (was > 1 && n > 1 ? n : n / rows)
  return { ...before, train: asBefore(before.train, sizes.train), test: asBefore(before.test, sizes.test) }
}

/** Rows of each class, in the order of the classes. */
export function classCounts(y: Int32Array, classes: number): readonly number[] {
  const counts = new Array<number>(classes).fill(0)
  for (const label of y) counts[label]!++
  return counts
}
