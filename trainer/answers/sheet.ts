import { confusionOf } from '@core/answers/confusion'
import { thinned, thresholdCurve } from '@core/answers/thresholds'
import type { PartName } from '@core/data/dataset'
import type { Answers } from '@core/ipc'
import { sizeOf } from '@core/graph/signal'
import { metrics } from '@core/registry'
import { gatherExamples, gatherTargets } from '../engines/step/gather'
import type { Model } from '../model'
import type { SeenWeights } from '../views/turns'
import { Slice } from './slice'
import { inUnits } from './units'

type Outcome = Answers['outcome']
type Floats = Float32Array<ArrayBuffer>

/** Most points of a curve and of a chart that are told: more cannot be seen. */
const CURVE_POINTS = 200
const SAMPLE = 1500
/** What a network answered to rows of the data, with the weights of one moment. Filled slice by slice. */
export class Sheet {
  /** The class that each answer names [rows · positions]; empty where answers are numbers. */
  readonly given: Int32Array<ArrayBuffer>
  /** The share given to that class. */
  readonly confidence: Floats
  private readonly ranks: Int32Array<ArrayBuffer>
  /** Of two classes: the share of the second one. */
  private readonly scores: Floats
  /** The numbers that were answered [rows, outputs]. */
  private readonly told: Floats
  readonly positions: number
  readonly classes: number
  private readonly outputs: number
  private at = 0
  private readonly slice = new Slice()
  /** Place of each row in the sheet. */
  private places: ReadonlyMap<number, number> | undefined

  constructor(
    private readonly model: Model,
    readonly part: PartName,
    private readonly weights: SeenWeights,
    readonly rows: Int32Array
  ) {
    const { target, prediction } = model.plan.main
    this.classes = target.classes ?? 0
    this.positions = this.classes > 0 ? sizeOf(target.shape) : 1
    this.outputs = sizeOf(prediction) / this.positions
    const answers = rows.length * this.positions
    this.given = new Int32Array(this.classes > 0 ? answers : 0)
    this.confidence = new Float32Array(this.given.length)
    this.scores = new Float32Array(this.classes === 2 ? answers : 0)
    this.ranks = new Int32Array(this.classes)
    this.told = new Float32Array(this.classes > 0 ? 0 : rows.length * this.outputs)
  }

  get epoch(): number {
    return this.weights.epoch
  }

  get done(): boolean {
    return this.at >= this.rows.length
  }

  /** The network's numbers for a row; undefined where they are not on the sheet. */
  answerTo(row: number): { readonly given: number[]; readonly confidence?: number[] } | undefined {
    this.places ??= new Map(Array.from(this.rows, (own, place) => [own, place]))
    const place = this.places.get(row)
    if (place === undefined) return undefined
    const cut = (values: Int32Array | Floats, width: number): number[] =>
      Array.from(values.subarray(place * width, (place + 1) * width))
    return this.classes > 0
      ? { given: cut(this.given, this.positions), confidence: cut(this.confidence, this.positions) }
      : { given: cut(this.told, this.outputs) }
  }

  /** Answers some more rows. */
  fill(): void {
    const { dataset, network } = this.model
    const rows = this.rows.subarray(this.at, this.at + this.slice.rows)
    const answers = this.slice.timed(() =>
      network.answers(gatherExamples(dataset, rows), this.weights.weights)
    )
    if (this.classes > 0) this.take(rows, answers)
    else this.told.set(inUnits(dataset, answers), this.at * this.outputs)
    this.at += rows.length
  }

  /** All answers added up. */
  outcome(): Outcome {
    return this.classes > 0 ? this.ofClasses() : this.ofNumbers()
  }

  /** Shares [rows · positions, classes] of the next rows. */
  private take(rows: Int32Array, shares: Float32Array): void {
    const { classes, positions } = this
    const from = this.at * positions
    const truth = this.truthOf(rows)
    for (let i = 0; i < rows.length * positions; i++) {
      const own = shares.subarray(i * classes, (i + 1) * classes)
      const true_ = own[truth[i]!]!
      let best = 0
      let above = 0
      for (let k = 0; k < classes; k++) {
        if (own[k]! > own[best]!) best = k
        if (own[k]! > true_) above++
      }
      // A single output names the second class from a half on.
      if (this.outputs === 1 && own[1]! >= 0.5) best = 1
      this.given[from + i] = best
      this.confidence[from + i] = own[best]!
      if (classes === 2) this.scores[from + i] = own[1]!
      this.ranks[above]!++
    }
  }

  private truthOf(rows: Int32Array): Int32Array {
    const { positions } = this
    const y = this.model.dataset.y!
    return Int32Array.from(
      { length: rows.length * positions },
      (_, i) => y[rows[Math.floor(i / positions)]! * positions + (i % positions)]!
    )
  }

  private ofClasses(): Outcome {
    const truth = this.truthOf(this.rows)
    const found = this.classes === 2 ? thresholdCurve(this.scores, (i) => truth[i] === 1) : undefined
    const points = found && thinned(found.points, CURVE_POINTS)
    return {
      kind: 'classes',
      counts: confusionOf(truth, this.given, this.classes),
      ranks: this.ranks,
      ...(found && {
        curve: {
          points: Float32Array.from(
            points!.flatMap((p) => [p.threshold, p.falsePositive, p.truePositive, p.precision])
          ),
          area: found.area,
          averagePrecision: found.averagePrecision
        }
      })
    }
  }

  private ofNumbers(): Outcome {
    const { outputs, rows, told } = this
    const { dataset } = this.model
    const target = inUnits(dataset, gatherTargets(dataset, rows, outputs))
    const input = { prediction: told, target, rows: rows.length, outputs }
    const places = spread(rows.length, Math.max(1, Math.floor(SAMPLE / outputs)))
    const sample = (values: Float32Array): Floats =>
      Float32Array.from([...places].flatMap((i) => [...values.subarray(i * outputs, (i + 1) * outputs)]))
    const measured = (type: string): number => metrics[type]!.measure(input)
    return {
      kind: 'numbers',
      outputs,
      rows: places.map((i) => rows[i]!),
      truth: sample(target),
      given: sample(told),
      r2: measured('r2'),
      meanAbsolute: measured('meanAbsoluteError'),
      rootMeanSquared: Math.sqrt(measured('meanSquaredError'))
    }
  }
}

/** At most so many places, evenly spread. */
export function spread(length: number, most: number): Int32Array<ArrayBuffer> {
  const count = Math.min(length, most)
  return Int32Array.from({ length: count }, (_, i) => Math.floor((i * length) / count))
}
