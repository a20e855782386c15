import type { Dataset, PartName } from '@core/data/dataset'
import type { Document } from '@core/document/schema'
import { sizeOf } from '@core/graph/signal'
import { optimizers, regularizers } from '@core/registry'
import type { Part } from '@core/registry/fields'
import type { NamedTensor } from '@core/run/checkpoint'
import type { EngineInfo } from '@core/run/events'
import { initialWeights } from '../../initialWeights'
import type { ActivationRequest, Activations, CompiledNetwork, Score, TrainRequest } from '../engine'
import { configOf, type PlannedWeight, type SystemPlan } from '@core/graph/plan'
import { gatherExamples, gatherTargets } from '../step/gather'
import { Updates } from '../step/updates'
import { nodeAnswers } from './answers'
import type { Chain } from './chain'
import { KNOBS } from './layout'
import { smooth } from './loss'
import { dropoutMasks } from './masks'
import { FusedNetwork, type LayerWeights } from './network'
import { sharesOf } from './shares'
import { answersOf } from './spec'

/** Rows of data that are read at once, and scored in one go. */
const PIECE_ROWS = 1024

/** A document's network in code that was made for its shape. */
export class FusedCompiled implements CompiledNetwork {
  readonly evaluates = true
  readonly evaluateRows = PIECE_ROWS
  readonly parameters: number
  private readonly network: FusedNetwork
  private readonly updates: Updates
  /** Answers an example, and numbers an answer. */
  private readonly positions: number
  private readonly outputs: number
  /** Are answers right or wrong? */
  private readonly counts: boolean
  private readonly slotNames: readonly string[]

  constructor(
    readonly engine: EngineInfo,
    private readonly plan: SystemPlan,
    private readonly chain: Chain,
    private readonly dataset: Dataset,
    private document: Document
  ) {
    this.network = new FusedNetwork(chain.spec)
    this.updates = new Updates(plan.scheme)
    this.counts = plan.main.target.classes !== undefined
    this.positions = answersOf(chain.spec)
    this.outputs = sizeOf(plan.main.prediction) / this.positions
    this.parameters = plan.weights.reduce((n, { spec }) => n + sizeOf(spec.shape), 0)
    const { type, config } = document.training.optimizer
    this.slotNames = Object.keys(optimizers[type]!.slots(config))
    this.takeData()
    this.writeState(initialWeights(plan.weights, document.training.seed))
    this.configure(document)
  }

  configure(document: Document): void {
    this.document = document
    const rates = ({ nodeId, spec }: PlannedWeight) => {
      const node = this.plan.nodes.find(({ id }) => id === nodeId)!
      const now = node.layer.weights!(configOf(document, nodeId), node.signals)
      const part = now.find(({ name }) => name === spec.name)?.regularizer
      return part ? regularizers[part.type]!.rates(part.config) : { l1: 0, l2: 0 }
    }
    this.network.setPenalties(
      this.chain.layers.map(({ nodeId }) =>
        Object.fromEntries(
          this.plan.weights.filter((w) => w.nodeId === nodeId).map((w) => [w.spec.name, rates(w)])
        )
      )
    )
  }

  train({ first, batches, examples, factors }: TrainRequest): Score[] {
    if (!examples) return this.update(first, batches, factors)
    return examples.flatMap((own, i) => {
      const rows = batches[i] ?? this.dataset.parts.train
      this.put(rows, own)
      const scores = this.update(first + i, [rows], [factors[i]!])
      this.put(rows, gatherExamples(this.dataset, rows))
      return scores
    })
  }

  private update(first: number, batches: TrainRequest['batches'], factors: readonly number[]): Score[] {
    const { network, chain, dataset } = this
    const whole = dataset.parts.train
    const sizes = Int32Array.from(batches, (rows) => (rows ?? whole).length)
    const knobs = this.knobsOf(factors)
    const same =
      batches.every((rows) => rows === undefined) && chain.spec.layers.every(({ masked }) => !masked)
    const rows = same ? whole : joined(batches.map((own) => own ?? whole))
    const masks = dropoutMasks(chain, this.document, first, sizes)
    const found = network.train({ rows, knobs, ...(same ? {} : { sizes }), ...(masks ? { masks } : {}) })
    return Array.from(sizes, (size, i) =>
      this.scored(found.losses[i]!, found.penalties[i]!, found.hits[i]!, size)
    )
  }

  evaluate(part: PartName, most?: number): Score {
    const rows = this.dataset.parts[part].subarray(0, most)
    const { loss, hits } = this.network.evaluate(rows)
    return this.scored(loss, this.network.penalty(), hits, rows.length)
  }

  predict(part: PartName): Float32Array {
    return this.told(this.network.forward(gatherExamples(this.dataset, this.dataset.parts[part])))
  }

  activations({ points, unitLimit, weights }: ActivationRequest): { [nodeId: string]: Activations } {
    return nodeAnswers(this.chain, this.network, {
      points,
      unitLimit,
      weights: weights && this.layerWeights(weights)
    })
  }

  answers(points: Float32Array, weights?: readonly NamedTensor[]): Float32Array {
    return this.told(this.network.forward(points, weights && this.layerWeights(weights)))
  }

  weights(): readonly NamedTensor[] {
    return this.plan.weights.map(({ name, spec }) => ({
      ...{ name, shape: spec.shape },
      values: this.view(name).slice()
    }))
  }

  readState(): readonly NamedTensor[] {
    const slots = this.plan.trained.flatMap(({ name, spec }) =>
      this.slotNames.map((slot, i) => ({
        ...{ name: `${name}/${slot}`, shape: spec.shape },
        values: this.view(name, i).slice()
      }))
    )
    return [...this.weights(), ...slots, this.updates.read()]
  }

  writeState(state: readonly NamedTensor[]): void {
    const given = new Map(state.map((tensor) => [tensor.name, tensor.values]))
    this.network.resetOptimizer()
    for (const { name } of this.plan.weights) {
      this.view(name).set(given.get(name) ?? [])
      for (const [i, slot] of this.slotNames.entries())
        this.view(name, i).set(given.get(`${name}/${slot}`) ?? [])
    }
    this.updates.write(state)
  }

  /** Its memory goes when nobody has it any more. */
  dispose(): void {
    this.network.resetOptimizer()
  }

  /** In pieces, because bytes become floats on the way. */
  private takeData(): void {
    const { dataset, outputs, network } = this
    for (let from = 0; from < dataset.rows; from += PIECE_ROWS) {
      const length = Math.min(PIECE_ROWS, dataset.rows - from)
      const rows = Int32Array.from({ length }, (_, i) => from + i)
      const targets = gatherTargets(dataset, rows, outputs)
      smooth(targets, this.loss, outputs)
      network.setData(gatherExamples(dataset, rows), targets, from)
    }
  }

  /** Has these rows show something else. */
  private put(rows: Int32Array, examples: Float32Array): void {
    const { dataset, outputs, network } = this
    const targets = gatherTargets(dataset, rows, outputs, examples)
    smooth(targets, this.loss, outputs)
    const [width, answers] = [examples.length / rows.length, targets.length / rows.length]
    for (const [i, row] of rows.entries())
      network.setData(
        examples.subarray(i * width, (i + 1) * width),
        targets.subarray(i * answers, (i + 1) * answers),
        row
      )
  }

  private get loss(): Part {
    return configOf(this.document, this.plan.main.sink.id)['loss'] as Part
  }

  private scored(loss: number, penalty: number, hits: number, rows: number): Score {
    const sum = this.chain.spec.reduction === 'sum'
    const answers = rows * this.positions
    return {
      loss: sum ? (loss + penalty) / rows : loss / answers + penalty,
      accuracy: this.counts ? hits / answers : undefined
    }
  }

  /** The optimizer's numbers of the next updates, worked out in float64. */
  private knobsOf(factors: readonly number[]): Float32Array {
    const { type, config } = this.document.training.optimizer
    const knobs = new Float32Array(KNOBS * factors.length)
    for (const [i, factor] of factors.entries()) {
      const update = this.updates.next(this.plan.scheme.phases[0]!)
      const numbers = optimizers[type]!.numbers(config, update, (config['learningRate'] as number) * factor)
      const { rate, beta1Power, beta2Power, kept, momentum } = numbers
      const corrected = beta1Power === undefined ? 1 : Math.sqrt(1 - beta2Power!) / (1 - beta1Power)
      knobs[KNOBS * i] = rate! * corrected
      knobs[KNOBS * i + 1] = kept ?? momentum ?? 0
    }
    return knobs
  }

  /** What a network says: shares of the classes, or numbers. */
  private told(answers: Float32Array): Float32Array {
    if (!this.counts) return answers
    return sharesOf(answers, {
      outputs: this.outputs,
      fromLogits: this.loss.config['fromLogits'] === true,
      softmax: this.chain.spec.layers.at(-1)!.activation === 'softmax',
      cut: this.chain.spec.threshold ?? 0.5
    })
  }

  /** A weight, or what a slot of the optimizer remembers about it, in the module's memory. */
  private view(weight: string, slot?: number): Float32Array {
    const { nodeId, spec } = this.plan.weights.find(({ name }) => name === weight)!
    const layer = this.chain.layers.findIndex((own) => own.nodeId === nodeId)
    const set = slot === undefined ? this.network.weights(layer) : this.network.slots(layer)[slot]!
    return set[spec.name as keyof LayerWeights]
  }

  private layerWeights(weights: readonly NamedTensor[]): LayerWeights[] {
    const given = new Map(weights.map(({ name, values }) => [name, values]))
    return this.chain.layers.map(({ nodeId }) => {
      const own = (name: keyof LayerWeights) => given.get(`${nodeId}/${name}`) ?? new Float32Array()
      return { kernel: own('kernel'), recurrent_kernel: own('recurrent_kernel'), bias: own('bias') }
    })
  }
}

function joined(pieces: readonly Int32Array[]): Int32Array {
  if (pieces.length === 1) return pieces[0]!
  const all = new Int32Array(pieces.reduce((n, { length }) => n + length, 0))
  let at = 0
  for (const piece of pieces) {
    all.set(piece, at)
    at += piece.length
  }
  return all
}
