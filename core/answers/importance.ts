/* How much a network's answers hang on each column of its data. */

/** Numbers of an example that stand for one thing: a column of a table may become several. */
export interface FeatureGroup {
  readonly name: string
  /** Place of its first number in an example. */
  readonly from: number
  readonly count: number
}

/** How much a score falls when a feature is shuffled. */
export interface Importance {
  readonly name: string
  /** Mean over the shuffles, in the score's own unit; below 0 where chance made it rise. */
  readonly drop: number
  /** Standard deviation over the shuffles. */
  readonly deviation: number
}

/** One feature for each number of an example. */
export const singly = (features: readonly string[]): readonly FeatureGroup[] =>
  features.map((name, from) => ({ name, from, count: 1 }))

/** Columns that became these numbers of an example, one after the other. */
export function grouped(
  columns: readonly { readonly name: string; readonly names: readonly string[] }[]
): readonly FeatureGroup[] {
  let from = 0
  return columns.map(({ name, names }) => {
    const group = { name, from, count: names.length }
    from += names.length
    return group
  })
}

/**
 * Examples [rows, width] in which each row has the feature's numbers of the row that `order` names, and all others of
 * its own: what the feature said about a row is gone, how its numbers are spread is not.
 */
export function shuffledIn(
  x: Float32Array,
  width: number,
  { from, count }: FeatureGroup,
  order: Int32Array
): Float32Array<ArrayBuffer> {
  const shuffled = Float32Array.from(x)
  for (const [row, other] of order.entries())
    shuffled.set(x.subarray(other * width + from, other * width + from + count), row * width + from)
  return shuffled
}

/**
 * Permutation importance (Breiman, Random Forests, 2001): the score as it is less the mean score of the shuffles, as
 * scikit-learn's `permutation_importance`.
 */
export function importanceOf(name: string, score: number, shuffled: readonly number[]): Importance {
  const drops = shuffled.map((one) => score - one)
  const drop = drops.reduce((sum, one) => sum + one, 0) / drops.length
  const variance = drops.reduce((sum, one) => sum + (one - drop) ** 2, 0) / drops.length
  return { name, drop, deviation: Math.sqrt(variance) }
}
