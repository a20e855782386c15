import { compareMarks, standings, type TrialStatus } from './halving'
import type { Mark, SweepPlan, SweptValue, TrialState } from './sweep'

/** Mean and sample standard deviation of some numbers; no deviation of a single one. */
export interface Spread {
  readonly mean: number
  readonly deviation: number | undefined
}

/** What became of one combination, over its starts. */
export interface CombinationResult {
  readonly combination: number
  readonly values: readonly SweptValue[]
  readonly trials: readonly TrialState[]
  readonly status: TrialStatus
  /** Starts that have a result. */
  readonly done: number
  readonly loss: Spread | undefined
  readonly accuracy: Spread | undefined
  readonly trainAccuracy: Spread | undefined
  readonly bestEpoch: Spread | undefined
  readonly seconds: Spread | undefined
  readonly parameters: number | undefined
}

/** Mean and sample standard deviation (divided by n − 1); undefined where there is nothing, or something infinite. */
export function spreadOf(values: readonly number[]): Spread | undefined {
  if (values.length === 0 || !values.every(Number.isFinite)) return undefined
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length
  const squares = values.reduce((sum, v) => sum + (v - mean) ** 2, 0)
  return { mean, deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : undefined }
}

/** The combinations of a sweep, the best first; those without a result last, in their order. */
export function resultsOf(plan: SweepPlan, trials: readonly TrialState[]): readonly CombinationResult[] {
  const stands = standings(plan, trials)
  const groups = new Map<number, { readonly trial: TrialState; readonly status: TrialStatus }[]>()
  for (const [i, trial] of trials.entries()) {
    const group = groups.get(trial.combination) ?? []
    groups.set(trial.combination, [...group, { trial, status: stands[i]!.status }])
  }
  return [...groups.entries()]
    .map(([combination, group]) => resultOf(combination, group))
    .sort(
      (a, b) =>
        // Those that fell behind were trained for less time, so what they came to is no fair comparison.
        Number(a.status === 'behind') - Number(b.status === 'behind') ||
        Number(a.done === 0) - Number(b.done === 0) ||
        compareMarks(plan.measure, scoreOf(a), scoreOf(b)) ||
        a.combination - b.combination
    )
}

const scoreOf = ({ loss, accuracy }: CombinationResult): Pick<Mark, 'loss' | 'accuracy'> => ({
  loss: loss?.mean ?? null,
  accuracy: accuracy?.mean ?? null
})

function resultOf(
  combination: number,
  group: readonly { readonly trial: TrialState; readonly status: TrialStatus }[]
): CombinationResult {
  const trials = group.map(({ trial }) => trial)
  const marks = trials.flatMap(({ marks }) => marks.at(-1) ?? [])
  const runs = trials.flatMap(({ run, marks }) => (run && marks.length > 0 ? [run] : []))
  const some = (values: readonly (number | null)[]): Spread | undefined =>
    spreadOf(values.filter((value) => value !== null))
  const statuses = group.map(({ status }) => status)
  const status = (['running', 'waiting', 'done', 'behind', 'failed'] as const).find((s) =>
    statuses.includes(s)
  )!
  return {
    ...{ combination, values: trials[0]!.values, trials, status, done: marks.length },
    loss: marks.some(({ loss }) => loss === null) ? undefined : some(marks.map(({ loss }) => loss)),
    accuracy: some(marks.map(({ accuracy }) => accuracy)),
    trainAccuracy: some(runs.map(({ trainAccuracy }) => trainAccuracy)),
    bestEpoch: some(runs.map(({ bestEpoch }) => bestEpoch)),
    seconds: some(runs.map(({ seconds }) => seconds)),
    parameters: runs[0]?.parameters
  }
}

/** Seconds that are left, by the epochs that were trained so far and so many processes at once; undefined while unknown. */
export function secondsLeft(
  plan: SweepPlan,
  trials: readonly TrialState[],
  atOnce: number
): number | undefined {
  const runs = trials.flatMap(({ run }) => (run && run.epoch > 0 ? [run] : []))
  const epochs = runs.reduce((sum, { epoch }) => sum + epoch, 0)
  if (epochs === 0) return undefined
  const perEpoch = runs.reduce((sum, { seconds }) => sum + seconds, 0) / epochs
  return (epochsLeft(plan, trials) * perEpoch) / Math.max(1, atOnce)
}

/** Epochs that are still to be trained at most; of those that fall behind, nobody knows yet which. */
function epochsLeft(plan: SweepPlan, trials: readonly TrialState[]): number {
  return standings(plan, trials).reduce((sum, { status, until }, i) => {
    const going = status === 'waiting' || status === 'running'
    return going ? sum + Math.max(0, until - (trials[i]!.run?.epoch ?? 0)) : sum
  }, 0)
}
