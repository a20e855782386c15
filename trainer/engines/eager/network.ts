import * as tf from '@tensorflow/tfjs-core'
import type { Dataset, PartName } from '@core/data/dataset'
import type { Document } from '@core/document/schema'
import { sizeOf } from '@core/graph/signal'
import type { Ops } from '@core/registry/define'
import type { Config } from '@core/registry/fields'
import type { NamedTensor } from '@core/run/checkpoint'
import type { EngineInfo } from '@core/run/events'
import { initialWeights } from '../../initialWeights'
import type { ActivationRequest, Activations, CompiledNetwork, Score, TrainRequest } from '../engine'
import { configsOf, type NetworkPlan, type SystemPlan } from '@core/graph/plan'
import { forward, type NodeRandom, type Pass, type TensorMap } from '@core/graph/forward'
import { Knobs } from '../step/knobs'
import { Objective } from '../step/objective'
import { stepUniform } from '../step/random'
import { toShares } from '../step/shares'
import { measureStep, phaseOf, trainStep, type StepPlan } from '../step/trainStep'
import { passRows, Uploads, type UploadedRows } from './parts'
import { upload, WeightStore } from './weightStore'

/** What an engine lends its networks. */
export interface EagerBackend {
  readonly info: EngineInfo
  /** TensorFlow.js' name of the backend. */
  readonly name: string
  readonly ops: Ops
}

/** One update. See `TrainRequest`. */
interface Step {
  readonly rows: Int32Array | undefined
  readonly examples: Float32Array | undefined
  readonly index: number
  readonly factor: number
  readonly measured: boolean
}

/** Puts a backend to use: another one may have been in between. */
export function activate({ name }: EagerBackend): void {
  if (tf.getBackend() === name) return
  // Takes effect at once: an engine only hands out networks after its backend has started.
  void tf.setBackend(name)
}

/** A network whose every operation is a call into TensorFlow.js. */
export class EagerNetwork implements CompiledNetwork {
  readonly engine: EngineInfo
  readonly parameters: number
  readonly evaluates: boolean
  readonly evaluateRows: number
  private readonly ops: Ops
  private readonly objective: Objective
  private readonly store: WeightStore
  private readonly uploads: Uploads
  private knobs: Knobs
  private configs!: { readonly [nodeId: string]: Config }

  constructor(
    private readonly backend: EagerBackend,
    private readonly plan: SystemPlan,
    private readonly dataset: Dataset,
    private document: Document
  ) {
    this.activate()
    this.engine = backend.info
    this.ops = backend.ops
    this.objective = new Objective(plan, this.ops, document, dataset)
    this.store = new WeightStore(
      plan,
      this.ops,
      document,
      initialWeights(plan.weights, document.training.seed)
    )
    this.evaluates = plan.scheme.compares || plan.scheme.measure !== undefined
    this.evaluateRows = passRows(plan.main.source.shape, Math.max(...plan.nodes.map(({ units }) => units)))
    this.uploads = new Uploads(dataset, this.objective.outputs, this.evaluateRows)
    this.parameters = plan.weights.reduce((n, w) => n + sizeOf(w.spec.shape), 0)
    this.knobs = new Knobs(plan, document)
    this.configure(document)
  }

  configure(document: Document): void {
    this.document = document
    this.configs = configsOf(this.plan, document)
    if (!this.knobs.fits(this.plan, document)) this.knobs = new Knobs(this.plan, document)
  }

  train({ first, batches, examples, factors, measured }: TrainRequest): Score[] {
    this.activate()
    return batches.map((rows, i) =>
      this.step({ rows, examples: examples?.[i], index: first + i, factor: factors[i]!, measured })
    )
  }

  evaluate(part: PartName, most = Infinity): Score {
    this.activate()
    const all = this.dataset.parts[part]
    const rows = most < all.length ? all.subarray(0, most) : all
    let lossSum = 0
    let hits: number | undefined
    let penalty = 0
    let counted = 0
    tf.tidy(() => {
      const knobs = this.knobsAt(0, 1)
      for (const batch of this.uploads.passes(rows)) {
        const [loss, right, term, some] = tf.tidy(() => {
          const {
            losses,
            right: hit,
            counted: own
          } = measureStep(
            { ...this.stepPlan(), phase: this.plan.scheme.phases[0]! },
            { x: batch.x, target: batch.target, weights: this.store.values, knobs }
          )
          return together(
            tf.sum(losses),
            hit && tf.sum(hit),
            this.objective.penalty(this.knobs.penalties, this.store.values, knobs),
            own && tf.sum(own)
          )
        })
        lossSum += loss!
        counted += some ?? 0
        if (right !== undefined) hits = (hits ?? 0) + right
        penalty = term ?? 0
      }
    })
    return this.objective.score({ loss: lossSum, right: hits, counted, penalty, examples: rows.length })
  }

  predict(part: PartName): Float32Array {
    const found: Float32Array[] = []
    this.activate()
    tf.tidy(() => {
      const knobs = this.knobsAt(0, 1)
      for (const batch of this.uploads.passes(this.dataset.parts[part]))
        tf.tidy(() => {
          const pass = this.answer(this.plan.main, batch.x, this.store.values, knobs)
          found.push(this.told(pass).dataSync() as Float32Array)
        })
    })
    return joined(found)
  }

  activations({ points, unitLimit, weights, network }: ActivationRequest): { [nodeId: string]: Activations } {
    const plan = network === undefined ? this.plan.main : this.plan.networks[network]!
    const count = points.length / plan.source.units
    const answers: { [nodeId: string]: Activations } = {}
    this.eachPass(plan, points, weights, (pass, from) => {
      for (const node of plan.nodes) {
        const output = pass.outputs.get(node.id)
        if (!output) continue
        const units = Math.min(unitLimit, node.units)
        const flat = tf.reshape(output, [output.shape[0]!, -1])
        const kept = node.units > units ? tf.slice(flat, [0, 0], [-1, units]) : flat
        const answer = (answers[node.id] ??= { units, values: new Float32Array(count * units) })
        const values = tf.transpose(kept).dataSync() as Float32Array
        const rows = output.shape[0]!
        for (let unit = 0; unit < units; unit++)
          answer.values.set(values.subarray(unit * rows, (unit + 1) * rows), unit * count + from)
      }
    })
    return answers
  }

  answers(points: Float32Array, weights?: readonly NamedTensor[]): Float32Array {
    const found: Float32Array[] = []
    this.eachPass(this.plan.main, points, weights, (pass) => {
      found.push(this.told(pass).dataSync() as Float32Array)
    })
    return joined(found)
  }

  weights(): readonly NamedTensor[] {
    this.activate()
    return this.store.readWeights()
  }

  readState(): readonly NamedTensor[] {
    this.activate()
    return this.store.read()
  }

  writeState(state: readonly NamedTensor[]): void {
    this.activate()
    this.store.write(state)
  }

  dispose(): void {
    this.activate()
    this.store.dispose()
    this.uploads.dispose()
  }

  private step({ rows, examples, index, factor, measured }: Step): Score {
    return tf.tidy(() => {
      const { train } = this.dataset.parts
      const batch: UploadedRows =
        rows || examples ? this.uploads.upload(rows ?? train, examples) : this.uploads.resident(train)
      const phase = phaseOf(this.plan, this.document, index)
      const knobs = this.knobsAt(this.store.updates.next(phase), factor)
      const { loss, right, penalty, gradients, assigned } = trainStep(
        { ...this.stepPlan(), phase },
        { ...batch, weights: this.store.values, knobs, random: this.randomAt(index) }
      )
      const [lossSum, hits, terms] = together(
        loss,
        measured ? right : undefined,
        measured ? penalty : undefined
      )
      this.store.update(gradients, knobs)
      this.store.assign(assigned)
      const { objective } = this
      return {
        loss: objective.reported(lossSum!, terms ?? 0, batch.rows),
        accuracy: right && (hits === undefined ? NaN : hits / (batch.rows * objective.positions)),
        ...(this.plan.scheme.phases.length > 1 ? { phase: phase.id } : {})
      }
    })
  }

  private stepPlan(): Omit<StepPlan, 'phase'> {
    const { plan, ops, configs, objective, knobs, document } = this
    const { scheme, clipping } = document.training
    return { plan, ops, configs, objective, knobs, schemeConfig: scheme.config, clipping }
  }

  /** What a network says: shares of the classes, or numbers. */
  private told(pass: Pass): tf.Tensor {
    return this.objective.counts
      ? toShares(this.ops, pass, this.objective)
      : this.objective.rows(pass.prediction)
  }

  private knobsAt(update: number, factor: number): TensorMap {
    const values = this.knobs.values(this.document, Math.max(1, update), factor)
    return new Map(this.knobs.names.map((name, i) => [name, tf.scalar(values[i]!)]))
  }

  private activate(): void {
    activate(this.backend)
  }

  private answer(plan: NetworkPlan, x: tf.Tensor, weights: TensorMap, knobs: TensorMap): Pass {
    const { ops, configs } = this
    return forward(plan, x, { ops, weights, knobs, configs, random: undefined })
  }

  private eachPass(
    plan: NetworkPlan,
    points: Float32Array,
    weights: readonly NamedTensor[] | undefined,
    use: (pass: Pass, from: number) => void
  ): void {
    this.activate()
    const { units, shape } = plan.source
    tf.tidy(() => {
      const map = weights ? new Map(weights.map((w) => [w.name, upload(w)])) : this.store.values
      const knobs = this.knobsAt(0, 1)
      for (let from = 0; from < points.length / units; from += this.evaluateRows)
        tf.tidy(() => {
          const values = points.subarray(from * units, (from + this.evaluateRows) * units)
          use(this.answer(plan, tf.tensor(values, [values.length / units, ...shape]), map, knobs), from)
        })
    })
  }

  private randomAt(index: number): NodeRandom {
    return (nodeId) => {
      const draw = stepUniform(this.document.training.seed, nodeId, index)
      return (shape) => tf.tensor(draw(sizeOf(shape)), [...shape])
    }
  }
}

/** The values of scalars in one read-back; what is not there stays so. */
function together(...scalars: (tf.Tensor | undefined)[]): (number | undefined)[] {
  const there = scalars.filter((s) => s !== undefined)
  const values = (there.length === 1 ? there[0]! : tf.stack(there)).dataSync()
  let at = 0
  return scalars.map((s) => (s === undefined ? undefined : values[at++]))
}

function joined(pieces: readonly Float32Array[]): Float32Array {
  if (pieces.length === 1) return pieces[0]!
  const all = new Float32Array(pieces.reduce((n, piece) => n + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
