import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { sizeOf } from '@core/graph/signal'
import { randomStream } from '@core/random/stream'
import { layers } from '@core/registry'
import type { LayerDefinition, Ops, Tensor } from '@core/registry/define'
import { fullConfig } from '@core/registry/complete'
import type { Config } from '@core/registry/fields'
import { configProblems } from '@core/graph/problems'
import { valueOf } from '../core/helpers/arbitraries'
import { inferred, layerOf, nativeOnly, signalsOf } from './layerCase'
import { opsOn } from './opsOn'
import { engines } from './support'

/** Layers whose inputs are whole numbers. */
const countsIn = /^embedding$/
const computed = Object.values(layers).filter((layer) => layer.forward)

/** Layers that no slope teaches. */
const untaught = /^rbm$/

/** Normal numbers; zeros where only whole numbers make sense. */
function fill(type: string, shape: readonly number[], seed: string): number[] {
  const random = randomStream(1, seed)
  const values = Array.from({ length: sizeOf(shape) }, () =>
    countsIn.test(type) ? 0 : random.normal() * 0.5
  )
  // A variance is above 0.
  return seed.endsWith('ariance') ? values.map((v) => 0.5 + Math.abs(v)) : values
}

/** A layer as in training: new random numbers at every call, the same ones in the same step. */
function inTraining(ops: Ops, layer: LayerDefinition, config: Config) {
  return (inputs: { [port: string]: Tensor }, weights: { [name: string]: Tensor }): Tensor => {
    const stream = randomStream(7, 'mask')
    const random = (shape: readonly number[]): Tensor =>
      tf.tensor(Float32Array.from({ length: sizeOf(shape) }, stream.uniform), [...shape])
    return layerOf(ops, layer.type, { config, training: true, random }).run(inputs, weights)
  }
}

describe.each(engines)('layers on %s', (name) => {
  let ops: Ops
  beforeAll(async () => {
    ops = await opsOn(name)
  }, 60_000)
  const here = computed.filter((layer) => name === 'native' || !nativeOnly.test(layer.type))

  test.each(here)('$type: shapes and slopes of its examples', (layer) => {
    for (const example of layer.examples) {
      const config = fullConfig(layer.fields, example.config)
      const specs = layer.weights?.(config, example.inputs) ?? []
      const run = inTraining(ops, layer, config)
      const values = [
        ...Object.entries(example.inputs).map(([port, signal]) => {
          const shape = signal.kind === 'numbers' ? [2, ...signal.shape] : [2]
          return { name: port, input: true, shape, values: fill(layer.type, shape, port) }
        }),
        ...specs.map((w) => ({
          name: w.name,
          input: false,
          shape: w.shape,
          values: fill('', w.shape, w.name)
        }))
      ]
      tf.tidy(() => {
        const f = (...tensors: Tensor[]): Tensor => {
          const named = (input: boolean): { [name: string]: Tensor } =>
            Object.fromEntries(values.flatMap((v, i) => (v.input === input ? [[v.name, tensors[i]!]] : [])))
          return run(named(true), named(false))
        }
        const expected = example.outputs[layer.outputs[0]!.id]!
        const output = f(...values.map(upload))
        expect(output.shape).toEqual([2, ...(expected.kind === 'numbers' ? expected.shape : [])])
        if (!untaught.test(layer.type))
          expectSlopes(
            ops,
            f,
            values,
            specs.filter((w) => !w.trainable).map((w) => w.name)
          )
      })
    }
  })
})

describe.runIf(engines.includes('native'))('layers with any settings', () => {
  let ops: Ops
  beforeAll(async () => {
    ops = await opsOn('native')
  }, 60_000)

  test.each(computed)('$type computes the shape it infers', (layer) => {
    // About every second setting at its default: with all of them at random, hardly any fit together.
    const settings: fc.Arbitrary<Config> = fc.record(
      Object.fromEntries(
        Object.entries(layer.fields).map(([field, f]) => [
          field,
          fc.oneof(fc.constant(f.default), valueOf(f))
        ])
      )
    )
    const size = fc.integer({ min: 1, max: 8 })
    const shape = fc.array(size, { minLength: 1, maxLength: 3 })
    const inputs = fc.record(Object.fromEntries(layer.inputs.map((p) => [p.id, shape])))
    // Merging layers need shapes that go together, which chance alone seldom gives.
    const same = shape.map((s) => Object.fromEntries(layer.inputs.map((p) => [p.id, s])))
    let valid = 0
    fc.assert(
      fc.property(
        settings,
        fc.oneof(inputs, same),
        fc.integer({ min: 1, max: 3 }),
        (config, given, batch) => {
          const outOfRange = configProblems(layer.fields, config, 'node', () => ({
            kind: 'renameProject',
            name: 'x'
          }))
          if (outOfRange.length > 0) return
          tf.tidy(() => {
            const tensors = Object.fromEntries(
              Object.entries(given).map(([port, s]) => [
                port,
                upload({ shape: [batch, ...s], values: fill(layer.type, [batch, ...s], port) })
              ])
            )
            const signals = signalsOf(tensors)
            const { outputs, problems } = inferred(layer, config, signals)
            const output = outputs['output']
            if (problems?.length || output?.kind !== 'numbers') return
            valid++
            const weights = Object.fromEntries(
              (layer.weights?.(config, signals) ?? []).map((w) => [
                w.name,
                upload({ shape: w.shape, values: fill('', w.shape, w.name) })
              ])
            )
            expect(inTraining(ops, layer, config)(tensors, weights).shape).toEqual([batch, ...output.shape])
          })
        }
      ),
      { numRuns: 100, seed: 5 }
    )
    expect(valid).toBeGreaterThan(3)
  })
})

describe('randomness', () => {
  let ops: Ops
  beforeAll(async () => {
    ops = await opsOn(engines[0]!)
  }, 60_000)
  const stream = randomStream(3, 'randomness')
  const random = (shape: readonly number[]): Tensor =>
    tf.tensor(Float32Array.from({ length: sizeOf(shape) }, stream.uniform), [...shape])

  test('Gaussian noise is normal, with the spread it is set to', () => {
    const n = 40_000
    const { run } = layerOf(ops, 'gaussianNoise', { config: { stddev: 0.5 }, training: true, random })
    const noise = run({ input: tf.zeros([n / 4, 4]) }, {}).dataSync<'float32'>()
    const mean = noise.reduce((a, b) => a + b, 0) / n
    const std = Math.sqrt(noise.reduce((a, b) => a + (b - mean) ** 2, 0) / n)
    // Five standard errors each.
    expect(Math.abs(mean)).toBeLessThan((5 * 0.5) / Math.sqrt(n))
    expect(Math.abs(std - 0.5)).toBeLessThan((5 * 0.5) / Math.sqrt(2 * n))
    for (const [z, share] of [
      [1, 0.3173],
      [2, 0.0455],
      [3, 0.0027]
    ] as const) {
      const beyond = noise.reduce((a, b) => a + Number(Math.abs(b) > z * 0.5), 0) / n
      expect(Math.abs(beyond - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / n))
    }
  })

  const linear = { type: 'linear', config: {} }
  const rnn = { units: 8, activation: linear, returnSequences: true, useBias: false }
  const eye = identity(8)

  test('the same inputs of a recurrent layer rest at all steps', () => {
    const { run } = layerOf(ops, 'simpleRnn', { config: { ...rnn, dropout: 0.5 }, training: true, random })
    const kernels = { kernel: upload(eye), recurrent_kernel: tf.zeros([8, 8]) }
    const out = run({ input: tf.ones([6, 3, 8]) }, kernels).arraySync() as number[][][]
    expect(new Set(out.flat(2))).toEqual(new Set([0, 2]))
    for (const [first, ...others] of out) for (const step of others) expect(step).toEqual(first)
  })

  test('the same carried numbers of a recurrent layer rest at all steps', () => {
    const { run } = layerOf(ops, 'simpleRnn', {
      config: { ...rnn, recurrentDropout: 0.5 },
      training: true,
      random
    })
    const kernels = { kernel: upload(eye), recurrent_kernel: upload(eye) }
    const out = run({ input: tf.ones([6, 3, 8]) }, kernels).arraySync() as number[][][]
    const walks = out.flatMap((steps) => steps[0]!.map((_, unit) => steps.map((s) => s[unit]!).join()))
    // h ← 1 + h · 0, or h ← 1 + h · 2.
    expect(new Set(walks)).toEqual(new Set(['1,1,1', '1,3,7']))
  })

  test('nothing rests when the network answers', () => {
    for (const type of ['simpleRnn', 'lstm', 'gru']) {
      const layer = layers[type]!
      const config = fullConfig(layer.fields, { units: 3, dropout: 0.5, recurrentDropout: 0.5 })
      expect(() => {
        const x = tf.ones([1, 2, 2])
        const specs = layer.weights!(config, signalsOf({ x, input: x }))
        layerOf(ops, type, { config, training: false }).run(
          { input: x },
          Object.fromEntries(specs.map((w) => [w.name, tf.ones([...w.shape])]))
        )
      }).not.toThrow()
    }
  })
})

interface Values {
  readonly shape: readonly number[]
  readonly values: readonly number[]
}
const upload = ({ shape, values }: Values): Tensor => tf.tensor([...values], [...shape], 'float32')
const identity = (n: number): Values => ({
  shape: [n, n],
  values: Array.from({ length: n * n }, (_, i) => Number(i % (n + 1) === 0))
})

/** Slopes of Σ f² against central differences, at some places of each argument but those of `still`. */
function expectSlopes(
  ops: Ops,
  f: (...tensors: Tensor[]) => Tensor,
  args: readonly (Values & { readonly name: string })[],
  still: readonly string[]
): void {
  const objective = (...tensors: Tensor[]): Tensor => ops.sum(ops.square(f(...tensors)))
  // Added up in float64: the difference of two long sums is small.
  const exact = (...tensors: Tensor[]): number =>
    f(...tensors)
      .dataSync<'float32'>()
      .reduce((a, b) => a + b * b, 0)
  const free = args.map((_, i) => i).filter((i) => !still.includes(args[i]!.name))
  const all = args.map(upload)
  const slopes = tf.grads((...moved: Tensor[]) =>
    objective(...all.map((t, i) => (free.includes(i) ? moved[free.indexOf(i)]! : t)))
  )(free.map((i) => all[i]!))
  const pick = randomStream(2, 'places')
  for (const [k, i] of free.entries()) {
    const { name, shape, values } = args[i]!
    const slope = slopes[k]!.dataSync()
    expect(slope).toHaveLength(values.length)
    const places =
      values.length <= 12 ? [...values.keys()] : Array.from({ length: 6 }, () => pick.integer(values.length))
    let corners = 0
    for (const at of places) {
      const moved = (by: number): number =>
        tf.tidy(() => {
          const other = upload({ shape, values: values.map((v, n) => (n === at ? v + by : v)) })
          return exact(...all.map((t, n) => (n === i ? other : t)))
        })
      const estimate = (h: number): number => (moved(h) - moved(-h)) / (2 * h)
      const [near, far] = [estimate(4e-3), estimate(8e-3)]
      const allowed = 5e-3 * Math.max(1, Math.abs(near))
      // At a corner, such as that of relu, there is no one slope.
      if (Math.abs(near - far) > allowed) corners++
      else
        expect(Math.abs(slope[at]! - near), `${name}[${at}]: ${slope[at]!} and ${near}`).toBeLessThan(allowed)
    }
    expect(corners).toBeLessThanOrEqual(places.length / 3)
  }
}
