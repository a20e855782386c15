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
import { configOf, type NetworkPlan } from '../plan'
import { forward, type NodeRandom, type Pass, type TensorMap } from '../step/forward'
import { Knobs } from '../step/knobs'
import { Objective } from '../step/objective'
import { stepUniform } from '../step/random'
import { toShares } from '../step/shares'
import { trainStep } from '../step/trainStep'
import { passRows, Uploads, type UploadedRows } from './parts'
import { upload, WeightStore } from './weightStore'

/** What an engine lends its networks. */
export interface EagerBackend {
  readonly info: EngineInfo
  /** TensorFlow.js' name of the backend. */
  readonly name: string
  readonly ops: Ops
}

/** A network whose every operation is a call into TensorFlow.js. */
export class EagerNetwork implements CompiledNetwork {
  readonly engine: EngineInfo
  readonly parameters: number
  private readonly ops: Ops
  private readonly objective: Objective
  private readonly store: WeightStore
  private readonly uploads: Uploads
  private readonly passRows: number
  private knobs: Knobs
  private configs!: { readonly [nodeId: string]: Config }

  constructor(
    private readonly backend: EagerBackend,
    private readonly plan: NetworkPlan,
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
    this.passRows = passRows(plan.source.shape, Math.max(...plan.nodes.map(({ units }) => units)))
    this.uploads = new Uploads(dataset, this.objective.outputs, this.passRows)
    this.parameters = plan.weights.reduce((n, w) => n + sizeOf(w.spec.shape), 0)
    this.knobs = new Knobs(plan, document)
    this.configure(document)
  }

  configure(document: Document): void {
    this.document = document
    this.configs = Object.fromEntries(this.plan.nodes.map(({ id }) => [id, configOf(document, id)]))
    if (!this.knobs.fits(this.plan, document)) this.knobs = new Knobs(this.plan, document)
  }

  train({ first, batches, factors, measured }: TrainRequest): Score[] {
    this.activate()
    return batches.map((rows, i) => this.step(rows, first + i, factors[i]!, measured))
  }

  evaluate(part: PartName): Score {
    this.activate()
    const rows = this.dataset.parts[part]
    let lossSum = 0
    let hits: number | undefined
    let penalty = 0
    tf.tidy(() => {
      const knobs = this.knobsAt(0, 1)
      for (const batch of this.uploads.passes(rows)) {
        const [loss, right, term] = tf.tidy(() => {
          const pass = this.answer(batch.x, this.store.values, knobs)
          const hit = this.objective.right(pass, batch.target)
          return together(
            tf.sum(this.objective.perAnswer(pass, batch.target)),
            hit && tf.sum(hit),
            this.objective.penalty(this.knobs.penalties, this.store.values, knobs)
          )
        })
        lossSum += loss!
        if (right !== undefined) hits = (hits ?? 0) + right
        penalty = term ?? 0
      }
    })
    return {
      loss: this.objective.reported(lossSum, penalty, rows.length),
      accuracy: hits === undefined ? undefined : hits / (rows.length * this.objective.positions)
    }
  }

  predict(part: PartName): Float32Array {
    const found: Float32Array[] = []
    this.activate()
    tf.tidy(() => {
      const knobs = this.knobsAt(0, 1)
      for (const batch of this.uploads.passes(this.dataset.parts[part]))
        tf.tidy(() => {
          const pass = this.answer(batch.x, this.store.values, knobs)
          found.push(this.told(pass).dataSync() as Float32Array)
        })
    })
    return joined(found)
  }

  activations({ points, unitLimit, weights }: ActivationRequest): { [nodeId: string]: Activations } {
    const count = points.length / this.plan.source.units
    const answers: { [nodeId: string]: Activations } = {}
    this.eachPass(points, weights, (pass, from) => {
      for (const node of this.plan.nodes) {
        const output = pass.outputs.get(node.id)
        if (!output) continue
        const units = Math.min(unitLimit, node.units)
        const flat = tf.reshape(output, [output.shape[0]!, -1])
        const kept = node.units > units ? tf.slice(flat, [0, 0], [-1, units]) : flat
        const answer = (answers[node.id] ??= { units, values: new Float32Array(count * units) })
        answer.values.set(kept.dataSync(), from * units)
      }
    })
    return answers
  }

  shares(points: Float32Array, weights?: readonly NamedTensor[]): Float32Array {
    const found: Float32Array[] = []
    this.eachPass(points, weights, (pass) => {
      found.push(toShares(this.ops, pass, this.objective).dataSync() as Float32Array)
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

  private step(rows: Int32Array | undefined, index: number, factor: number, measured: boolean): Score {
    return tf.tidy(() => {
      const batch: UploadedRows = rows
        ? this.uploads.upload(rows)
        : this.uploads.resident(this.dataset.parts.train)
      const knobs = this.knobsAt(this.store.updates + 1, factor)
      const { plan, ops, configs, objective, document } = this
      const { loss, right, penalty, gradients, assigned } = trainStep(
        { plan, ops, configs, objective, knobs: this.knobs, clipping: document.training.clipping },
        { ...batch, weights: this.store.values, knobs, random: this.randomAt(index) }
      )
      const [lossSum, hits, terms] = together(
        loss,
        measured ? right : undefined,
        measured ? penalty : undefined
      )
      this.store.update(gradients, knobs)
      this.store.assign(assigned)
      return {
        loss: objective.reported(lossSum!, terms ?? 0, batch.rows),
        accuracy: right && (hits === undefined ? NaN : hits / (batch.rows * objective.positions))
      }
    })
  }

  /** What a network says: shares of the classes, or numbers. */
  private told(pass: Pass): tf.Tensor {
    return this.plan.target.classes === undefined
      ? this.objective.rows(pass.prediction)
      : toShares(this.ops, pass, this.objective)
  }

  private knobsAt(update: number, factor: number): TensorMap {
    const values = this.knobs.values(this.document, Math.max(1, update), factor)
    return new Map(this.knobs.names.map((name, i) => [name, tf.scalar(values[i]!)]))
  }

  /** Another network may have run on another backend in between. */
  private activate(): void {
    if (tf.getBackend() === this.backend.name) return
    // Takes effect at once: an engine only hands out networks after its backend has started.
    void tf.setBackend(this.backend.name)
  }

  private answer(x: tf.Tensor, weights: TensorMap, knobs: TensorMap): Pass {
    const { plan, ops, configs } = this
    return forward(plan, x, { ops, weights, knobs, configs, random: undefined })
  }

  private eachPass(
    points: Float32Array,
    weights: readonly NamedTensor[] | undefined,
    use: (pass: Pass, from: number) => void
  ): void {
    this.activate()
    const { units, shape } = this.plan.source
    tf.tidy(() => {
      const map = weights ? new Map(weights.map((w) => [w.name, upload(w)])) : this.store.values
      const knobs = this.knobsAt(0, 1)
      for (let from = 0; from < points.length / units; from += this.passRows)
        tf.tidy(() => {
          const values = points.subarray(from * units, (from + this.passRows) * units)
          use(this.answer(tf.tensor(values, [values.length / units, ...shape]), map, knobs), from)
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
