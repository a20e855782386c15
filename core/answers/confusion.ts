/**
 * How often each class was taken for each [classes · classes]: at `true · classes + given`. Both lists hold class
 * numbers, one an answer. As scikit-learn's confusion_matrix.
 */
export function confusionOf(
  truth: ArrayLike<number>,
  given: ArrayLike<number>,
  classes: number
): Int32Array<ArrayBuffer> {
  const counts = new Int32Array(classes * classes)
  for (let i = 0; i < truth.length; i++) counts[truth[i]! * classes + given[i]!]!++
  return counts
}

/** How well a network does on one class. What would be divided by nothing is undefined. */
export interface ClassRates {
  /** Answers whose true class it is. */
  readonly rows: number
  /** Answers that name it. */
  readonly named: number
  readonly right: number
  /** Of those that name it, the share that are right. */
  readonly precision: number | undefined
  /** Of those whose true class it is, the share that are right. */
  readonly recall: number | undefined
  /** 2 · right ÷ (rows + named): the harmonic mean of both. */
  readonly f1: number | undefined
}

const share = (part: number, whole: number): number | undefined => (whole > 0 ? part / whole : undefined)

/** Precision, recall and F1 of each class, from the counts of `confusionOf`. */
export function ratesOf(counts: Int32Array, classes: number): readonly ClassRates[] {
  return Array.from({ length: classes }, (_, own) => {
    let rows = 0
    let named = 0
    for (let other = 0; other < classes; other++) {
      rows += counts[own * classes + other]!
      named += counts[other * classes + own]!
    }
    const right = counts[own * classes + own]!
    return {
      ...{ rows, named, right },
      precision: share(right, named),
      recall: share(right, rows),
      f1: share(2 * right, rows + named)
    }
  })
}

/** Right and all answers. */
export function rightOf(
  counts: Int32Array,
  classes: number
): { readonly right: number; readonly rows: number } {
  let right = 0
  for (let k = 0; k < classes; k++) right += counts[k * classes + k]!
  return { right, rows: counts.reduce((a, b) => a + b, 0) }
}

/** The mistakes that are made most often, the commonest first. */
export function commonMistakes(
  counts: Int32Array,
  classes: number,
  most: number
): readonly { readonly truth: number; readonly given: number; readonly rows: number }[] {
  return Array.from(counts, (rows, at) => ({ truth: Math.floor(at / classes), given: at % classes, rows }))
    .filter(({ truth, given, rows }) => truth !== given && rows > 0)
    .sort((a, b) => b.rows - a.rows)
    .slice(0, most)
}

/** The share of answers whose true class is among the k likeliest, from how many had so many classes above theirs. */
export function topShare(ranks: ArrayLike<number>, k: number): number | undefined {
  let hits = 0
  let all = 0
  for (let rank = 0; rank < ranks.length; rank++) {
    all += ranks[rank]!
    if (rank < k) hits += ranks[rank]!
  }
  return share(hits, all)
}
