import * as tf from '@tensorflow/tfjs-core'
import type { Document } from '@core/document/schema'
import { constraints, optimizers } from '@core/registry'
import type { Ops } from '@core/registry/define'
import type { Part } from '@core/registry/fields'
import type { NamedTensor } from '@core/run/checkpoint'
import type { PlannedWeight, SystemPlan } from '@core/graph/plan'
import { Updates } from '../step/updates'
import type { TensorMap } from '@core/graph/forward'
import { optimizerKnob } from '../step/knobs'

type Slots = { readonly [slot: string]: tf.Tensor }

/** Weights and what the optimizer remembers about them, as tensors that outlive a tidy. */
export class WeightStore {
  readonly values = new Map<string, tf.Tensor>()
  readonly updates: Updates
  private readonly slots = new Map<string, Slots>()
  private readonly optimizer: Part

  constructor(
    private readonly plan: SystemPlan,
    private readonly ops: Ops,
    document: Document,
    initial: readonly NamedTensor[]
  ) {
    this.optimizer = document.training.optimizer
    this.updates = new Updates(plan.scheme)
    this.write(initial)
  }

  /** One update of the weights that have gradients. Call inside of tidy. */
  update(gradients: TensorMap, knobs: TensorMap): void {
    for (const weight of this.plan.trained) {
      const gradient = gradients.get(weight.name)
      if (gradient) this.updateOne(weight, gradient, knobs)
    }
  }

  /** New values of weights that are not trained. */
  assign(values: TensorMap): void {
    for (const [name, value] of values) this.put(name, value)
  }

  read(): NamedTensor[] {
    const state = this.readWeights()
    for (const [name, slots] of this.slots)
      for (const [slot, tensor] of Object.entries(slots)) state.push(download(`${name}/${slot}`, tensor))
    return [...state, this.updates.read()]
  }

  readWeights(): NamedTensor[] {
    return [...this.values].map(([name, tensor]) => download(name, tensor))
  }

  /** Weights that are not given stay as they are; optimizer tensors that are not given start anew. */
  write(state: readonly NamedTensor[]): void {
    const given = new Map(state.map((t) => [t.name, t]))
    const rule = optimizers[this.optimizer.type]!
    for (const { name } of this.plan.weights) {
      const value = given.get(name)
      if (value) this.put(name, upload(value))
    }
    for (const { name, spec } of this.plan.trained) {
      tf.dispose(this.slots.get(name) ?? {})
      const entries = Object.entries(rule.slots(this.optimizer.config)).map(([slot, start]) => {
        const found = given.get(`${name}/${slot}`)
        return [slot, tf.keep(found ? upload(found) : tf.fill([...spec.shape], start))] as const
      })
      this.slots.set(name, Object.fromEntries(entries))
    }
    this.updates.write(state)
  }

  dispose(): void {
    tf.dispose([...this.values.values()])
    for (const slots of this.slots.values()) tf.dispose(slots)
    this.values.clear()
    this.slots.clear()
  }

  private updateOne({ name, spec }: PlannedWeight, gradient: tf.Tensor, knobs: TensorMap): void {
    const { type, config } = this.optimizer
    const rule = optimizers[type]!
    const slots = this.slots.get(name)!
    const names = Object.keys(rule.numbers(config, 1, 1))
    const next = rule.update({
      ops: this.ops,
      config,
      numbers: Object.fromEntries(names.map((n) => [n, knobs.get(optimizerKnob(n))!])),
      value: this.values.get(name)!,
      gradient,
      slots
    })
    const { constraint } = spec
    this.put(
      name,
      constraint ? constraints[constraint.type]!.apply(this.ops, next.value, constraint.config) : next.value
    )
    const kept = { ...slots }
    for (const [slot, tensor] of Object.entries(next.slots)) {
      if (!tensor || tensor === slots[slot]) continue
      slots[slot]?.dispose()
      kept[slot] = tf.keep(tensor)
    }
    this.slots.set(name, kept)
  }

  private put(name: string, tensor: tf.Tensor): void {
    const before = this.values.get(name)
    if (before === tensor) return
    before?.dispose()
    this.values.set(name, tf.keep(tensor))
  }
}

/** A copy on the backend. */
export function upload({ shape, values }: NamedTensor): tf.Tensor {
  // The backend may keep the array it is given, and the caller's must not change under it.
  return tf.tensor(values.slice(), [...shape], 'float32')
}

function download(name: string, tensor: tf.Tensor): NamedTensor {
  return { name, shape: tensor.shape.slice(), values: Float32Array.from(tensor.dataSync()) }
}
