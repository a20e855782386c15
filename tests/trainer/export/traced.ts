import * as tf from '@tensorflow/tfjs-core'
import type { Document } from '@core/document/schema'
import type { Traced } from '@core/export/program/trace'
import { forward } from '@core/graph/forward'
import { configsOf, planSystem } from '@core/graph/plan'
import { randomStream } from '@core/random/stream'
import type { Ops } from '@core/registry/define'
import { Knobs } from '@trainer/engines/step/knobs'
import { initialWeights } from '@trainer/initialWeights'
import { magnifiesRounding, prepare } from '../anyNetwork'

/** A network with weights, some examples, and what the app's engine answers to them. */
export interface Example {
  readonly document: Document
  readonly traced: Traced
  readonly x: Float32Array
  readonly rows: number
  readonly answers: Float32Array
}

const ROWS = 6

/** Moves weights away from 0 and 1, where a slip would not show. */
function shaken(name: string, values: Float32Array): Float32Array {
  const random = randomStream(7, name)
  const positive = /variance|gamma/.test(name)
  return values.map((v) => v + (positive ? Math.abs(random.normal()) : random.normal()) * 0.2)
}

/** What the engine's operations answer to the first rows of a document's data, with weights that have left their start. */
export function exampleOf(ops: Ops, document: Document): Example {
  const { dataset, derivation } = prepare(document)
  if (derivation.problems.length > 0) throw new Error(derivation.problems[0]!.message)
  const system = planSystem(document, derivation)
  const [plan, configs, knobs] = [system.main, configsOf(system, document), new Knobs(system, document)]
  const width = dataset.x.length / dataset.rows
  const symbols = plan.nodes.some(({ layer }) => layer.type === 'embedding')
  const x = Float32Array.from(dataset.x.slice(0, ROWS * width), (v, i) => (symbols ? i % 2 : v))
  const values = new Map(
    initialWeights(plan.weights, 5).map((weight) => [weight.name, shaken(weight.name, weight.values)])
  )
  const answers = tf.tidy(() => {
    const numbers = knobs.values(document, 1, 1)
    const weights = plan.weights.map(
      ({ name, spec }) => [name, tf.tensor(values.get(name)!, [...spec.shape])] as const
    )
    const pass = forward(plan, tf.tensor(x, [ROWS, ...dataset.shape]), {
      ops,
      weights: new Map(weights),
      knobs: new Map(knobs.names.map((name, i) => [name, tf.scalar(numbers[i]!)])),
      configs,
      random: undefined
    })
    return pass.prediction.dataSync<'float32'>()
  })
  return { document, traced: { plan, configs, values }, x, rows: ROWS, answers }
}

/** How far two lists are beyond what rounding explains: max|a−b| − (1e-5 · max|b| + 1e-6); 0 and below is fine. */
export function difference(made: ArrayLike<number>, expected: Float32Array): number {
  if (made.length !== expected.length) return Infinity
  let [apart, size] = [0, 0]
  for (const [i, value] of expected.entries()) {
    const one = Object.is(made[i], value) ? 0 : Math.abs(made[i]! - value)
    if (!(one <= apart)) apart = Number.isNaN(one) ? Infinity : one
    size = Math.max(size, Math.abs(value))
  }
  return apart - (1e-5 * size + 1e-6)
}

/** Can rounding be compared at all? */
export function tamed({ document, answers }: Example): boolean {
  return (
    !magnifiesRounding(prepare(document)) &&
    answers.every((value) => Number.isFinite(value) && Math.abs(value) < 1e4)
  )
}
