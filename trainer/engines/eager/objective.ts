import * as tf from '@tensorflow/tfjs-core'
import type { Document } from '@core/document/schema'
import { losses, regularizers } from '@core/registry'
import type { Ops } from '@core/registry/define'
import type { Part } from '@core/registry/fields'
import { configOf, type NetworkPlan } from '../plan'
import type { Pass, WeightMap } from './forward'

interface Penalty {
  readonly weight: string
  readonly l1: number
  readonly l2: number
}

/** What training minimises: the loss, averaged or summed over a batch, and the penalties on weights. */
export class Objective {
  private loss!: Part
  private sum!: boolean
  private penalties: readonly Penalty[] = []
  private readonly seeds = new Map<number, tf.Tensor>()

  constructor(
    private readonly plan: NetworkPlan,
    private readonly ops: Ops,
    document: Document
  ) {
    this.configure(document)
  }

  /** Takes up the strengths of the penalties. Loss and reduction stay the same for a structure. */
  configure(document: Document): void {
    const config = configOf(document, this.plan.sink.id)
    this.loss = config['loss'] as Part
    this.sum = config['reduction'] === 'sum'
    // A regularizer is hot: it comes from this document, not from the plan.
    this.penalties = this.plan.nodes
      .flatMap((node) => node.layer.weights?.(configOf(document, node.id), node.signals) ?? [])
      .flatMap((spec, i) =>
        spec.regularizer ? [{ weight: this.plan.weights[i]!.name, part: spec.regularizer }] : []
      )
      .map(({ weight, part: { type, config: rates } }) => ({ weight, ...regularizers[type]!.rates(rates) }))
      .filter(({ l1, l2 }) => l1 !== 0 || l2 !== 0)
  }

  /** [batch], without penalties. */
  perExample({ prediction, logits }: Pass, target: tf.Tensor): tf.Tensor {
    return losses[this.loss.type]!.forward(
      this.ops,
      { prediction, target, ...(logits ? { logits } : {}) },
      this.loss.config
    )
  }

  /** [batch]: the slope of the minimised number with respect to each example's loss. */
  seed(rows: number): tf.Tensor {
    const found = this.seeds.get(rows)
    if (found) return found
    const seed = tf.keep(tf.fill([rows], this.sum ? 1 : 1 / rows))
    this.seeds.set(rows, seed)
    return seed
  }

  /** The loss's gradient of a weight with that of its penalty added: λ₁·sign(w) + 2·λ₂·w. */
  withPenalty(name: string, value: tf.Tensor, gradient: tf.Tensor): tf.Tensor {
    return this.penalties
      .filter(({ weight }) => weight === name)
      .reduce((g, { l1, l2 }) => {
        const squared = l2 === 0 ? g : tf.add(g, tf.mul(value, 2 * l2))
        return l1 === 0 ? squared : tf.add(squared, tf.mul(tf.sign(value), l1))
      }, gradient)
  }

  /** Scalars to add up: λ₁·Σ|w| + λ₂·Σw² of each penalised weight. */
  penaltyTerms(weights: WeightMap): tf.Tensor[] {
    return this.penalties.flatMap(({ weight, l1, l2 }) => {
      const w = weights.get(weight)!
      return [
        ...(l2 === 0 ? [] : [tf.mul(tf.sum(tf.square(w)), l2)]),
        ...(l1 === 0 ? [] : [tf.mul(tf.sum(tf.abs(w)), l1)])
      ]
    })
  }

  /** The minimised number, an example: a sum over the batch is divided by its rows, together with the penalty. */
  reported(lossSum: number, penalty: number, rows: number): number {
    return this.sum ? (lossSum + penalty) / rows : lossSum / rows + penalty
  }

  dispose(): void {
    tf.dispose([...this.seeds.values()])
    this.seeds.clear()
  }
}
