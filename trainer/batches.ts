import type { Dataset } from '@core/data/dataset'
import type { Document } from '@core/document/schema'
import { randomStream } from '@core/random/stream'

/** Which rows each step trains on: a function of document and step, so that a run can go on anywhere. */
export class Batches {
  readonly perEpoch: number
  private readonly size: number
  private readonly rows: Int32Array
  private readonly seed: number
  private shuffled: { readonly epoch: number; readonly rows: Int32Array } | undefined

  constructor({ training }: Document, { parts }: Dataset) {
    this.rows = parts.train
    this.size = Math.min(this.rows.length, training.batchSize ?? this.rows.length)
    this.perEpoch = Math.ceil(this.rows.length / this.size)
    this.seed = training.seed
  }

  /** Rows of the step of this index (from 0); undefined is all of them, where order makes no difference. */
  at(step: number): Int32Array | undefined {
    if (this.perEpoch === 1) return undefined
    const from = (step % this.perEpoch) * this.size
    return this.order(Math.floor(step / this.perEpoch)).subarray(from, from + this.size)
  }

  /** How many rows that step trains on. */
  sizeAt(step: number): number {
    const from = (step % this.perEpoch) * this.size
    return Math.min(this.size, this.rows.length - from)
  }

  private order(epoch: number): Int32Array {
    if (this.shuffled?.epoch === epoch) return this.shuffled.rows
    const order = randomStream(this.seed, 'shuffle', epoch).permutation(this.rows.length)
    const rows = order.map((i) => this.rows[i]!)
    this.shuffled = { epoch, rows }
    return rows
  }
}
