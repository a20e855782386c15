import type { Tensor } from '@tensorflow/tfjs-core'
import type { Dataset } from '@core/data/dataset'
import type { Document } from '@core/document/schema'
import { sizeOf } from '@core/graph/signal'
import { losses } from '@core/registry'
import type { Ops } from '@core/registry/define'
import type { Config, Part } from '@core/registry/fields'
import { configOf, type SystemPlan } from '@core/graph/plan'
import type { Pass, TensorMap } from '@core/graph/forward'
import { penaltyKnob, type Penalty } from './knobs'

/**
 * What training minimises: the loss of each answer, averaged or summed over a batch, and the penalties on weights.
 * An example has one answer, or one at each of its positions (a sequence that is labelled step by step).
 */
export class Objective {
  /** Answers an example. */
  readonly positions: number
  /** Numbers an answer. */
  readonly outputs: number
  /** Are answers right or wrong? */
  readonly counts: boolean
  /** Does the loss read the answers as logits? */
  readonly fromLogits: boolean
  private readonly loss: Part
  private readonly sum: boolean
  private readonly classWeights: Float32Array | undefined

  constructor(
    plan: SystemPlan,
    private readonly ops: Ops,
    document: Document,
    dataset: Dataset
  ) {
    const { sink, target, prediction } = plan.main
    const config = plan.scheme.compares ? configOf(document, sink.id) : notCompared
    const { classes, shape } = target
    this.counts = plan.scheme.compares && classes !== undefined
    this.loss = config['loss'] as Part
    this.sum = config['reduction'] === 'sum'
    this.fromLogits = this.loss.config['fromLogits'] === true
    this.positions = this.counts ? sizeOf(shape) : 1
    this.outputs = sizeOf(prediction) / this.positions
    this.classWeights =
      this.counts && config['classWeights'] === 'balanced' ? balanced(dataset, classes!) : undefined
  }

  /**
   * [batch · positions]: 1 where an answer counts, 0 where its step only fills up; undefined where all count, and where
   * an answer is one for the whole example.
   */
  counted({ mask }: Pass): Tensor | undefined {
    return this.positions > 1 && mask?.shape[1] === this.positions ? this.ops.reshape(mask, [-1]) : undefined
  }

  /**
   * What sums over a batch are multiplied with so that those who count stand for all: answers / Σ counted. Keras takes
   * the mean over them in the same way.
   */
  spread(counted: Tensor): Tensor {
    const { ops } = this
    return ops.div(counted.shape[0]!, ops.maximum(ops.sum(counted), 1))
  }

  /**
   * [batch · positions]: the loss of each answer, without penalties; 0 where it does not count. `target` is
   * [batch · positions, outputs].
   */
  perAnswer(pass: Pass, target: Tensor): Tensor {
    const counted = this.counted(pass)
    const losses = this.ofAll(pass, target)
    return counted ? this.ops.mul(losses, counted) : losses
  }

  private ofAll({ prediction, logits }: Pass, target: Tensor): Tensor {
    const { ops, loss } = this
    const raw = losses[loss.type]!.forward(
      ops,
      {
        prediction: this.rows(prediction),
        target,
        ...(logits ? { logits: { kind: logits.kind, tensor: this.rows(logits.tensor) } } : {})
      },
      loss.config
    )
    return this.classWeights ? ops.mul(raw, this.weightsOf(target, this.classWeights)) : raw
  }

  /** From here up a single output names the second class. */
  get cut(): number {
    const { loss } = this
    return losses[loss.type]!.cut?.(loss.config) ?? 0.5
  }

  /** [batch · positions]: 1 where an answer is right and counts, 0 elsewhere; undefined where the answers are numbers. */
  right(pass: Pass, target: Tensor): Tensor | undefined {
    const { ops } = this
    if (!this.counts) return undefined
    const counted = this.counted(pass)
    const right = this.hits(pass, target)
    return counted ? ops.mul(right, counted) : right
  }

  private hits({ prediction }: Pass, target: Tensor): Tensor {
    const { ops } = this
    const answers = this.rows(prediction)
    return ops.cast(
      this.outputs === 1
        ? ops.reshape(ops.equal(ops.greaterEqual(answers, this.cut), ops.greaterEqual(target, 0.5)), [-1])
        : ops.equal(ops.argMax(answers, 1), ops.argMax(target, 1)),
      'float32'
    )
  }

  /** What the loss of each answer counts in the minimised number. */
  share(examples: number): number {
    return this.sum ? 1 : 1 / (examples * this.positions)
  }

  /** The sum of these losses over a batch, those that count standing for all where they are averaged. */
  total(losses: Tensor, counted: Tensor | undefined): Tensor {
    const { ops } = this
    const sum = ops.sum(losses)
    return counted && !this.sum ? ops.mul(sum, this.spread(counted)) : sum
  }

  /** A score from sums over all answers; `counted` is how many of them count, 0 where all do. */
  score(sums: {
    readonly loss: number
    readonly right: number | undefined
    readonly counted: number
    readonly penalty: number
    readonly examples: number
  }): { readonly loss: number; readonly accuracy: number | undefined } {
    const { loss, right, counted, penalty, examples } = sums
    const answers = examples * this.positions
    const spread = counted > 0 ? answers / counted : 1
    return {
      loss: this.reported(this.sum ? loss : loss * spread, penalty, examples),
      accuracy: right === undefined ? undefined : (right * spread) / answers
    }
  }

  /** The minimised number, an example: a sum over the batch is divided by its examples, together with the penalty. */
  reported(lossSum: number, penalty: number, examples: number): number {
    return this.sum ? (lossSum + penalty) / examples : lossSum / (examples * this.positions) + penalty
  }

  /** λ₁·Σ|w| + λ₂·Σw² over the penalised weights, a scalar. */
  penalty(penalties: readonly Penalty[], weights: TensorMap, knobs: TensorMap): Tensor | undefined {
    const { ops } = this
    const terms = penalties.flatMap(({ weight, l1, l2 }) => {
      const w = weights.get(weight)!
      return [
        ...(l2 ? [ops.mul(ops.sum(ops.square(w)), knobs.get(penaltyKnob(weight, 'l2'))!)] : []),
        ...(l1 ? [ops.mul(ops.sum(ops.abs(w)), knobs.get(penaltyKnob(weight, 'l1'))!)] : [])
      ]
    })
    return terms.length === 0 ? undefined : terms.reduce((a, b) => ops.add(a, b))
  }

  /** A gradient with that of the weight's penalty added: λ₁·sign(w) + 2·λ₂·w. */
  withPenalty({ weight, l1, l2 }: Penalty, value: Tensor, gradient: Tensor, knobs: TensorMap): Tensor {
    const { ops } = this
    let total = gradient
    if (l2) total = ops.add(total, ops.mul(value, ops.mul(knobs.get(penaltyKnob(weight, 'l2'))!, 2)))
    if (l1) total = ops.add(total, ops.mul(ops.sign(value), knobs.get(penaltyKnob(weight, 'l1'))!))
    return total
  }

  /** [batch, …] → [batch · positions, outputs] */
  rows(answers: Tensor): Tensor {
    return answers.shape.length === 2 && answers.shape[1] === this.outputs
      ? answers
      : this.ops.reshape(answers, [-1, this.outputs])
  }

  private weightsOf(target: Tensor, weights: Float32Array): Tensor {
    const { ops } = this
    if (this.outputs > 1) return ops.sum(ops.mul(target, ops.tensor1d(weights)), 1)
    const [none, one] = weights as unknown as [number, number]
    return ops.reshape(ops.add(ops.mul(target, one - none), none), [-1])
  }
}

/** Stands for the settings of an output where there is none: one number an example, averaged. */
const notCompared: Config = { loss: { type: 'meanSquaredError', config: {} }, reduction: 'mean' }

/** rows / (classes · rows of the class), so that every class counts alike and the mean weight is 1. */
function balanced({ y, parts, target }: Dataset, classes: number): Float32Array {
  const positions = sizeOf(target.shape)
  const counts = new Float32Array(classes)
  for (const row of parts.train) for (let p = 0; p < positions; p++) counts[y![row * positions + p]!]!++
  const answers = parts.train.length * positions
  return counts.map((count) => (count === 0 ? 1 : answers / (classes * count)))
}
