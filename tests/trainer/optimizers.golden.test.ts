import * as tf from '@tensorflow/tfjs-core'
import { clippings, optimizers, schedules } from '@core/registry'
import { fullConfig } from '@core/registry/complete'
import type { Ops, Tensor } from '@core/registry/define'
import { beforeAll, describe, expect, test } from 'vitest'
import { expectGolden, golden } from '../core/helpers/golden'
import { opsOn } from './opsOn'
import { engines } from './support'

type Nested = number | readonly Nested[]
type Weights = { readonly [name: string]: Nested }
/** Keras' arguments in camelCase. */
type Settings = { readonly [name: string]: number | boolean }

/** Weights after each of a few given gradients: see tests/oracles/optimizers.py. */
interface Reference {
  readonly start: Weights
  readonly gradients: readonly Weights[]
  readonly cases: readonly {
    readonly name: string
    readonly keras: string | null
    readonly config: Settings
    readonly path: readonly Weights[]
  }[]
}
const reference = golden<Reference>('optimizers.json')

/** What of Keras' arguments is not the optimizer's own here. */
const clipping = {
  clipnorm: ['norm', 'norm'],
  clipvalue: ['value', 'value'],
  globalClipnorm: ['globalNorm', 'norm']
} as const

/** Optimizer, schedule and clipping for Keras' arguments. */
function ours(keras: string | null, config: Settings) {
  const type =
    { RMSprop: 'rmsprop', SGD: 'sgd', AdamW: 'adamW' }[keras ?? ''] ??
    keras?.toLowerCase() ??
    'previousGradient'
  const { decay, initialAccumulatorValue, ...rest } = config
  const own = Object.fromEntries(Object.entries(rest).filter(([name]) => !(name in clipping)))
  const clip = Object.entries(clipping).find(([name]) => name in config)
  return {
    optimizer: {
      rule: optimizers[type]!,
      config: fullConfig(optimizers[type]!.fields, {
        ...own,
        ...(initialAccumulatorValue === undefined ? {} : { initialAccumulator: initialAccumulatorValue })
      })
    },
    schedule: { rule: schedules['inverseTime']!, config: { decay: decay ?? 0, interval: 1 } },
    clipping: clip
      ? { rule: clippings[clip[1][0]]!, config: { [clip[1][1]]: config[clip[0]]! } }
      : { rule: clippings['none']!, config: {} }
  }
}

const flat = (values: Nested): number[] =>
  typeof values === 'number' ? [values] : values.flatMap((v) => flat(v))

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
