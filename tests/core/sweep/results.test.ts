import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contendersOf, isOver, nextTrial, plannedEpochs, rungsOf, standings } from '@core/sweep/halving'
import { importances } from '@core/sweep/importance'
import { resultsOf, secondsLeft, spreadOf } from '@core/sweep/results'
import type { Mark, SweepPlan, TrialState } from '@core/sweep/sweep'

const planOf = (more: Partial<SweepPlan> = {}): SweepPlan => ({
  variations: [{ kind: 'list', path: 'nodes.hidden.units', values: [1] }],
  ...{ search: { kind: 'grid' }, seeds: 1, epochs: 90, halving: true, measure: 'loss' },
  ...more
})
const mark = (loss: number | null, accuracy: number | null = null): Mark => ({ epoch: 1, loss, accuracy })
const trial = (
  place: number,
  combination: number,
  marks: Mark[],
  more: Partial<TrialState> = {}
): TrialState => ({
  ...{ place, combination, seed: 0, values: [combination], marks, failure: null, busy: false, run: null },
  ...more
})

test('rungs are a ninth, a third and all of the epochs, fewer where there are few combinations', () => {
  expect(rungsOf(planOf(), 9)).toEqual([10, 30, 90])
  expect(rungsOf(planOf({ epochs: 100 }), 27)).toEqual([12, 34, 100])
  expect(rungsOf(planOf(), 3)).toEqual([30, 90])
  expect(rungsOf(planOf(), 2)).toEqual([90])
  expect(rungsOf(planOf({ epochs: 1 }), 9)).toEqual([1])
  expect(rungsOf(planOf({ halving: false }), 9)).toEqual([90])
  // 9 · 10 + 3 · 20 + 1 · 60, from two starts.
  expect(plannedEpochs(planOf({ seeds: 2 }), 9)).toBe(420)
})

test('trained in whatever order, by however many at once, the same combinations go on, and it ends', () => {
  const setup = fc.record({
    losses: fc.array(fc.option(fc.double({ min: 0, max: 9, noNaN: true }), { freq: 8 }), {
      minLength: 1,
      maxLength: 14
    }),
    seeds: fc.integer({ min: 1, max: 3 }),
    halving: fc.boolean(),
    order: fc.infiniteStream(fc.nat())
  })
  fc.assert(
    fc.property(setup, ({ losses, seeds, halving, order }) => {
      const plan = planOf({ seeds, halving })
      const n = losses.length
      const rungs = rungsOf(plan, n)
      const run = (pick: () => number, atOnce: number): TrialState[] => {
        let trials = Array.from({ length: n * seeds }, (_, place) => trial(place, place % n, []))
        const busy: number[] = []
        const change = (place: number, to: Partial<TrialState>): void => {
          trials = trials.map((one) => (one.place === place ? { ...one, ...to } : one))
        }
        for (let steps = 0; !isOver(plan, trials); steps++) {
          expect(steps).toBeLessThan(1000)
          const next = busy.length < atOnce ? nextTrial(plan, trials) : undefined
          if (next !== undefined) {
            busy.push(next)
            change(next, { busy: true })
            continue
          }
          expect(busy.length).toBeGreaterThan(0)
          const [place] = busy.splice(pick() % busy.length, 1)
          const { marks, combination } = trials[place!]!
          const loss = losses[combination] ?? null
          // It gets better with each rung, as trainings do.
          change(place!, {
            busy: false,
            marks: [...marks, mark(loss === null ? null : loss / (marks.length + 1))]
          })
        }
        return trials
      }
      const picks = order[Symbol.iterator]()
      const one = run(() => 0, 1)
      expect(run(() => picks.next().value as number, 3)).toEqual(one)
      // As many as the rule says, and never one that a better one was given up for.
      for (const [rung, contenders] of contendersOf(plan, one).entries()) {
        if (rung === 0) continue
        const before = contendersOf(plan, one)[rung - 1]!
        expect(contenders).toHaveLength(Math.ceil(before.length / 3))
        const worst = Math.max(...contenders.map((c) => losses[c] ?? Infinity))
        for (const c of before)
          if (!contenders.includes(c)) expect(losses[c] ?? Infinity).toBeGreaterThanOrEqual(worst)
      }
      for (const [i, { status }] of standings(plan, one).entries())
        expect(status).toBe(one[i]!.marks.length === rungs.length ? 'done' : 'behind')
    }),
    { numRuns: 50 }
  )
}, 60_000)

test('mean and standard deviation over the starts, the best first', () => {
  // Sample standard deviation of 2, 4, 4, 4, 5, 5, 7, 9: √(32 / 7).
  expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ mean: 5, deviation: Math.sqrt(32 / 7) })
  expect(spreadOf([3])).toEqual({ mean: 3, deviation: undefined })
  expect(spreadOf([1, Infinity])).toBeUndefined()
  const plan = planOf({ halving: false, seeds: 2, measure: 'accuracy' })
  const trials = [
    ...[trial(0, 0, [mark(0.5, 0.8)]), trial(1, 1, [mark(0.4, 0.9)]), trial(2, 2, [])],
    ...[trial(3, 0, [mark(0.7, 0.9)]), trial(4, 1, [mark(null, null)]), trial(5, 2, [], { failure: 'no' })]
  ]
  const [first, second, third] = resultsOf(plan, trials)
  expect(first).toMatchObject({ combination: 1, done: 2, loss: undefined, accuracy: { mean: 0.9 } })
  expect(second).toMatchObject({ combination: 0, done: 2, status: 'done' })
  expect(second!.accuracy!.mean).toBeCloseTo(0.85, 12)
  expect(second!.accuracy!.deviation).toBeCloseTo(Math.sqrt(0.005), 12)
  expect(third).toMatchObject({ combination: 2, done: 0, status: 'waiting' })
})

test('the time that is left goes by the epochs that were trained', () => {
  const run = { id: 'aaaaaaaa', parameters: 1, bestEpoch: 1, trainAccuracy: null, ending: null }
  const trials = [
    trial(0, 0, [mark(1)], { run: { ...run, epoch: 90, seconds: 9 } }),
    trial(1, 1, [], { busy: true, run: { ...run, epoch: 30, seconds: 3 } }),
    trial(2, 2, [])
  ]
  // 60 + 90 epochs of a tenth of a second, two at once.
  expect(secondsLeft(planOf({ halving: false }), trials, 2)).toBeCloseTo(7.5, 9)
  expect(secondsLeft(planOf(), [trial(0, 0, [])], 1)).toBeUndefined()
})

test('importance is the share of variance, less what chance would take, worked out by hand', () => {
  // Two settings; scores by first setting: {1, 2, 3} and {7, 8, 9}. SS_between = 6 · 9 = 54, SS_within = 4,
  // SS_total = 58, so ε² = (54 − 1 · 4/4) / 58. By the second: means 4, 5, 6, SS_between = 4, SS_within = 54, and
  // ε² = (4 − 2 · 54/3) / 58 < 0: no more than chance.
  const samples = [1, 2, 3, 7, 8, 9].map((score, i) => ({ values: [i < 3 ? 'a' : 'b', i % 3], score }))
  const [first, second] = importances(samples)
  expect(first!.share).toBeCloseTo(53 / 58, 12)
  expect(second!.share).toBe(0)
})

test('numbers drawn at random are cut into four groups of neighbours', () => {
  // Eight values, two a group: scores 0 0 | 1 1 | 2 2 | 3 3 in the order of the values. Nothing is left within groups.
  const samples = [5, 1, 7, 3, 8, 2, 6, 4].map((value) => ({
    values: [value],
    score: Math.floor((value - 1) / 2)
  }))
  expect(importances(samples)[0]!.share).toBeCloseTo(1, 12)
  // No result twice, or all the same: nothing to tell.
  expect(
    importances([
      { values: [1], score: 1 },
      { values: [2], score: 2 }
    ])[0]
  ).toBeUndefined()
  expect(importances(samples.map((one) => ({ ...one, score: 1 })))[0]).toBeUndefined()
})
