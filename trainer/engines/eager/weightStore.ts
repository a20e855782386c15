import * as tf from '@tensorflow/tfjs-core'
import type { Document } from '@core/document/schema'
import { optimizers } from '@core/registry'
import type { Ops } from '@core/registry/define'
import type { Part } from '@core/registry/fields'
import type { NamedTensor } from '@core/run/checkpoint'
import { UPDATES } from '../engine'
import type { PlannedWeight } from '../plan'

type Slots = { readonly [slot: string]: tf.Tensor }

/** Weights and what the optimizer remembers about them, as tensors that outlive a tidy. */
export class WeightStore {
  readonly values = new Map<string, tf.Tensor>()
  private readonly slots = new Map<string, Slots>()
  private optimizer: Part
  private updates = 0

  constructor(
    private readonly weights: readonly PlannedWeight[],
    private readonly ops: Ops,
    document: Document,
    initial: readonly NamedTensor[]
  ) {
    this.optimizer = document.training.optimizer
    this.write(initial)
  }

  configure(document: Document): void {
    this.optimizer = document.training.optimizer
  }

  /** One update of the named weights. Call inside of tidy. */
  update(names: readonly string[], gradients: readonly tf.Tensor[]): void {
    this.updates++
    const { type, config } = this.optimizer
    const rule = optimizers[type]!
    for (const [i, name] of names.entries()) {
      const value = this.values.get(name)!
      const slots = this.slots.get(name)!
      const next = rule.update({
        ops: this.ops,
        config,
        value,
        gradient: gradients[i]!,
        slots,
        step: this.updates
      })
      this.put(this.values, name, next.value)
      const kept = { ...slots }
      for (const [slot, tensor] of Object.entries(next.slots)) {
        if (!tensor || tensor === slots[slot]) continue
        slots[slot]?.dispose()
        kept[slot] = tf.keep(tensor)
      }
      this.slots.set(name, kept)
    }
  }

  read(): NamedTensor[] {
    const state = this.readWeights()
    for (const [name, slots] of this.slots)
      for (const [slot, tensor] of Object.entries(slots)) state.push(download(`${name}/${slot}`, tensor))
    state.push({ name: UPDATES, shape: [], values: Float32Array.of(this.updates) })
    return state
  }

  readWeights(): NamedTensor[] {
    return [...this.values].map(([name, tensor]) => download(name, tensor))
  }

  /** Weights that are not given stay as they are; optimizer tensors that are not given start at zero. */
  write(state: readonly NamedTensor[]): void {
    const given = new Map(state.map((t) => [t.name, t]))
    const rule = optimizers[this.optimizer.type]!
    for (const { name, spec } of this.weights) {
      const value = given.get(name)
      if (value) this.put(this.values, name, upload(value))
      tf.dispose(this.slots.get(name) ?? {})
      const names = spec.trainable ? rule.slots(this.optimizer.config) : []
      const entries = names.map((slot): [string, tf.Tensor] => {
        const found = given.get(`${name}/${slot}`)
        return [slot, tf.keep(found ? upload(found) : tf.zeros([...spec.shape]))]
      })
      this.slots.set(name, Object.fromEntries(entries))
    }
    this.updates = given.get(UPDATES)?.values[0] ?? 0
  }

  dispose(): void {
    tf.dispose([...this.values.values()])
    for (const slots of this.slots.values()) tf.dispose(slots)
    this.values.clear()
    this.slots.clear()
  }

  private put(store: Map<string, tf.Tensor>, name: string, tensor: tf.Tensor): void {
    const before = store.get(name)
    if (before === tensor) return
    before?.dispose()
    store.set(name, tf.keep(tensor))
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
