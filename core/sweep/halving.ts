import type { Mark, Measure, SweepPlan, TrialState } from './sweep'

/** Of the combinations of a rung, one in so many goes on to the next. */
export const ETA = 3
const MOST_RUNGS = 3

/**
 * After how many epochs combinations are compared; the last one is the end. Successive halving with η = 3 (Jamieson and
 * Talwalkar 2016, Algorithm 1; η as in Li et al., Hyperband, 2018): all combinations train for a ninth of the epochs,
 * the better third of them to a third, and the best third of those to the end. Which those are does not depend on how
 * many are trained side by side.
 */
export function rungsOf(
  { epochs, halving }: Pick<SweepPlan, 'epochs' | 'halving'>,
  combinations: number
): readonly number[] {
  const rungs = [epochs]
  for (let left = combinations; halving && left >= ETA && rungs.length < MOST_RUNGS && rungs[0]! > 1;) {
    rungs.unshift(Math.ceil(rungs[0]! / ETA))
    left = Math.ceil(left / ETA)
  }
  return rungs
}

/** The combinations that go to each rung; undefined beyond the one that is still being trained. */
export function contendersOf(
  plan: SweepPlan,
  trials: readonly Pick<TrialState, 'combination' | 'marks' | 'failure'>[]
): readonly (readonly number[])[] {
  const groups = new Map<number, (typeof trials)[number][]>()
  for (const trial of trials) groups.set(trial.combination, [...(groups.get(trial.combination) ?? []), trial])
  const all = [...groups.keys()].sort((a, b) => a - b)
  const rungs = rungsOf(plan, all.length)
  const found: (readonly number[])[] = [all]
  for (let rung = 0; rung < rungs.length - 1; rung++) {
    const contenders = found[rung]!
    const there = contenders.flatMap((c) => groups.get(c)!)
    if (!there.every(({ marks, failure }) => failure !== null || marks.length > rung)) break
    const ranked = contenders
      .map((combination) => ({
        combination,
        mark: meanMark(groups.get(combination)!.flatMap(({ marks }) => marks[rung] ?? []))
      }))
      .sort((a, b) => compareMarks(plan.measure, a.mark, b.mark) || a.combination - b.combination)
    found.push(
      ranked
        .slice(0, Math.ceil(contenders.length / ETA))
        .map(({ combination }) => combination)
        .sort((a, b) => a - b)
    )
  }
  return found
}

type Score = Pick<Mark, 'loss' | 'accuracy'>

function meanMark(marks: readonly Mark[]): Score {
  const mean = (values: readonly (number | null)[]): number | null =>
    values.length === 0 || values.includes(null)
      ? null
      : values.reduce<number>((sum, value) => sum + value!, 0) / values.length
  return { loss: mean(marks.map((m) => m.loss)), accuracy: mean(marks.map((m) => m.accuracy)) }
}

/** Below 0 where `a` did better. Equal accuracies are told apart by their losses; no number is worse than any. */
export function compareMarks(measure: Measure, a: Score, b: Score): number {
  const loss = (a.loss ?? Infinity) - (b.loss ?? Infinity)
  const byLoss = Number.isNaN(loss) ? 0 : loss
  if (measure === 'loss') return byLoss
  const accuracy = (b.accuracy ?? -1) - (a.accuracy ?? -1)
  return accuracy !== 0 ? accuracy : byLoss
}

/** How a trial stands. `behind`: its combination did worse than others and is not trained on. */
export type TrialStatus = 'waiting' | 'running' | 'done' | 'behind' | 'failed'

/** How each trial stands, and the epoch up to which it is to be trained next. */
export interface Standing {
  readonly status: TrialStatus
  readonly until: number
}

/** How the trials of a plan stand, in their order. */
export function standings(plan: SweepPlan, trials: readonly TrialState[]): readonly Standing[] {
  const contenders = contendersOf(plan, trials).map((list) => new Set(list))
  const rungs = rungsOf(plan, contenders[0]!.size)
  return trials.map(({ combination, marks, failure, busy }) => {
    const next = marks.length
    const until = rungs[Math.min(next, rungs.length - 1)]!
    if (failure !== null) return { status: 'failed', until }
    if (next >= rungs.length) return { status: 'done', until }
    if (busy) return { status: 'running', until }
    // Beyond the rung that is being trained nobody knows yet.
    const known = contenders[next]
    return { status: known && !known.has(combination) ? 'behind' : 'waiting', until }
  })
}

/** The place of the trial that is to be trained next; undefined where all that may go on are being trained or over. */
export function nextTrial(plan: SweepPlan, trials: readonly TrialState[]): number | undefined {
  const contenders = contendersOf(plan, trials).map((list) => new Set(list))
  return trials.find(
    ({ combination, marks, failure, busy }) =>
      failure === null &&
      !busy &&
      contenders[marks.length]?.has(combination) === true &&
      marks.length < rungsLength(plan, contenders[0]!.size)
  )?.place
}

const rungsLength = (plan: SweepPlan, combinations: number): number => rungsOf(plan, combinations).length

/** Is there nothing more to train, now or later? */
export function isOver(plan: SweepPlan, trials: readonly TrialState[]): boolean {
  return standings(plan, trials).every(({ status }) => status !== 'waiting' && status !== 'running')
}

/** Epochs that a whole plan takes at most, over all trials. */
export function plannedEpochs(plan: SweepPlan, combinations: number): number {
  let [before, left, sum] = [0, combinations, 0]
  for (const until of rungsOf(plan, combinations)) {
    sum += left * (until - before) * plan.seeds
    before = until
    left = Math.ceil(left / ETA)
  }
  return sum
}
