import type { SourceDescription } from '@core/registry/define'

/** The shares of what follows the last character of a text: [classes] of the answers to all of its characters. */
export function nextShares(
  told: Float32Array,
  values: Float32Array,
  { classes, target }: Pick<SourceDescription, 'classes' | 'target'>
): Float32Array {
  if (target.shape.length === 0) return told
  const read = values.findLastIndex((number) => number > 0) + 1
  return told.subarray((read - 1) * classes.length, read * classes.length)
}
