import * as tf from '@tensorflow/tfjs-core'
import { activations, losses } from '@core/registry'
import { fullConfig } from '@core/registry/complete'
import type { LossInput, Ops, Tensor } from '@core/registry/define'
import type { Config } from '@core/registry/fields'
import { beforeAll, describe, expect, test } from 'vitest'
import { expectGolden, golden } from '../core/helpers/golden'
import { opsOn } from './opsOn'
import { engines } from './support'

type Nested = number | readonly Nested[]

/** A loss with its slope, from tests/oracles/losses.py and corners.py. */
interface Case {
  readonly keras: string | null
  readonly name?: string
  readonly config: { readonly [name: string]: number | boolean | readonly number[] }
  readonly prediction: Nested
  readonly target: Nested
  readonly values: Nested
  readonly gradient: Nested
}
const { cases: all } = golden<{ cases: readonly Case[] }>('losses.json')
const { cases: corners } = golden<{ cases: readonly Case[] }>('corners.json')
// Weights of classes are the engine's: a loss is multiplied by them after it was computed.
const cases = [...all.filter(({ config }) => !('classWeights' in config)), ...corners]

/** Ours for a loss of Keras. */
const types: { readonly [keras: string]: string } = {
  CategoricalCrossentropy: 'crossEntropy',
  SparseCategoricalCrossentropy: 'crossEntropy',
  BinaryCrossentropy: 'binaryCrossentropy',
  MeanSquaredError: 'meanSquaredError',
  MeanAbsoluteError: 'meanAbsoluteError',
  Huber: 'huber',
  Hinge: 'hinge',
  'sum of squares': 'sumOfSquares',
  'half squared error': 'halfSquaredError'
}
const typeOf = ({ keras, name }: Case): string => types[keras ?? name!]!

const flat = (values: Nested): number[] =>
  typeof values === 'number' ? [values] : values.flatMap((v) => flat(v))
/** The last axis of a nested list, 1 for a list of numbers. */
const width = (values: Nested): number => {
  const first = (values as readonly Nested[])[0]!
  return typeof first === 'number' ? (values as readonly Nested[]).length : width(first)
}

/** [rows, outputs]: a sequence has a row a step, a class number becomes one-hot. */
function rowsOf({ keras, prediction, target }: Case): {
  outputs: number
  prediction: Tensor
  target: Tensor
} {
  const outputs = width(prediction)
  const answers = flat(target)
  return {
    outputs,
    prediction: tf.tensor2d(flat(prediction), [flat(prediction).length / outputs, outputs]),
    target:
      keras === 'SparseCategoricalCrossentropy'
        ? tf.oneHot(tf.tensor1d(answers, 'int32'), outputs)
        : tf.tensor2d(answers, [answers.length / outputs, outputs])
  }
}

/** What a loss and its slope come to. `wrap` says what the loss is given for a prediction. */
function run(ops: Ops, type: string, example: Case, wrap: (x: Tensor) => Omit<LossInput, 'target'>) {
  const config = fullConfig(losses[type]!.fields, example.config as Config)
  return tf.tidy(() => {
    const { prediction, target } = rowsOf(example)
    const floats = tf.cast(target, 'float32')
    const values = (x: Tensor) => losses[type]!.forward(ops, { ...wrap(x), target: floats }, config)
    return {
      values: values(prediction).dataSync(),
      gradient: tf
        .grad((x) => ops.sum(values(x)))(prediction)
        .dataSync()
    }
  })
}

test('every loss of the registry has golden cases, or a test of its own below', () => {
  expect(new Set([...cases.map(typeOf), 'perceptron'])).toEqual(new Set(Object.keys(losses)))
})

describe.each(engines)('losses as Keras computes them, on %s', (engine) => {
  let ops: Ops
  beforeAll(async () => {
    ops = await opsOn(engine)
  }, 60_000)

  test.each(cases.map((c, i) => [i, typeOf(c), c.config, c] as const))(
    '%i: %s %j',
    (_i, type, _config, example) => {
      const { values, gradient } = run(ops, type, example, (x) => ({ prediction: x }))
      expectGolden(values, flat(example.values))
      expectGolden(gradient, flat(example.gradient))
    }
  )

  const oneYesOrNo = cases.filter((c) => c.keras === 'BinaryCrossentropy' && width(c.prediction) === 1)
  test.each(oneYesOrNo.map((c) => [c.config, c] as const))(
    'cross-entropy of a single output is the same: %j',
    (_config, example) => {
      const { values, gradient } = run(ops, 'crossEntropy', example, (x) => ({ prediction: x }))
      expectGolden(values, flat(example.values))
      expectGolden(gradient, flat(example.gradient))
    }
  )

  // What a network with a softmax or sigmoid at its end gives: the loss goes by the logits, with Keras' slope.
  const fromLogits = cases.filter(({ config }) => config['fromLogits'] === true)
  test.each(fromLogits.map((c, i) => [i, typeOf(c), c] as const))(
    'from what goes into the last activation, %i: %s',
    (_i, type, example) => {
      const activation = type === 'crossEntropy' ? 'softmax' : 'sigmoid'
      const { values, gradient } = run(
        ops,
        type,
        { ...example, config: { ...example.config, fromLogits: false } },
        (x) => ({
          prediction: activations[activation]!.forward(ops, x, {}),
          logits: { kind: activations[activation]!.logits!, tensor: x }
        })
      )
      expectGolden(values, flat(example.values))
      expectGolden(gradient, flat(example.gradient))
    }
  )

  test('the perceptron rule moves weights as Rosenblatt’s: w ← w + η · (t − ŷ) · x', () => {
    const rows = [
      { x: [0.5, -1, 1], t: 1 },
      { x: [2, 0.25, 1], t: 0 },
      { x: [-1, 3, 1], t: 1 },
      { x: [0.5, 0.5, 1], t: 0 },
      { x: [0, 0, 0], t: 0 }
    ]
    const rate = 0.25
    const perceptron = losses['perceptron']!
    let expected = [0, 0, -0.5]
    let actual = [...expected]
    let errors = 0
    for (let pass = 0; pass < 3; pass++)
      for (const { x, t } of rows) {
        const said = Number(x.reduce((z, v, i) => z + v * expected[i]!, 0) >= 0)
        expected = expected.map((w, i) => w + rate * (t - said) * x[i]!)
        errors += Math.abs(t - said)
        tf.tidy(() => {
          const input = tf.tensor2d([x])
          const loss = (w: Tensor) => {
            const z = ops.matMul(input, w as tf.Tensor2D)
            return perceptron.forward(
              ops,
              {
                prediction: activations['step']!.forward(ops, z, {}),
                logits: { kind: activations['step']!.logits!, tensor: z },
                target: tf.tensor2d([[t]])
              },
              {}
            )
          }
          const weights = tf.tensor2d(actual, [3, 1])
          expect(loss(weights).dataSync()[0]).toBe(Math.abs(t - said))
          actual = [...ops.sub(weights, ops.mul(tf.grad(loss)(weights), rate)).dataSync()]
        })
        expect(actual).toEqual(expected)
      }
    expect(errors).toBeGreaterThan(3)
  })
})
