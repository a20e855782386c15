import * as tf from '@tensorflow/tfjs-core'
import type { Dataset, PartName } from '@core/data/dataset'
import type { NetworkPlan } from '../plan'

/** Rows on the backend. */
export interface ResidentRows {
  /** [rows, …shape of one example] */
  readonly x: tf.Tensor
  /** [rows, outputs]: one-hot, or the class number itself where there is a single output. */
  readonly target: tf.Tensor
  readonly rows: number
}

/** Uploads rows of a data set. */
export function uploadRows(plan: NetworkPlan, dataset: Dataset, rows: Int32Array): ResidentRows {
  const width = dataset.features.length
  const x = new Float32Array(rows.length * width)
  const target = new Float32Array(rows.length * plan.outputs)
  for (const [i, row] of rows.entries()) {
    for (let j = 0; j < width; j++) x[i * width + j] = dataset.x[row * width + j]!
    if (plan.outputs === 1) target[i] = dataset.y[row]!
    else target[i * plan.outputs + dataset.y[row]!] = 1
  }
  return {
    x: tf.tensor(x, [rows.length, ...plan.source.shape]),
    target: tf.tensor(target, [rows.length, plan.outputs]),
    rows: rows.length
  }
}

/** The parts of a data set, uploaded when they are first needed and kept. */
export class ResidentParts {
  private readonly kept = new Map<PartName, ResidentRows>()

  constructor(
    private readonly plan: NetworkPlan,
    private readonly dataset: Dataset
  ) {}

  rows(part: PartName): ResidentRows {
    const found = this.kept.get(part)
    if (found) return found
    const rows = uploadRows(this.plan, this.dataset, this.dataset.parts[part])
    tf.keep(rows.x)
    tf.keep(rows.target)
    this.kept.set(part, rows)
    return rows
  }

  dispose(): void {
    for (const { x, target } of this.kept.values()) tf.dispose([x, target])
    this.kept.clear()
  }
}

/** Rows more than this are answered in several passes, so that wide layers do not fill the memory. */
const PASS_ROWS = 8192

/** The same rows in passes of at most `PASS_ROWS`. Call inside of tidy. */
export function* inPasses({ x, target, rows }: ResidentRows): Generator<ResidentRows> {
  if (rows <= PASS_ROWS) yield { x, target, rows }
  else
    for (let from = 0; from < rows; from += PASS_ROWS) {
      const count = Math.min(PASS_ROWS, rows - from)
      const part = (t: tf.Tensor) => tf.slice(t, [from], [count])
      yield { x: part(x), target: part(target), rows: count }
    }
}

/** Points [count, features] as tensors of at most `PASS_ROWS` rows. Call inside of tidy. */
export function* pointPasses(plan: NetworkPlan, points: Float32Array): Generator<tf.Tensor> {
  const width = plan.source.units
  for (let from = 0; from < points.length; from += PASS_ROWS * width) {
    const values = points.subarray(from, from + PASS_ROWS * width)
    yield tf.tensor(values, [values.length / width, ...plan.source.shape])
  }
}
