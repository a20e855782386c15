import * as tf from '@tensorflow/tfjs-core'
import { optimizers } from '@core/registry'
import { fullConfig } from '@core/registry/complete'
import type { Ops, Tensor } from '@core/registry/define'
import { beforeAll, describe, expect, test } from 'vitest'
import { expectGolden } from '../core/helpers/golden'
import { opsOn } from './opsOn'
import { flat, ours, reference } from './optimizerCases'
import { engines } from './support'

test('every optimizer is held against a reference', () => {
  const compared = reference.cases.map(({ keras, config }) => ours(keras, config).optimizer.rule.type)
  // Keras has no rising momentum: it is worked out by hand below.
  expect(new Set([...compared, 'risingMomentum'])).toEqual(new Set(Object.keys(optimizers)))
})

describe.each(engines)('optimizers as Keras computes them, on %s', (engine) => {
  let ops: Ops
  beforeAll(async () => {
    ops = await opsOn(engine)
  }, 60_000)

  test.each(reference.cases)('$name', ({ keras, config, path }) => {
    const { optimizer, schedule, clipping: clip } = ours(keras, config)
    const { rule } = optimizer
    const names = Object.keys(reference.start)
    tf.tidy(() => {
      const values = names.map((name) => tf.tensor(reference.start[name] as number[]))
      const slots = values.map((value) =>
        Object.fromEntries(
          Object.entries(rule.slots(optimizer.config)).map(([slot, start]): [string, Tensor] => [
            slot,
            tf.fill(value.shape, start)
          ])
        )
      )
      for (const [step, given] of reference.gradients.entries()) {
        const gradients = clip.rule.apply(
          ops,
          names.map((name) => tf.tensor(given[name] as number[])),
          clip.config
        )
        const place = { step, stepsPerEpoch: 4, steps: 8, losses: [] }
        const rate = (config['learningRate'] as number) * schedule.rule.factor(schedule.config, place)
        const scalars = Object.fromEntries(
          Object.entries(rule.numbers(optimizer.config, step + 1, rate)).map(([name, value]) => [
            name,
            tf.scalar(value)
          ])
        )
        for (const [i, name] of names.entries()) {
          const next = rule.update({
            ops,
            config: optimizer.config,
            numbers: scalars,
            value: values[i]!,
            gradient: gradients[i]!,
            slots: slots[i]!
          })
          values[i] = next.value
          slots[i] = next.slots as { [slot: string]: Tensor }
          expectGolden(next.value.dataSync(), flat(path[step]![name]!))
        }
      }
    })
  })

  test('momentum rises after the update that was set', () => {
    const rule = optimizers['risingMomentum']!
    const config = fullConfig(rule.fields, { momentum: 0.5, finalMomentum: 0.9, risesAt: 3 })
    const gradients = [0.4, -0.2, 1.1, 0.3, -0.7, 0.5]
    let [w, v] = [1.5, 0]
    tf.tidy(() => {
      let value: Tensor = tf.tensor1d([w])
      let velocity: Tensor = tf.zeros([1])
      for (const [i, g] of gradients.entries()) {
        v = (i < 3 ? 0.5 : 0.9) * v - 0.05 * g
        w += v
        const numbers = rule.numbers(config, i + 1, 0.05)
        const next = rule.update({
          ops,
          config,
          numbers: Object.fromEntries(Object.entries(numbers).map(([name, n]) => [name, tf.scalar(n)])),
          value,
          gradient: tf.tensor1d([g]),
          slots: { velocity }
        })
        value = next.value
        velocity = next.slots['velocity']!
        expect(Math.abs(value.dataSync()[0]! - w)).toBeLessThanOrEqual(1e-5 * Math.abs(w) + 1e-7)
      }
    })
  })
})
