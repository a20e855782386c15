import * as tf from '@tensorflow/tfjs-core'
import type { Dataset, PartName } from '@core/data/dataset'
import type { Document } from '@core/document/schema'
import { randomStream } from '@core/random/stream'
import { sizeOf } from '@core/graph/signal'
import { metrics } from '@core/registry'
import type { Ops } from '@core/registry/define'
import type { Config } from '@core/registry/fields'
import type { NamedTensor } from '@core/run/checkpoint'
import type { EngineInfo } from '@core/run/events'
import { initialWeights } from '../../initialWeights'
import type { ActivationRequest, Activations, CompiledNetwork, Score } from '../engine'
import { configOf, type NetworkPlan } from '../plan'
import { forward, type Pass, type WeightMap } from './forward'
import { Objective } from './objective'
import { inPasses, pointPasses, ResidentParts, uploadRows } from './parts'
import { toShares } from './shares'
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
  private readonly parts: ResidentParts
  private readonly trainable: readonly string[]
  private readonly seed: number
  private configs: { readonly [nodeId: string]: Config } = {}

  constructor(
    private readonly backend: EagerBackend,
    private readonly plan: NetworkPlan,
    private readonly dataset: Dataset,
    document: Document
  ) {
    this.activate()
    this.engine = backend.info
    this.ops = backend.ops
    this.seed = document.training.seed
    this.objective = new Objective(plan, this.ops, document)
    const initial = initialWeights(plan.weights, this.seed)
    this.store = new WeightStore(plan.weights, this.ops, document, initial)
    this.parts = new ResidentParts(plan, dataset)
    this.parameters = plan.weights.reduce((n, w) => n + sizeOf(w.spec.shape), 0)
    this.trainable = plan.weights.filter((w) => w.spec.trainable).map((w) => w.name)
    this.configure(document)
  }

  configure(document: Document): void {
    this.configs = Object.fromEntries(this.plan.nodes.map(({ id }) => [id, configOf(document, id)]))
    this.objective.configure(document)
    this.store.configure(document)
  }

  step(rows: Int32Array | undefined, index: number, measured: boolean): Score {
    this.activate()
    return tf.tidy(() => {
      const batch = rows ? uploadRows(this.plan, this.dataset, rows) : this.parts.rows('train')
      const random = this.randomAt(index)
      let prediction: tf.Tensor | undefined
      const lossOf = (weights: WeightMap): tf.Tensor => {
        const pass = forward(this.plan, batch.x, { ops: this.ops, weights, configs: this.configs, random })
        // A copy: a network that changes nothing answers with the data itself, which stays.
        if (measured) prediction = tf.keep(tf.clone(pass.prediction))
        return this.objective.perExample(pass, batch.target)
      }
      const { value, grads } = this.differentiate(lossOf, this.objective.seed(batch.rows))
      const lossSum = tf.sum(value)
      const extras = prediction ? this.extras(prediction, batch.target) : []
      prediction?.dispose()
      const penalized = this.trainable.map((name, i) =>
        this.objective.withPenalty(name, this.store.values.get(name)!, grads[i]!)
      )
      const [loss, share, ...penalty] = together([lossSum, ...extras])
      this.store.update(this.trainable, penalized)
      return {
        loss: this.objective.reported(loss!, total(penalty), batch.rows),
        accuracy: share === undefined ? NaN : exactShare(share, batch.rows)
      }
    })
  }

  evaluate(part: PartName): Score {
    this.activate()
    const { rows } = this.parts.rows(part)
    return tf.tidy(() => {
      let lossSum = 0
      let hits = 0
      let penalty = 0
      for (const batch of inPasses(this.parts.rows(part))) {
        const pass = this.answer(batch.x, this.store.values)
        const [loss, share, ...terms] = together([
          tf.sum(this.objective.perExample(pass, batch.target)),
          ...this.extras(pass.prediction, batch.target)
        ])
        lossSum += loss!
        hits += Math.round(share! * batch.rows)
        penalty = total(terms)
      }
      return { loss: this.objective.reported(lossSum, penalty, rows), accuracy: hits / rows }
    })
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
    const count = points.length / this.plan.source.units
    const shares = new Float32Array(count * this.plan.classes)
    this.eachPass(points, weights, (pass, from) => {
      shares.set(toShares(pass, this.usesLogits()).dataSync(), from * this.plan.classes)
    })
    return shares
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
    this.parts.dispose()
    this.objective.dispose()
  }

  /** Another network may have run on another backend in between. */
  private activate(): void {
    if (tf.getBackend() === this.backend.name) return
    // Takes effect at once: an engine only hands out networks after its backend has started.
    void tf.setBackend(this.backend.name)
  }

  private answer(x: tf.Tensor, weights: WeightMap): Pass {
    return forward(this.plan, x, { ops: this.ops, weights, configs: this.configs, random: undefined })
  }

  private eachPass(
    points: Float32Array,
    weights: readonly NamedTensor[] | undefined,
    use: (pass: Pass, from: number) => void
  ): void {
    this.activate()
    tf.tidy(() => {
      const map = weights ? new Map(weights.map((w) => [w.name, upload(w)])) : this.store.values
      let from = 0
      for (const x of pointPasses(this.plan, points)) {
        tf.tidy(() => use(this.answer(x, map), from))
        from += x.shape[0]!
      }
    })
  }

  /** Scalars: the share of right answers, and the terms of the penalty. */
  private extras(prediction: tf.Tensor, target: tf.Tensor): tf.Tensor[] {
    return [
      metrics['accuracy']!.forward(this.ops, prediction, target),
      ...this.objective.penaltyTerms(this.store.values)
    ]
  }

  /** Per-example losses and the gradients of the trainable weights. */
  private differentiate(
    lossOf: (weights: WeightMap) => tf.Tensor,
    seed: tf.Tensor
  ): { value: tf.Tensor; grads: tf.Tensor[] } {
    if (this.trainable.length === 0) return { value: lossOf(this.store.values), grads: [] }
    const run = tf.valueAndGrads((...values: tf.Tensor[]) =>
      lossOf(new Map([...this.store.values, ...values.map((v, i) => [this.trainable[i]!, v] as const)]))
    )
    return run(
      this.trainable.map((name) => this.store.values.get(name)!),
      seed
    )
  }

  private randomAt(index: number) {
    return (nodeId: string) => {
      const stream = randomStream(this.seed, `random/${nodeId}`, index)
      return (shape: readonly number[]): tf.Tensor =>
        tf.tensor(Float32Array.from({ length: sizeOf(shape) }, stream.uniform), [...shape])
    }
  }

  private usesLogits(): boolean {
    const loss = this.configs[this.plan.sink.id]!['loss'] as { config: Config }
    return loss.config['fromLogits'] === true
  }
}

/** The values of scalars in one read-back. */
function together(scalars: readonly tf.Tensor[]): number[] {
  return [...(scalars.length === 1 ? scalars[0]! : tf.stack([...scalars])).dataSync()]
}

/** A share of rows as float32 gives it, without the rounding error. */
const exactShare = (share: number, rows: number): number => Math.round(share * rows) / rows

const total = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)
