import * as tf from '@tensorflow/tfjs-core'
import { clippings, constraints } from '@core/registry'
import { fullConfig } from '@core/registry/complete'
import type { Ops } from '@core/registry/define'
import { beforeAll, describe, expect, test } from 'vitest'
import { expectGolden, golden } from '../core/helpers/golden'
import { opsOn } from './opsOn'
import { engines } from './support'

type Nested = number | readonly Nested[]

/** Weights and gradients before and after: see tests/oracles/constraints.py. */
interface Reference {
  readonly constraints: readonly {
    readonly keras: string
    readonly config: { readonly maxValue?: number }
    readonly weight: Nested
    readonly held: Nested
  }[]
  readonly gradients: readonly Nested[]
  readonly clippings: readonly {
    readonly keras: 'clipnorm' | 'clipvalue' | 'global_clipnorm'
    readonly value: number
    readonly clipped: readonly Nested[]
  }[]
}
const reference = golden<Reference>('constraints.json')
const ours = { clipnorm: 'norm', clipvalue: 'value', global_clipnorm: 'globalNorm' } as const

const flat = (values: Nested): number[] =>
  typeof values === 'number' ? [values] : values.flatMap((v) => flat(v))

test('every constraint and clipping is held against Keras, or does nothing', () => {
  const held = reference.constraints.map(({ keras }) => (keras === 'MaxNorm' ? 'maxNorm' : 'nonNeg'))
  expect(new Set([...held, 'none'])).toEqual(new Set(Object.keys(constraints)))
  expect(new Set([...Object.values(ours), 'none'])).toEqual(new Set(Object.keys(clippings)))
})

describe.each(engines)('constraints and clipping as Keras has them, on %s', (engine) => {
  let ops: Ops
  beforeAll(async () => {
    ops = await opsOn(engine)
  }, 60_000)

  test.each(reference.constraints)('$keras $config', ({ keras, config, weight, held }) => {
    const [type, own] = keras === 'MaxNorm' ? ['maxNorm', { value: config.maxValue! }] : ['nonNeg', {}]
    tf.tidy(() => {
      const result = constraints[type]!.apply(ops, tf.tensor(weight as number[]), own)
      expectGolden(result.dataSync(), flat(held))
    })
  })

  test.each(Object.values(constraints))('examples of $type', ({ apply, fields, examples }) => {
    expect(examples.length).toBeGreaterThan(0)
    tf.tidy(() => {
      for (const { config, weight, held } of examples)
        expectGolden(apply(ops, tf.tensor2d(weight), fullConfig(fields, config)).dataSync(), held.flat())
    })
  })

  test.each(reference.clippings)('$keras $value', ({ keras, value, clipped }) => {
    const type = ours[keras]
    tf.tidy(() => {
      const gradients = reference.gradients.map((g) => tf.tensor(g as number[]))
      const results = clippings[type]!.apply(ops, gradients, { [type === 'value' ? 'value' : 'norm']: value })
      for (const [i, result] of results.entries()) expectGolden(result.dataSync(), flat(clipped[i]!))
      expect(results).toHaveLength(clipped.length)
    })
  })

  test('no gradients at all are clipped to none', () => {
    for (const { apply, fields } of Object.values(clippings))
      expect(apply(ops, [], fullConfig(fields))).toEqual([])
  })
})
