import type { MetricInput } from './define'

/** How often each class was right, missed and claimed wrongly. */
export interface ClassCounts {
  readonly right: number
  /** Said, but another class was true. */
  readonly claimed: number
  /** True, but another class was said. */
  readonly missed: number
}

/** Place of the largest of these numbers; the first of equal ones, as in Keras. */
export function largest(values: Float32Array, from: number, count: number): number {
  let best = 0
  for (let i = 1; i < count; i++) if (values[from + i]! > values[from + best]!) best = i
  return best
}

/** The class that a row of shares or of a one-hot answer names; with one output, class 1 from 0.5 up. */
export function classOf(values: Float32Array, row: number, outputs: number): number {
  return outputs === 1 ? Number(values[row]! >= 0.5) : largest(values, row * outputs, outputs)
}

/** The counts of each class; of two classes for one output. */
export function countClasses({ prediction, target, rows, outputs }: MetricInput): readonly ClassCounts[] {
  const counts = Array.from({ length: Math.max(2, outputs) }, () => ({ right: 0, claimed: 0, missed: 0 }))
  for (let row = 0; row < rows; row++) {
    const said = classOf(prediction, row, outputs)
    const truth = classOf(target, row, outputs)
    if (said === truth) counts[truth]!.right++
    else {
      counts[said]!.claimed++
      counts[truth]!.missed++
    }
  }
  return counts
}

/**
 * The score of class 1 where there are two classes; the plain mean over the classes where there are more, in which one
 * without a score counts 0 (Keras' F1Score with average="macro"). Not a number where nothing has a score.
 */
export function overClasses(input: MetricInput, score: (counts: ClassCounts) => number): number {
  const counts = countClasses(input)
  if (counts.length === 2) return score(counts[1]!)
  const scores = counts.map(score)
  if (scores.every(Number.isNaN)) return NaN
  return scores.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0) / scores.length
}

/** The share of rows whose true class has fewer than `k` classes strictly above it. Keras: TopKCategoricalAccuracy. */
export function topKShare({ prediction, target, rows, outputs }: MetricInput, k: number): number {
  if (k >= Math.max(2, outputs)) return rows > 0 ? 1 : NaN
  let hits = 0
  for (let row = 0; row < rows; row++) {
    const own = prediction[row * outputs + classOf(target, row, outputs)]!
    let above = 0
    for (let i = 0; i < outputs; i++) above += Number(prediction[row * outputs + i]! > own)
    hits += Number(above < k && !Number.isNaN(own))
  }
  return hits / rows
}

/**
 * The area under the ROC curve of one output: the share of pairs of a positive and a negative row in which the
 * positive one has the larger number; a tie is half a pair (Mann and Whitney's U). Not a number where one of both
 * kinds is missing or a prediction is not a number.
 */
export function areaUnderCurve(scores: Float32Array, positive: (row: number) => boolean): number {
  const yes = scores.filter((_, row) => positive(row)).sort()
  const no = scores.filter((_, row) => !positive(row)).sort()
  if (scores.some(Number.isNaN)) return NaN
  let pairs = 0
  let below = 0
  let notAbove = 0
  for (const score of yes) {
    while (below < no.length && no[below]! < score) below++
    while (notAbove < no.length && no[notAbove]! <= score) notAbove++
    pairs += (below + notAbove) / 2
  }
  return pairs / (yes.length * no.length)
}

/** The mean over all numbers of a batch of answers. */
export function meanOver({ prediction, target }: MetricInput, miss: (error: number) => number): number {
  let sum = 0
  for (let i = 0; i < prediction.length; i++) sum += miss(prediction[i]! - target[i]!)
  return sum / prediction.length
}
