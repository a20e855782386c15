import * as tf from '@tensorflow/tfjs-core'
import { optimizers } from '@core/registry'
import type { Ops, Tensor } from '@core/registry/define'
import { beforeAll, describe, expect, test } from 'vitest'
import { expectGolden } from '../core/helpers/golden'
import { opsOn } from './opsOn'
import { flat, ours, reference } from './optimizerCases'
import { engines } from './support'

test('every optimizer is held against a reference', () => {
  const compared = reference.cases.map(({ keras, config }) => ours(keras, config).optimizer.rule.type)
  expect(new Set(compared)).toEqual(new Set(Object.keys(optimizers)))
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
})
