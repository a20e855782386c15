import { augmentationOf, augmentedPictures } from '@core/data/augmentation/draw'
import type { Dataset } from '@core/data/dataset'
import type { Document } from '@core/document/schema'
import { randomStream } from '@core/random/stream'
import type { TrainRequest } from './engines/engine'

/** Examples of an update, of so many rows to train on. */
export function batchRows({ training }: Document, rows: number): number {
  return Math.min(rows, training.batchSize ?? rows)
}

/** What each step trains on: a function of document and step, so that a run can go on anywhere. */
export class Batches {
  readonly perEpoch: number
  private readonly size: number
  private readonly rows: Int32Array
  private readonly seed: number
  private shuffled: { readonly epoch: number; readonly rows: Int32Array } | undefined

  constructor(
    document: Document,
    private readonly dataset: Dataset
  ) {
    this.rows = dataset.parts.train
    this.size = batchRows(document, this.rows.length)
    this.perEpoch = Math.ceil(this.rows.length / this.size)
    this.seed = document.training.seed
  }

  /** What `count` steps from this one on train on; pictures are changed as these settings of the data ask for. */
  of(first: number, count: number, data: Document['data']): Pick<TrainRequest, 'batches' | 'examples'> {
    const batches = Array.from({ length: count }, (_, i) => this.at(first + i))
    const augmentation = augmentationOf(data, this.dataset)
    if (!augmentation) return { batches }
    const { seed } = this
    const examples = batches.map((rows, i) => {
      const epoch = Math.floor((first + i) / this.perEpoch)
      return augmentedPictures(this.dataset, rows ?? this.rows, augmentation, { epoch, seed })
    })
    return { batches, examples }
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
