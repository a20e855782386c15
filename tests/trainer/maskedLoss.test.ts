import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { Pass } from '@core/graph/forward'
import { makeDataset } from '@core/data/dataset'
import { derive } from '@core/graph/derive'
import { planSystem } from '@core/graph/plan'
import { sources } from '@core/registry'
import { defineSource, part, type SourceDefinition } from '@core/registry/define'
import { unwrap } from '@core/result'
import { chainProject } from '@core/templates/chainProject'
import { composedOps } from '@trainer/engines/ops/largeOps'
import { Objective } from '@trainer/engines/step/objective'
import { Model } from '@trainer/model'
import { engines, oracle, withSettings } from './support'

beforeAll(() => tf.setBackend('cpu'))

const ops = { ...tf, ...composedOps }
/** Up or down at each of 4 steps. */
const objective = (reduction = 'mean'): Objective => {
  const document = chainProject({
    ...{ name: 'Waves', source: part('waves', { task: 'label', samples: 10, steps: 4 }) },
    split: { train: 0.8, test: 0 },
    layers: [['output', 'timeDistributed', { units: 2, activation: part('softmax') }]],
    output: { reduction },
    optimizer: part('sgd'),
    epochs: 1
  })
  const plan = planSystem(document, derive(document, {}))
  return new Objective(plan, ops, document, unwrap(makeDataset(document.data, {})))
}

/** Two sequences, of 4 and of 2 steps; the second one's last two only fill up. */
const answers = [
  [0.5, 0.5],
  [0.25, 0.75],
  [0.5, 0.5],
  [0.25, 0.75],
  [0.125, 0.875],
  [0.5, 0.5],
  [0.001, 0.999],
  [0.001, 0.999]
]
const pass = (mask: boolean): Pass =>
  ({
    ...{ outputs: new Map(), masks: new Map(), assigned: new Map(), logits: undefined },
    prediction: tf.tensor(answers.flat(), [2, 4, 2]),
    mask: mask ? tf.tensor2d([1, 1, 1, 1, 1, 1, 0, 0], [2, 4]) : undefined
  }) as Pass
// The first class is right everywhere.
const target = () =>
  tf.tensor(
    answers.flatMap(() => [1, 0]),
    [8, 2]
  )
const numbers = (tensor: tf.Tensor | undefined): number[] => [...tensor!.dataSync()]

test('steps that only fill up have no loss, and those that count stand for all', () => {
  const own = objective()
  const losses = own.perAnswer(pass(true), target())
  // −ln p of the first class, in steps of ln 2.
  expect(numbers(losses).map((v) => Math.round((v / Math.LN2) * 1000) / 1000)).toEqual([
    1, 2, 1, 2, 3, 1, 0, 0
  ])
  const counted = own.counted(pass(true))!
  // The minimised number is the mean over the six that count: 10/6 · ln 2, as in Keras.
  const total = numbers(own.total(losses, counted))[0]! * own.share(2)
  expect(total).toBeCloseTo((10 / 6) * Math.LN2, 6)
  // Right: the first class has at least half, ties go to the first.
  expect(numbers(own.right(pass(true), target()))).toEqual([1, 0, 1, 0, 0, 1, 0, 0])
})

test('a score over several passes is that of all answers that count', () => {
  const sums = { loss: 10 * Math.LN2, right: 3, counted: 6, penalty: 0.5, examples: 2 }
  expect(objective().score(sums).loss).toBeCloseTo((10 / 6) * Math.LN2 + 0.5, 6)
  expect(objective().score(sums).accuracy).toBeCloseTo(0.5, 6)
  // A sum over the batch leaves the fillers out and weighs nothing anew; it is told per example.
  expect(objective('sum').score(sums).loss).toBeCloseTo((10 * Math.LN2 + 0.5) / 2, 6)
})

test('without a mask every step counts', () => {
  const own = objective()
  expect(own.counted(pass(false))).toBeUndefined()
  const losses = own.perAnswer(pass(false), target())
  expect(numbers(own.total(losses, undefined))[0]! * own.share(2)).toBeCloseTo(
    numbers(losses).reduce((a, b) => a + b, 0) / 8,
    6
  )
})

/** What Keras makes of the same rows; see tests/oracles/masked.py. */
interface Golden {
  readonly lengths: readonly number[]
  readonly x: readonly number[]
  readonly y: readonly number[]
  readonly loss: number
  readonly accuracy: number
  readonly before: { readonly [name: string]: { readonly shape: number[]; readonly values: number[] } }
  readonly after: Golden['before']
}

describe.each(engines)('on %s, sequences of different lengths', (engine) => {
  test('are scored and trained on as by Keras', async () => {
    const golden = JSON.parse(oracle('masked.json')) as Golden
    ;(sources as Record<string, SourceDefinition>)['filledUp'] = defineSource({
      ...{ type: 'filledUp', title: 'Filled up', summary: 'Golden rows.', icon: 'table', fields: {} },
      describe: () => ({
        ...{ features: [], classes: ['a', 'b'], shape: [4, 3], rows: 5 },
        target: { classes: 2, shape: [4] }
      }),
      generate: () => ({ x: Float32Array.from(golden.x), y: Int32Array.from(golden.y) })
    })
    const document = chainProject({
      ...{ name: 'Filled up', source: part('filledUp'), split: { train: 1, test: 0 } },
      layers: [
        ['masking', 'masking', {}],
        ['walk', 'gru', { units: 4, returnSequences: true }],
        ['output', 'timeDistributed', { units: 2, activation: part('softmax') }]
      ],
      optimizer: part('sgd', { learningRate: 0.1 }),
      epochs: 3
    })
    const { network } = unwrap(await Model.compile(withSettings(document, { 'training.engine': engine }), {}))
    onTestFinished(() => network.dispose())
    network.writeState(
      Object.entries(golden.before).map(([name, { shape, values }]) => ({
        ...{ name, shape, values: Float32Array.from(values) }
      }))
    )
    const score = network.evaluate('train')
    expect(score.loss).toBeCloseTo(golden.loss, 5)
    expect(score.accuracy).toBeCloseTo(golden.accuracy, 5)
    const batches = [undefined, undefined, undefined]
    const [first] = network.train({ first: 0, batches, factors: [1, 1, 1], measured: true })
    expect(first!.loss).toBeCloseTo(golden.loss, 5)
    expect(first!.accuracy).toBeCloseTo(golden.accuracy, 5)
    for (const { name, values } of network.weights())
      for (const [i, value] of values.entries())
        expect(value, `${name} ${i}`).toBeCloseTo(golden.after[name]!.values[i]!, 4)
  })
})
