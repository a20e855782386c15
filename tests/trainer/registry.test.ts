import * as tf from '@tensorflow/tfjs-core'
import { activations, losses } from '@core/registry'
import { fullConfig } from '@core/registry/complete'
import type { Ops, Tensor } from '@core/registry/define'
import { defaultsOf, type Config } from '@core/registry/fields'
import { fansOf } from '@trainer/initialWeights'
import { beforeAll, describe, expect, test } from 'vitest'
import { opsOn } from './opsOn'
import { engines, oracle } from './support'

interface Reference {
  activations: { x: number[]; y: Record<string, number[]> }
  losses: { type: string; config: Config; prediction: number[][]; target: number[][]; loss: number[] }[]
}
const reference = JSON.parse(oracle('reference.json')) as Reference

function expectClose(tensor: Tensor, expected: readonly number[], tolerance: number): void {
  const actual = [...tensor.dataSync()]
  expect(actual).toHaveLength(expected.length)
  for (const [i, value] of actual.entries())
    expect(Math.abs(value - expected[i]!), `${i}: ${value} is not ${expected[i]!}`).toBeLessThanOrEqual(
      tolerance * Math.max(1, Math.abs(expected[i]!))
    )
}

describe.each(engines)('the registry on %s', (name) => {
  let ops: Ops
  beforeAll(async () => {
    ops = await opsOn(name)
  }, 60_000)

  test.each(Object.values(activations))('activation $type', (definition) => {
    const config = defaultsOf(definition.fields)
    const { x, y } = reference.activations
    tf.tidy(() => {
      expectClose(definition.forward(ops, tf.tensor2d([x]), config), y[definition.type]!, 2e-6)
      for (const example of definition.examples) {
        const at = tf.tensor2d([example.x])
        expectClose(definition.forward(ops, at, { ...config, ...example.config }), example.y, 2e-6)
      }
    })
  })

  test.each(Object.values(activations))('activation $type keeps to its range', (definition) => {
    const z = [-80, -60, -40, -20, 0, 20, 40, 60, 80]
    const [smallest, largest] = definition.range
    const answers = tf.tidy(() => [
      ...definition.forward(ops, tf.tensor2d([z]), defaultsOf(definition.fields)).dataSync()
    ])
    // So far apart an activation is where it is bound for; one without a bound is at 1 or more.
    const near = (bound: number, met: number): boolean =>
      Number.isFinite(bound) ? Math.abs(met - bound) < 1e-6 : Math.abs(met) >= 1
    expect(near(smallest, Math.min(...answers)), `${Math.min(...answers)}`).toBe(true)
    expect(near(largest, Math.max(...answers)), `${Math.max(...answers)}`).toBe(true)
    expect(answers.every((y) => y >= smallest && y <= largest)).toBe(true)
  })

  test.each(Object.values(activations))('slope of activation $type', (definition) => {
    const config = defaultsOf(definition.fields)
    // Away from corners; weighted, so that functions across neurons have a slope to speak of.
    const x = [-2.1, -0.7, 0.4, 1.3]
    const weighted = (z: Tensor) =>
      ops.sum(ops.mul(definition.forward(ops, z, config), tf.tensor2d([[1, -2, 0.5, 3]]))) as tf.Scalar
    expectSlope(weighted, [x])
  })

  test.each(reference.losses)('loss $type $config', ({ type, config, prediction, target, loss }) => {
    const { fields, forward } = losses[type]!
    tf.tidy(() => {
      const input = { prediction: tf.tensor2d(prediction), target: tf.tensor2d(target) }
      expectClose(forward(ops, input, fullConfig(fields, config)), loss, 2e-5)
    })
  })

  test.each(Object.values(losses))('examples of loss $type', ({ fields, examples, forward }) => {
    tf.tidy(() => {
      for (const { config, prediction, target, loss } of examples) {
        const input = { prediction: tf.tensor2d(prediction), target: tf.tensor2d(target) }
        expectClose(forward(ops, input, fullConfig(fields, config)), loss, 2e-6)
      }
    })
  })

  test('cross-entropy from the logits of a softmax is exact where the softmax saturates', () => {
    tf.tidy(() => {
      const z = tf.tensor2d([[200, -200]])
      const target = tf.tensor2d([[0, 1]])
      const slope = tf.grad((logits) =>
        losses['crossEntropy']!.forward(
          ops,
          { prediction: ops.softmax(logits), logits: { kind: 'categorical', tensor: logits }, target },
          fullConfig(losses['crossEntropy']!.fields)
        )
      )
      expectClose(slope(z), [1, -1], 1e-6)
    })
  })

  test.each(reference.losses)('slope of loss $type $config', ({ type, config, prediction, target }) => {
    // Only the rows that are not cut off have a slope.
    const smooth = prediction.map((row) => row.map((v) => Math.min(0.9, Math.max(0.1, v))))
    expectSlope(
      (p) =>
        ops.sum(
          losses[type]!.forward(
            ops,
            { prediction: p, target: tf.tensor2d(target) },
            fullConfig(losses[type]!.fields, config)
          )
        ) as tf.Scalar,
      smooth
    )
  })

  test('nothing is left behind', () => {
    const before = tf.memory().numTensors
    tf.tidy(() => {
      ops.tanh(tf.tensor1d([1, 2]))
    })
    expect(tf.memory().numTensors).toBe(before)
  })
})

/** The gradient against central differences. */
function expectSlope(f: (x: Tensor) => tf.Scalar, at: number[][]): void {
  const h = 4e-3
  tf.tidy(() => {
    const slope = tf
      .grad((x) => f(x))(tf.tensor2d(at))
      .dataSync()
    const flat = at.flat()
    const width = at[0]!.length
    for (const i of flat.keys()) {
      const moved = (by: number) => {
        const values = flat.map((v, k) => (k === i ? v + by : v))
        return f(tf.tensor2d(values, [at.length, width])).dataSync()[0]!
      }
      const estimate = (moved(h) - moved(-h)) / (2 * h)
      expect(Math.abs(slope[i]! - estimate), `slope ${i}: ${slope[i]!} and ${estimate}`).toBeLessThan(
        5e-3 * Math.max(1, Math.abs(estimate))
      )
    }
  })
}

describe('starting weights', () => {
  test('fans are those of Keras', () => {
    expect(fansOf([])).toEqual({ fanIn: 1, fanOut: 1 })
    expect(fansOf([7])).toEqual({ fanIn: 7, fanOut: 7 })
    expect(fansOf([2, 3])).toEqual({ fanIn: 2, fanOut: 3 })
    expect(fansOf([5, 5, 32, 64])).toEqual({ fanIn: 800, fanOut: 1600 })
  })
})
