import * as tf from '@tensorflow/tfjs-core'
import type { Dataset } from '@core/data/dataset'
import { sizeOf } from '@core/graph/signal'
import { gatherExamples, gatherTargets } from '../step/gather'

/** Rows on the backend. */
export interface UploadedRows {
  /** [rows, …shape of one example] */
  readonly x: tf.Tensor
  /** [rows · positions, outputs] */
  readonly target: tf.Tensor
  readonly rows: number
}

/** Numbers in one pass at most, so that large data and wide layers do not fill the memory. */
const PASS_NUMBERS = 1 << 21

/** How many examples of this shape go through a network together. */
export function passRows(shape: readonly number[], widest: number): number {
  return Math.max(1, Math.min(8192, Math.floor(PASS_NUMBERS / Math.max(sizeOf(shape), widest))))
}

/** Rows of a data set on a backend. Those of a part that fits into one pass stay there. */
export class Uploads {
  private readonly kept = new Map<Int32Array, UploadedRows>()

  constructor(
    private readonly dataset: Dataset,
    private readonly outputs: number,
    private readonly passRows: number
  ) {}

  /** These rows, for as long as the tidy around it lasts; as `examples` where they show something else this time. */
  upload(rows: Int32Array, examples?: Float32Array): UploadedRows {
    const { dataset, outputs } = this
    const target = gatherTargets(dataset, rows, outputs, examples)
    return {
      x: tf.tensor(examples ?? gatherExamples(dataset, rows), [rows.length, ...dataset.shape]),
      target: tf.tensor(target, [target.length / outputs, outputs]),
      rows: rows.length
    }
  }

  /** The same rows at every step: uploaded once where they are few enough. */
  resident(rows: Int32Array): UploadedRows {
    if (rows.length > this.passRows) return this.upload(rows)
    const found = this.kept.get(rows)
    if (found) return found
    const uploaded = this.upload(rows)
    tf.keep(uploaded.x)
    tf.keep(uploaded.target)
    this.kept.set(rows, uploaded)
    return uploaded
  }

  /** Rows in passes; each is gone before the next one comes. */
  *passes(rows: Int32Array): Generator<UploadedRows> {
    if (rows.length <= this.passRows && this.isPart(rows)) yield this.resident(rows)
    else
      for (let from = 0; from < rows.length; from += this.passRows) {
        const pass = this.upload(rows.subarray(from, from + this.passRows))
        yield pass
        tf.dispose([pass.x, pass.target])
      }
  }

  dispose(): void {
    for (const { x, target } of this.kept.values()) tf.dispose([x, target])
    this.kept.clear()
  }

  private isPart(rows: Int32Array): boolean {
    return Object.values(this.dataset.parts).includes(rows)
  }
}
