import * as tf from '@tensorflow/tfjs-core'
import type { Dataset } from '@core/data/dataset'
import type { ExportModel } from '@core/export/model'
import { PROOF_SAMPLES } from '@core/export/proof'
import { forward } from '@core/graph/forward'
import { planSystem } from '@core/graph/plan'
import { sizeOf } from '@core/graph/signal'
import { randomStream } from '@core/random/stream'
import type { Ops } from '@core/registry/define'
import { Knobs } from '../engines/step/knobs'

/** Examples as an exported network takes them, [rows, …shape]. */
export interface Samples {
  readonly x: Float32Array
  readonly rows: number
  /** Of the data set; none where they are noise. */
  readonly places: Int32Array
}

/** Real examples, those first that the network has not learned from; noise for a network that draws. */
export function samplesFor({ plan, data, document }: ExportModel, dataset: Dataset): Samples {
  const size = sizeOf(plan.source.shape)
  if (data.drawn) {
    const random = randomStream(document.training.seed, 'export')
    const x = Float32Array.from({ length: PROOF_SAMPLES * size }, () => random.normal())
    return { x, rows: PROOF_SAMPLES, places: new Int32Array() }
  }
  const { test, validation, train } = dataset.parts
  const part = [test, validation, train].find((rows) => rows.length > 0)!
  const rows = Math.min(PROOF_SAMPLES, part.length)
  const x = new Float32Array(rows * size)
  const places = Int32Array.from({ length: rows }, (_, i) => part[Math.floor((i * part.length) / rows)]!)
  for (const [i, place] of places.entries())
    x.set(dataset.x.subarray(place * size, (place + 1) * size), i * size)
  return { x, rows, places }
}

/** What the app's own layers answer to these examples: [rows, …], as the last layer gives it. */
export function ownAnswers(
  ops: Ops,
  model: ExportModel,
  { x, rows }: Pick<Samples, 'x' | 'rows'>
): Float32Array {
  const { plan, document, derivation, configs } = model
  const knobs = new Knobs(planSystem(document, derivation), document)
  const values = knobs.values(document, 1, 1)
  const answers = tf.tidy(() =>
    forward(plan, tf.tensor(x, [rows, ...plan.source.shape]), {
      ops,
      weights: new Map(
        plan.weights.map(({ name, spec }) => [name, tf.tensor(model.values.get(name)!, [...spec.shape])])
      ),
      knobs: new Map(knobs.names.map((name, i) => [name, tf.scalar(values[i]!)])),
      configs,
      random: undefined
    }).prediction.dataSync()
  )
  return Float32Array.from(answers)
}
