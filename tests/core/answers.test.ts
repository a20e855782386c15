import { describe, expect, test } from 'vitest'
import { commonMistakes, confusionOf, ratesOf, rightOf, topShare } from '@core/answers/confusion'
import { thinned, thresholdCurve } from '@core/answers/thresholds'
import { golden } from './helpers/golden'

type Rows = readonly (readonly number[])[]

/** What scikit-learn makes of answers: see tests/oracles/metrics.py and thresholds.py. */
const metrics = golden<{
  readonly classes: readonly {
    readonly name: string
    readonly labels: readonly number[]
    readonly prediction: Rows
    readonly topK: { readonly [k: string]: number }
    readonly precision: { readonly perClass: readonly number[] }
    readonly recall: { readonly perClass: readonly number[] }
    readonly f1: { readonly perClass: readonly number[] }
    readonly accuracy: number
    readonly confusion: Rows
  }[]
}>('metrics.json')
const thresholds = golden<{
  readonly cases: readonly {
    readonly name: string
    readonly truth: readonly number[]
    readonly scores: readonly number[]
    readonly falsePositive: readonly number[]
    readonly truePositive: readonly number[]
    readonly thresholds: readonly number[]
    readonly precision: readonly number[]
    readonly recall: readonly number[]
    readonly area: number
    readonly averagePrecision: number
  }[]
}>('thresholds.json')

describe.each(metrics.classes.map((c) => [c.name, c] as const))('as scikit-learn: %s', (_, wanted) => {
  const classes = wanted.prediction[0]!.length
  const given = wanted.prediction.map((own) => own.indexOf(Math.max(...own)))
  const counts = confusionOf(wanted.labels, given, classes)

  test('confusion', () => {
    expect([...counts]).toEqual(wanted.confusion.flat())
    const { right, rows } = rightOf(counts, classes)
    expect(rows).toBe(wanted.labels.length)
    expect(right / rows).toBeCloseTo(wanted.accuracy, 8)
  })

  test('precision, recall and F1 of each class', () => {
    for (const [k, rates] of ratesOf(counts, classes).entries())
      for (const name of ['precision', 'recall', 'f1'] as const)
        // scikit-learn writes 0 where nothing can be divided.
        expect(rates[name] ?? 0).toBeCloseTo(wanted[name].perClass[k]!, 8)
  })

  test('top k', () => {
    const ranks = new Int32Array(classes)
    for (const [i, own] of wanted.prediction.entries())
      ranks[own.filter((share) => share > own[wanted.labels[i]!]!).length]!++
    for (const [k, share] of Object.entries(wanted.topK))
      expect(topShare(ranks, Number(k))).toBeCloseTo(share, 8)
  })
})

test('rates that divide by nothing are undefined', () => {
  // Nothing is called 1, nothing is 2.
  const [, one, two] = ratesOf(confusionOf([0, 1], [0, 2], 3), 3)
  expect(one).toEqual({ rows: 1, named: 0, right: 0, precision: undefined, recall: 0, f1: 0 })
  expect(two).toEqual({ rows: 0, named: 1, right: 0, precision: 0, recall: undefined, f1: 0 })
  expect(topShare([0, 0, 0], 1)).toBeUndefined()
})

test('the commonest mistakes come first', () => {
  const counts = confusionOf([0, 0, 0, 1, 1, 2], [1, 1, 0, 2, 1, 2], 3)
  expect(commonMistakes(counts, 3, 5)).toEqual([
    { truth: 0, given: 1, rows: 2 },
    { truth: 1, given: 2, rows: 1 }
  ])
  expect(commonMistakes(counts, 3, 1)).toHaveLength(1)
})

describe('thresholds', () => {
  test.each(thresholds.cases.map((c) => [c.name, c] as const))('as scikit-learn: %s', (_, wanted) => {
    const curve = thresholdCurve(Float32Array.from(wanted.scores), (i) => wanted.truth[i] === 1)!
    const list = (name: keyof (typeof curve.points)[number]) => curve.points.map((p) => p[name])
    const near = (found: readonly number[], numbers: readonly number[]): void => {
      expect(found).toHaveLength(numbers.length)
      for (const [i, v] of found.entries()) expect(v).toBeCloseTo(numbers[i]!, 7)
    }
    near(list('falsePositive'), wanted.falsePositive)
    near(list('truePositive'), wanted.truePositive)
    near(list('threshold').slice(1), wanted.thresholds)
    near(list('precision'), wanted.precision)
    near(list('truePositive'), wanted.recall)
    expect(curve.area).toBeCloseTo(wanted.area, 8)
    expect(curve.averagePrecision).toBeCloseTo(wanted.averagePrecision, 8)
  })

  test('there is no curve without rows of both kinds, or of what is no number', () => {
    expect(thresholdCurve(Float32Array.of(0.2, 0.3), () => true)).toBeUndefined()
    expect(thresholdCurve(Float32Array.of(0.2, 0.3), () => false)).toBeUndefined()
    expect(thresholdCurve(Float32Array.of(0.2, NaN), (i) => i === 0)).toBeUndefined()
  })

  test('a long curve keeps its ends and its shape with few points', () => {
    const scores = Float32Array.from({ length: 5000 }, (_, i) => ((i * 2654435761) % 4294967296) / 4294967296)
    const curve = thresholdCurve(scores, (i) => scores[i]! + (i % 7) / 20 > 0.6)!
    const few = thinned(curve.points, 100)
    expect(few.length).toBeLessThanOrEqual(101)
    expect(few[0]).toBe(curve.points[0])
    expect(few.at(-1)).toBe(curve.points.at(-1))
    let area = 0
    for (const [i, p] of few.entries()) {
      const before = few[i - 1]
      if (before)
        area += ((p.falsePositive - before.falsePositive) * (p.truePositive + before.truePositive)) / 2
    }
    expect(Math.abs(area - curve.area)).toBeLessThan(0.01)
    expect(thinned(few, 200)).toBe(few)
  })
})
