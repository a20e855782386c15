import type { ProjectFiles } from '../data/files'
import { setSetting } from '../document/paths'
import type { Document } from '../document/schema'
import { derive } from '../graph/derive'
import { randomStream } from '../random/stream'
import { fail, ok, type Problem, type Result } from '../result'
import { sweepSettings, valueText, type SweepSetting } from './settings'
import { MOST_TRIALS, type SweepPlan, type SweptValue, type Trial } from './sweep'
import { drawValue, gridValues, variationProblem } from './values'

/** A combination of values that cannot be trained, and why. */
export interface Refused {
  readonly values: readonly SweptValue[]
  readonly problem: Problem
}

/** What a plan comes to. */
export interface Planned {
  readonly trials: readonly Trial[]
  /** Combinations that are left out. */
  readonly refused: readonly Refused[]
}

/**
 * The trials of a plan: the same plan gives the same trials, no two of them alike. Combinations that the network cannot
 * have are left out and told of; problems where nothing is left, or where there are too many.
 */
export function planTrials(document: Document, files: ProjectFiles, plan: SweepPlan): Result<Planned> {
  const settings = settingsOfPlan(document, plan)
  if (!settings.ok) return settings
  const problems = plan.variations.flatMap((v, i) => variationProblem(v, settings.value[i]!) ?? [])
  if (problems.length > 0) return fail(...problems)
  const most = Math.floor(MOST_TRIALS / plan.seeds)
  const all = combinations(plan, settings.value, most)
  if (all.length > most) return tooMany(plan)
  const refused: Refused[] = []
  const good = all.filter((values) => {
    const tried = trialDocument(document, plan, values, document.training.seed)
    const problem = tried.ok ? derive(tried.value, files).problems[0] : tried.problems[0]
    if (problem) refused.push({ values, problem })
    return problem === undefined
  })
  if (good.length === 0) return fail(refused[0]!.problem)
  const trials = Array.from({ length: plan.seeds }, (_, s) =>
    good.map((values, combination) => ({
      place: s * good.length + combination,
      combination,
      seed: seedAt(document, s),
      values
    }))
  ).flat()
  return ok({ trials, refused })
}

/** The first start is the document's own. */
const seedAt = ({ training }: Document, index: number): number => (training.seed + index) % 0x100000000

function tooMany({ seeds }: SweepPlan): Result<never> {
  return fail({
    code: 'too-many-trials',
    message: `These are more than ${MOST_TRIALS.toLocaleString('en-US')} trainings.`,
    detail: `Take fewer values${seeds > 1 ? ' or fewer starts' : ''}, or let some combinations be drawn at random.`
  })
}

/** The settings that a plan varies, in its order. */
export function settingsOfPlan(
  document: Document,
  { variations }: SweepPlan
): Result<readonly SweepSetting[]> {
  const all = new Map(sweepSettings(document).map((setting) => [setting.path, setting]))
  const found: SweepSetting[] = []
  for (const { path } of variations) {
    const setting = all.get(path)
    if (!setting)
      return fail({
        code: 'no-setting',
        field: path,
        message: `There is no setting ${path} in this project that can be varied.`
      })
    if (found.includes(setting))
      return fail({ code: 'twice', field: path, message: `${setting.label} is varied twice.` })
    found.push(setting)
  }
  return ok(found)
}

/** Combinations of a plan, each once; for a grid at most one more than `most`. */
function combinations(
  { variations, search }: SweepPlan,
  settings: readonly SweepSetting[],
  most: number
): readonly (readonly SweptValue[])[] {
  if (search.kind === 'grid') {
    const values = variations.map((variation, i) => gridValues(variation, settings[i]!))
    const count = values.reduce((product, list) => product * list.length, 1)
    return Array.from({ length: Math.min(count, most + 1) }, (_, place) => {
      // The last setting changes fastest, as digits do.
      let rest = place
      return values.reduceRight<SweptValue[]>((tuple, list) => {
        tuple.unshift(list[rest % list.length]!)
        rest = Math.floor(rest / list.length)
        return tuple
      }, [])
    })
  }
  const random = randomStream(search.seed, 'sweep')
  const found = new Map<string, readonly SweptValue[]>()
  // Where there are fewer combinations than were asked for, drawing comes to nothing new.
  for (let misses = 0; found.size < search.combinations && misses < 1000;) {
    const values = variations.map((variation, i) => drawValue(variation, settings[i]!, random))
    const key = JSON.stringify(values)
    misses = found.has(key) ? misses + 1 : 0
    found.set(key, values)
  }
  return [...found.values()]
}

/** The document that a trial trains. */
export function trialDocument(
  document: Document,
  plan: SweepPlan,
  values: readonly SweptValue[],
  seed: number
): Result<Document> {
  const set = valuesInto(document, plan, values)
  if (!set.ok) return set
  const { training, view } = set.value
  return ok({
    ...set.value,
    training: { ...training, seed, epochs: plan.epochs },
    view: { ...view, pace: 'full' }
  })
}

/** The document with the values of a combination. */
export function valuesInto(
  document: Document,
  { variations }: Pick<SweepPlan, 'variations'>,
  values: readonly SweptValue[]
): Result<Document> {
  // What owns a setting is chosen before the setting: an optimizer before its momentum.
  const order = variations
    .map(({ path }, i) => ({ path, value: values[i] }))
    .sort((a, b) => a.path.split('.').length - b.path.split('.').length)
  return order.reduce<Result<Document>>(
    (result, { path, value }) => (result.ok ? setSetting(result.value, path, value) : result),
    ok(document)
  )
}

/** A combination in a line: "Neurons 3, Learning rate 0.01". */
export function combinationText(settings: readonly SweepSetting[], values: readonly SweptValue[]): string {
  return settings.map((setting, i) => `${setting.label} ${valueText(setting, values[i] ?? null)}`).join(', ')
}
