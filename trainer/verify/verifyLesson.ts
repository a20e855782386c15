import { setSetting } from '@core/document/paths'
import type { Document } from '@core/document/schema'
import type { Claim, LessonProject, Plan, Runs } from '@core/lessons/projects'
import type { EpochPoint, RunEvent } from '@core/run/events'
import { fail, ok, unwrap, type Result } from '@core/result'
import { sources } from '@core/registry'
import { fetchNamed } from '../cli/fetching'
import { Session } from '../session'
import { measures, type Measured, type Trained } from './measures'
import { readWeights } from '../cli/weightsFile'

/** A claim, with what was measured. */
export interface ClaimResult extends Claim {
  /** One for each training, in the order of its seeds. */
  readonly values: readonly number[]
  readonly reached: boolean
}

/** What came out of a lesson's trainings. */
export interface LessonResult {
  readonly id: string
  readonly mode: 'full' | 'quick'
  readonly reached: boolean
  readonly claims: readonly ClaimResult[]
  readonly seeds: readonly number[]
  readonly engines: readonly string[]
  readonly steps: number
  /** Of all trainings and measurements together. */
  readonly seconds: number
  /** Such as sums that a network has worked out. */
  readonly lines: readonly string[]
}

/** What one training gave: a number for each claim about it. */
interface TrainingResult {
  readonly seed: number
  readonly engine: string
  readonly steps: number
  readonly values: readonly Measured[]
}

/** Every epoch up to this one is measured, and later ones so often in all. */
const MEASURED_EPOCHS = 300
const MEASURED_LATER = 100

/** Trains a lesson's networks, one after the other, and compares what they reach with what is claimed of them. */
export async function verifyLesson(
  project: LessonProject,
  mode: 'full' | 'quick'
): Promise<Result<LessonResult>> {
  const plan = project.verify[mode]
  const start = performance.now()
  const library = sources[project.document.data.source.type]!.library ?? []
  const fetched = await fetchNamed(library)
  if (!fetched.ok) return fetched
  const done = new Map<string, readonly TrainingResult[]>()
  for (const runs of plan.runs) {
    const results: TrainingResult[] = []
    for (const seed of runs.seeds) {
      const result = await train(project, runs, seed, claimsOf(plan, runs))
      if (!result.ok) return result
      results.push(result.value)
    }
    done.set(runs.name, results)
  }
  const claims = plan.claims.map((claim): ClaimResult => {
    const place = plan.claims.filter(({ of }) => of === claim.of).indexOf(claim)
    const values = done.get(claim.of)!.map((result) => result.values[place]!.value)
    return { ...claim, values, reached: isReached(claim, values) }
  })
  const all = [...done.values()].flat()
  return ok({
    id: project.id,
    mode,
    reached: claims.every(({ reached }) => reached),
    claims,
    seeds: [...new Set(all.map(({ seed }) => seed))],
    engines: [...new Set(all.map(({ engine }) => engine))],
    steps: all.reduce((sum, { steps }) => sum + steps, 0),
    seconds: (performance.now() - start) / 1000,
    lines: [...new Set(all.flatMap(({ values }) => values.flatMap(({ lines }) => lines ?? [])))]
  })
}

const claimsOf = (plan: Plan, { name }: Runs): readonly Claim[] =>
  plan.claims.filter((claim) => claim.of === name)

/** The document that these trainings train. A setting that is not there is a bug of the lesson. */
export function documentOf(project: LessonProject, { variant, changes = {} }: Runs, seed: number): Document {
  const start = variant === undefined ? project.document : project.variants?.[variant]
  if (!start) throw new Error(`${project.id} has no variant ${String(variant)}.`)
  return Object.entries({ ...changes, 'training.seed': seed }).reduce(
    (document, [path, value]) => unwrap(setSetting(document, path, value)),
    start
  )
}

async function train(
  project: LessonProject,
  runs: Runs,
  seed: number,
  claims: readonly Claim[]
): Promise<Result<TrainingResult>> {
  const document = documentOf(project, runs, seed)
  const { epochs } = document.training
  const every = Math.ceil(epochs / MEASURED_LATER)
  const history: EpochPoint[] = []
  let ended: Extract<RunEvent, { type: 'ended' }> | undefined
  let failure = 'Training did not come to an end.'
  const session = new Session(
    {
      event: (event) => {
        if (event.type === 'epoch') history.push(event.point)
        else if (event.type === 'ended') ended = event
        else if (event.type === 'failed') failure = event.message
      }
    },
    {
      paced: false,
      observe: (epoch) => epoch <= MEASURED_EPOCHS || epoch % every === 0 || epoch === epochs,
      maxSteps: runs.steps
    }
  )
  try {
    const request = { document, files: {} }
    const prepared = await session.prepare(request)
    if (!prepared.ok) return prepared
    const model = session.ready!
    if (project.weights)
      model.network.writeState(readWeights(JSON.stringify(project.weights), project.id, model.plan.weights))
    const { validation, test } = model.dataset.parts
    const judge = validation.length > 0 ? 'validation' : test.length > 0 ? 'test' : 'train'
    const untrainedLoss = claims.some(
      ({ measure }) => measure === 'untrainedLoss' || measure === 'errorShare'
    )
      ? model.network.evaluate(judge).loss
      : NaN
    const started = await session.start({ ...request, from: 'current', until: 'end' })
    if (!started.ok) return started
    await session.idle()
    if (!ended) return fail({ code: 'lesson', message: `${project.id}: ${failure}` })
    const trained: Trained = { model, history, ended, untrainedLoss }
    return ok({
      seed,
      engine: model.network.engine.id,
      steps: model.position.step,
      values: await Promise.all(claims.map((claim) => measure(claim, trained)))
    })
  } finally {
    await session.dispose()
  }
}

async function measure(claim: Claim, trained: Trained): Promise<Measured> {
  const { of, at } = measures[claim.measure]
  if (claim.epoch !== undefined) {
    const point = trained.history.find(({ epoch }) => epoch === claim.epoch)
    return { value: (point && at?.(point)) ?? NaN }
  }
  const value = await of(trained)
  return typeof value === 'number' ? { value } : value
}

/** Do these numbers reach what is claimed? A number that is none reaches nothing. */
export function isReached({ is, goal, by = 'each' }: Claim, values: readonly number[]): boolean {
  const holds = (value: number): boolean => (is === 'at least' ? value >= goal : value <= goal)
  if (by === 'mean') return holds(values.reduce((a, b) => a + b, 0) / values.length)
  return values.filter(holds).length >= (by === 'each' ? values.length : by)
}
