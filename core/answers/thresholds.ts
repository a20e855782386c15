/** What a threshold on a score makes of the rows: at or above it they are called positive. */
export interface ThresholdPoint {
  readonly threshold: number
  /** Of the negative rows, the share called positive. */
  readonly falsePositive: number
  /** Of the positive rows, the share called positive: the recall. */
  readonly truePositive: number
  /** Of the rows called positive, the share that is. 1 where there are none. */
  readonly precision: number
}

/** Both curves of two classes, and the areas under them. */
export interface ThresholdCurve {
  /** From the threshold that calls nothing positive (infinite) down to the one that calls everything so. */
  readonly points: readonly ThresholdPoint[]
  /** Area under the ROC curve, by trapezoids. */
  readonly area: number
  /** Σ (recall − recall before) · precision: scikit-learn's average_precision_score. */
  readonly averagePrecision: number
}

/**
 * The ROC and the precision-recall curve of scores: a point for each threshold that makes a difference, as
 * scikit-learn's roc_curve(drop_intermediate=False). Undefined where one of both kinds of rows is missing or a score
 * is not a number.
 */
export function thresholdCurve(
  scores: Float32Array,
  positive: (row: number) => boolean
): ThresholdCurve | undefined {
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!)
  let all = 0
  for (let i = 0; i < scores.length; i++) all += Number(positive(i))
  const others = scores.length - all
  if (all === 0 || others === 0 || scores.some(Number.isNaN)) return undefined
  const points: ThresholdPoint[] = [{ threshold: Infinity, falsePositive: 0, truePositive: 0, precision: 1 }]
  let hits = 0
  let area = 0
  let averagePrecision = 0
  for (const [i, row] of order.entries()) {
    hits += Number(positive(row))
    // Rows of one score are called positive together.
    const next = order[i + 1]
    if (next !== undefined && scores[next] === scores[row]) continue
    const before = points.at(-1)!
    const called = i + 1
    const point = {
      threshold: scores[row]!,
      falsePositive: (called - hits) / others,
      truePositive: hits / all,
      precision: hits / called
    }
    area += ((point.falsePositive - before.falsePositive) * (point.truePositive + before.truePositive)) / 2
    averagePrecision += (point.truePositive - before.truePositive) * point.precision
    points.push(point)
  }
  return { points, area, averagePrecision }
}

/** At most about so many points of a curve, spread evenly over its length; the first and the last stay. */
export function thinned(points: readonly ThresholdPoint[], most: number): readonly ThresholdPoint[] {
  if (points.length <= most) return points
  const length = (p: ThresholdPoint): number => p.falsePositive + p.truePositive
  const kept = points.filter((p, i) => {
    const bin = Math.floor((length(p) / 2) * (most - 2))
    return i === 0 || bin !== Math.floor((length(points[i - 1]!) / 2) * (most - 2))
  })
  return kept.at(-1) === points.at(-1) ? kept : [...kept, points.at(-1)!]
}
