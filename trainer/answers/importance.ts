import {
  grouped,
  importanceOf,
  shuffledIn,
  singly,
  type FeatureGroup,
  type Importance
} from '@core/answers/importance'
import type { Dataset, PartName } from '@core/data/dataset'
import type { FromTrainer, ToTrainer } from '@core/ipc'
import { sizeOf } from '@core/graph/signal'
import { randomStream } from '@core/random/stream'
import { metrics } from '@core/registry'
import { gatherExamples, gatherTargets } from '../engines/step/gather'
import type { Model } from '../model'
import { weightsAt, type SeenWeights, type Turns } from '../views/turns'
import { spread } from './sheet'

type Reply = Extract<FromTrainer, { type: 'importance' }>
type Request = Extract<ToTrainer, { type: 'importance' }>

/** Rows that are shuffled: more of them tell hardly more. */
const ROWS = 1000
const SHUFFLES = 5

/** The columns of the data, where an example is a row of a table: before they were prepared, where they were. */
function columnsOf({ features, shape, prepared }: Dataset): readonly FeatureGroup[] {
  if (prepared) return grouped(prepared.preparation.inputs)
  return shape.length === 1 && features.length === shape[0] ? singly(features) : []
}

/**
 * What the answers hang on: each column in turn is shuffled among rows that the network has not learned from, a few
 * times. Undefined where the data has no columns, or another network took this one's place meanwhile.
 */
export async function importance({ id, epoch }: Request, turns: Turns): Promise<Reply | undefined> {
  const look = await turns.take(() => turns.guarded((model) => Look.at(model, epoch)))
  if (!look) return undefined
  const score = await turns.take(() => turns.guarded(look.score))
  if (score === undefined) return undefined
  const found: Importance[] = []
  for (const column of look.columns) {
    const scores: number[] = []
    for (let shuffle = 0; shuffle < SHUFFLES; shuffle++) {
      const shuffled = await turns.take(() => turns.guarded((model) => look.shuffled(model, column, shuffle)))
      if (shuffled === undefined) return undefined
      scores.push(shuffled)
    }
    found.push(importanceOf(column.name, score, scores))
  }
  return {
    type: 'importance',
    id,
    epoch: look.weights.epoch,
    part: look.part,
    rows: look.rows.length,
    score,
    columns: found
  }
}

/** The rows that are looked at, with the weights of one moment. */
class Look {
  private readonly x: Float32Array
  private readonly target: Float32Array
  private readonly outputs: number

  private constructor(
    private readonly model: Model,
    readonly part: PartName,
    readonly rows: Int32Array,
    readonly weights: SeenWeights,
    readonly columns: readonly FeatureGroup[]
  ) {
    const { dataset, plan } = model
    this.outputs = plan.main.target.classes ?? sizeOf(plan.main.prediction)
    this.x = gatherExamples(dataset, rows)
    this.target = gatherTargets(dataset, rows, this.outputs)
  }

  static at(model: Model, epoch: number | undefined): Look | undefined {
    const { dataset, plan } = model
    const columns = columnsOf(dataset)
    const { classes, shape } = plan.main.target
    // An answer for each step of a sequence is scored in other ways.
    if (!plan.scheme.compares || columns.length < 2 || (classes !== undefined && shape.length > 0))
      return undefined
    const part = dataset.parts.validation.length > 1 ? 'validation' : 'train'
    const all = dataset.parts[part]
    const rows = spread(all.length, ROWS).map((i) => all[i]!)
    return new Look(model, part, rows, weightsAt(model, epoch), columns)
  }

  /** Of the rows as they are; undefined when another network has taken the place of theirs. */
  readonly score = (model: Model): number | undefined => this.scoreOf(model, this.x)

  shuffled(model: Model, column: FeatureGroup, shuffle: number): number | undefined {
    const stream = randomStream(model.document.training.seed, `importance/${column.name}`, shuffle)
    const order = stream.permutation(this.rows.length)
    return this.scoreOf(model, shuffledIn(this.x, this.x.length / this.rows.length, column, order))
  }

  private scoreOf(model: Model, x: Float32Array): number | undefined {
    if (model !== this.model) return undefined
    const { outputs, target, rows } = this
    const prediction = model.network.answers(x, this.weights.weights)
    const metric = model.plan.main.target.classes === undefined ? metrics['r2']! : metrics['accuracy']!
    return metric.measure({ prediction, target, rows: rows.length, outputs })
  }
}
