import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { beforeAll, expect, test } from 'vitest'
import type { Pass } from '@core/graph/forward'
import { makeDataset } from '@core/data/dataset'
import { derive } from '@core/graph/derive'
import { planSystem } from '@core/graph/plan'
import { part } from '@core/registry/define'
import { unwrap } from '@core/result'
import { chainProject } from '@core/templates/chainProject'
import { composedOps } from '@trainer/engines/ops/largeOps'
import { Objective } from '@trainer/engines/step/objective'

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
