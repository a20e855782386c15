import type fc from 'fast-check'
import * as tf from '@tensorflow/tfjs-core'
import type { Dataset } from '@core/data/dataset'
import { makeDataset } from '@core/data/dataset'
import type { Document } from '@core/document/schema'
import { derive, type Derivation } from '@core/graph/derive'
import type { Ops } from '@core/registry/define'
import type { Part } from '@core/registry/fields'
import { unwrap } from '@core/result'
import type { NamedTensor } from '@core/run/checkpoint'
import type { CompiledNetwork, Engine, Score } from '@trainer/engines/engine'
import { configsOf, planSystem } from '@core/graph/plan'
import { forward } from '@core/graph/forward'
import { Knobs } from '@trainer/engines/step/knobs'
import { BATCH, ROWS } from '../core/helpers/networks'

/**
 * npm run test:full goes through a thousand networks; otherwise as many as there is time for. NETLOOM_SEED gives
 * others.
 */
const full = process.env['NETLOOM_FULL'] === '1'
const seed = Number(process.env['NETLOOM_SEED'] ?? 1)
export const timeout = full ? 3_600_000 : 180_000
export const runs = (few: number): fc.Parameters<unknown> => ({ numRuns: full ? 1000 : few, seed })

/** Fewer networks than this show nothing, however slow the machine is just then. */
const LEAST = 20

/** For so long there is time for another network; the one that has been begun is always brought to its end. */
export function timeFor(ms: number): () => boolean {
  const end = performance.now() + ms
  let begun = 0
  return () => full || ++begun <= LEAST || performance.now() < end
}

/** How far engines may be apart after three steps, as a share of the largest number of an array. */
export const TOLERANCE = 1e-4

/** A document with what follows from it. */
export interface Prepared {
  readonly document: Document
  readonly derivation: Derivation
  readonly dataset: Dataset
}

/** Everything that an engine wants to know of a document without problems. */
export function prepare(document: Document): Prepared {
  const derivation = derive(document, {})
  return { document, derivation, dataset: unwrap(makeDataset(document.data, {})) }
}

/** What each layer really computes for two examples, as shapes without the batch. */
export function computedShapes(
  ops: Ops,
  { document, derivation, dataset }: Prepared,
  weights: readonly NamedTensor[]
): { readonly [nodeId: string]: readonly number[] } {
  const plan = planSystem(document, derivation)
  const knobs = new Knobs(plan, document)
  const values = knobs.values(document, 1, 1)
  return tf.tidy(() => {
    const width = dataset.x.length / dataset.rows
    const x = tf.tensor(dataset.x.slice(0, 2 * width), [2, ...dataset.shape])
    const pass = forward(plan.main, x, {
      ops,
      weights: new Map(weights.map((w) => [w.name, tf.tensor(w.values, [...w.shape])])),
      knobs: new Map(knobs.names.map((name, i) => [name, tf.scalar(values[i]!)])),
      configs: configsOf(plan, document),
      random: undefined
    })
    return Object.fromEntries([...pass.outputs].map(([id, tensor]) => [id, tensor.shape.slice(1)]))
  })
}

/** What each layer says it computes. */
export function inferredShapes({ derivation }: Prepared): { readonly [nodeId: string]: readonly number[] } {
  return Object.fromEntries(
    Object.entries(derivation.nodes).flatMap(([id, { outputs }]) => {
      const signal = outputs['output'] ?? outputs['features']
      return signal?.kind === 'numbers' ? [[id, signal.shape]] : []
    })
  )
}

/** A network after three steps: what each step told, the weights, and how it answers. */
export interface Trained {
  readonly scores: readonly Score[]
  readonly weights: readonly NamedTensor[]
  readonly answers: Float32Array
}

/** Three steps on batches, or on all rows where the document asks for that. */
export function trainThree(network: CompiledNetwork, { document }: Prepared): Trained {
  const rows = (from: number): Int32Array => Int32Array.from({ length: BATCH }, (_, i) => (from + i) % ROWS)
  const whole = document.training.batchSize === null
  const batches = [0, BATCH, 0].map((from) => (whole ? undefined : rows(from)))
  const scores = network.train({ first: 0, batches, factors: [1, 1, 1], measured: true })
  return { scores, weights: network.weights(), answers: network.predict('train') }
}

/** What `use` makes of a network; the network is gone afterwards. */
export async function using<T>(
  engine: Engine,
  prepared: Prepared,
  use: (network: CompiledNetwork) => T
): Promise<T> {
  const network = await engine.compile(prepared.document, prepared.derivation, prepared.dataset)
  try {
    return use(network)
  } finally {
    network.dispose()
  }
}

/** Numbers beyond this have left the realm in which rounding can be compared. */
const WILD = 20

/** Has training stayed among numbers that mean something? */
export function isTame({ scores, weights, answers }: Trained): boolean {
  const tame = (values: ArrayLike<number>): boolean =>
    Array.from(values).every((v) => Number.isFinite(v) && Math.abs(v) < WILD)
  return tame(scores.map(({ loss }) => loss)) && weights.every((w) => tame(w.values)) && tame(answers)
}

/**
 * Does the network magnify rounding, so that engines cannot be held to each other? A cross-entropy of probabilities that
 * come from a Gaussian takes 1 − e^(−z²) apart where nothing but rounding is left of it; a mask behind other layers asks
 * whether computed numbers are exactly 0.
 */
export function magnifiesRounding({ document }: Prepared): boolean {
  return document.networks.some(({ nodes, edges }) =>
    edges.some(({ from, to }) => {
      const [before, behind] = [nodes[from.node]!, nodes[to.node]!]
      if (behind.type === 'masking') return before.type !== 'data'
      const loss = behind.config['loss'] as Part | undefined
      const bend = before.config['activation'] as Part | undefined
      return (
        loss !== undefined &&
        /crossEntropy/i.test(loss.type) &&
        loss.config['fromLogits'] !== true &&
        bend?.type === 'gaussian'
      )
    })
  )
}

/** A few units in the last place of numbers about 1: what engines are apart from the first operation on. */
const ROUNDING = 4e-7

/** The network with every weight moved by no more than engines round. */
export function nudged(network: CompiledNetwork): CompiledNetwork {
  const moved = (values: Float32Array): Float32Array =>
    values.map((v, i) => v + (i % 2 === 0 ? ROUNDING : -ROUNDING) * Math.max(1, Math.abs(v)))
  network.writeState(network.readState().map((t) => ({ ...t, values: moved(t.values) })))
  return network
}

/** Where two engines differ by more than `relative` times the largest number of an array, in words. */
export function differences(a: Trained, b: Trained, relative: number): string[] {
  const compare = (what: string, left: ArrayLike<number>, right: ArrayLike<number>): string[] => {
    const size = Math.max(0, ...Array.from(right, Math.abs))
    const apart = Math.max(0, ...Array.from(right, (v, i) => Math.abs(v - left[i]!)))
    // Numbers that are nothing but rounding have no relative error.
    return left.length === right.length && apart <= relative * size + 1e-6
      ? []
      : [`${what}: ${apart.toPrecision(3)} apart of ${size.toPrecision(3)}`]
  }
  return [
    ...compare(
      'losses',
      a.scores.map((s) => s.loss),
      b.scores.map((s) => s.loss)
    ),
    ...b.weights.flatMap((w, i) => compare(w.name, a.weights[i]!.values, w.values)),
    ...compare('answers', a.answers, b.answers)
  ]
}

/** Tensors and handles that are there now. */
export function held(): { readonly tensors: number; readonly handles: number } {
  const backend = tf.findBackend('tensorflow') as unknown as { binding: { getNumOfTensors: () => number } }
  return { tensors: tf.memory().numTensors, handles: backend.binding.getNumOfTensors() }
}
