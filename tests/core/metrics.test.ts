import { describe, expect, test } from 'vitest'
import { metrics } from '@core/registry'
import type { MetricInput } from '@core/registry/define'
import { areaUnderCurve, countClasses, topKShare } from '@core/registry/scores'
import { golden } from './helpers/golden'

type Rows = readonly (readonly number[])[]
type Averages = { readonly macro: number }

/** What scikit-learn and Keras make of the same answers: see tests/oracles/metrics.py. */
interface Reference {
  readonly binary: readonly {
    readonly name: string
    readonly threshold: number
    readonly target: Rows
    readonly prediction: Rows
    readonly accuracy: number
    readonly precision: number
    readonly recall: number
    readonly f1: number
    readonly auc?: number
    readonly confusion: Rows
  }[]
  readonly classes: readonly {
    readonly name: string
    readonly labels: readonly number[]
    readonly prediction: Rows
    readonly accuracy: number
    readonly topK: { readonly [k: string]: number }
    readonly precision: Averages
    readonly recall: Averages
    readonly f1: Averages
    readonly auc: { readonly perClass: readonly (number | null)[]; readonly macro: number | null }
    readonly confusion: Rows
  }[]
  readonly regression: readonly {
    readonly name: string
    readonly target: Rows
    readonly prediction: Rows
    readonly mse: number
    readonly mae: number
    readonly r2: { readonly uniform: number }
  }[]
}
const reference = golden<Reference>('metrics.json')

const inputOf = (prediction: Rows, target: Rows): MetricInput => ({
  prediction: Float32Array.from(prediction.flat()),
  target: Float32Array.from(target.flat()),
  rows: prediction.length,
  outputs: prediction[0]!.length
})
const measure = (type: string, input: MetricInput): number => metrics[type]!.measure(input)
const oneHot = (labels: readonly number[], classes: number): Rows =>
  labels.map((label) => Array.from({ length: classes }, (_, c) => Number(c === label)))

/** Predictions are rounded to float32, results are float64. */
function expectScore(actual: number, expected: number): void {
  expect(Math.abs(actual - expected), `${actual} is not ${expected}`).toBeLessThanOrEqual(
    1e-5 * Math.abs(expected) + 1e-7
  )
}

test('every metric is held against a reference', () => {
  const compared = ['accuracy', 'topKAccuracy', 'precision', 'recall', 'f1', 'auc']
  expect(Object.keys(metrics)).toEqual([...compared, 'meanSquaredError', 'meanAbsoluteError', 'r2'])
})

// The cut is at one half here; another threshold is another metric.
describe.each(reference.binary.filter(({ threshold }) => threshold === 0.5))(
  'two classes: $name',
  ({ target, prediction, confusion, ...scores }) => {
    const [[, claimed], [missed, found]] = confusion as [[number, number], [number, number]]
    const single = inputOf(prediction, target)
    const double = inputOf(
      prediction.map(([p]) => [1 - p!, p!]),
      target.map(([t]) => [1 - t!, t!])
    )

    test.each([
      ['one output', single],
      ['two outputs', double]
    ])('%s', (_outputs, input) => {
      expectScore(measure('accuracy', input), scores.accuracy)
      expect(measure('topKAccuracy', input)).toBe(1)
      // scikit-learn says 0 where nothing is to be divided by; here there is no such number then.
      const defined = { precision: claimed + found, recall: missed + found, f1: claimed + missed + found }
      for (const [type, count] of Object.entries(defined))
        if (count === 0) expect(measure(type, input)).toBeNaN()
        else expectScore(measure(type, input), scores[type as keyof typeof defined])
      if (scores.auc === undefined) expect(measure('auc', input)).toBeNaN()
      else expectScore(measure('auc', input), scores.auc)
    })
  }
)

describe.each(reference.classes)('classes: $name', ({ labels, prediction, confusion, ...scores }) => {
  const outputs = prediction[0]!.length
  const input = inputOf(prediction, oneHot(labels, outputs))

  test('as scikit-learn and Keras have them', () => {
    expectScore(measure('accuracy', input), scores.accuracy)
    for (const [k, share] of Object.entries(scores.topK)) expectScore(topKShare(input, Number(k)), share)
    expectScore(measure('precision', input), scores.precision.macro)
    expectScore(measure('recall', input), scores.recall.macro)
    expectScore(measure('f1', input), scores.f1.macro)
    if (scores.auc.macro === null) expect(measure('auc', input)).toBeNaN()
    else expectScore(measure('auc', input), scores.auc.macro)
  })

  test('each class is counted', () => {
    const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
    expect(countClasses(input)).toEqual(
      confusion.map((row, c) => ({
        right: row[c],
        missed: sum(row) - row[c]!,
        claimed: sum(confusion.map((r) => r[c]!)) - row[c]!
      }))
    )
  })
})

test.each(reference.regression)('numbers: $name', ({ target, prediction, ...scores }) => {
  const input = inputOf(prediction, target)
  expectScore(measure('meanSquaredError', input), scores.mse)
  expectScore(measure('meanAbsoluteError', input), scores.mae)
  expectScore(measure('r2', input), scores.r2.uniform)
})

describe.each(Object.values(metrics))('$type', ({ type, examples, unit, better, answers }) => {
  test.each(examples.map((e, i) => [i, e] as const))('example %i', (_i, { prediction, target, value }) => {
    expectScore(measure(type, inputOf(prediction, target)), value)
  })

  test('has examples, and no score of nothing', () => {
    expect(examples.length).toBeGreaterThan(0)
    const outputs = answers === 'classes' ? 3 : 1
    const nothing = { prediction: new Float32Array(), target: new Float32Array(), rows: 0, outputs }
    expect(measure(type, nothing)).toBeNaN()
  })

  test('is best where answers are right', () => {
    const target = oneHot([0, 1, 2, 3, 4, 5, 0], 6)
    const opposite = target.map((row) => row.map((t) => 1 - t))
    const right = measure(type, inputOf(target, target))
    const wrong = measure(type, inputOf(opposite, target))
    if (unit === 'share') expect(right).toBe(1)
    if (better === 'higher') expect(right).toBeGreaterThan(wrong)
    else expect(right).toBeLessThan(wrong)
  })
})

describe('area under the curve', () => {
  test('is the share of pairs that are in order, ties half', () => {
    // Counted pair by pair.
    const scores = Float32Array.from([0.2, 0.5, 0.5, 0.1, 0.9, 0.5, -3, 0.2])
    const truth = [0, 1, 0, 0, 1, 1, 1, 1]
    let pairs = 0
    let count = 0
    for (const [a, ta] of truth.entries())
      for (const [b, tb] of truth.entries())
        if (ta === 1 && tb === 0) {
          count++
          pairs += scores[a]! > scores[b]! ? 1 : scores[a]! === scores[b]! ? 0.5 : 0
        }
    expect(areaUnderCurve(scores, (row) => truth[row] === 1)).toBeCloseTo(pairs / count, 12)
  })

  test('has no value where a share is not a number', () => {
    expect(areaUnderCurve(Float32Array.from([0.2, NaN, 0.7]), (row) => row === 2)).toBeNaN()
  })
})
