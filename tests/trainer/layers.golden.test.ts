import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import { layers } from '@core/registry'
import type { Ops, Tensor } from '@core/registry/define'
import { beforeAll, describe, expect, test } from 'vitest'
import { compute, difference, inferred, nativeOnly, type LayerCase, type Nested } from './layerCase'
import { opsOn } from './opsOn'
import { engines, oracle } from './support'

const types = readdirSync(resolve(import.meta.dirname, '../oracles/layers')).map((f) =>
  f.replace('.json', '')
)
const cases = types.flatMap((type) =>
  (JSON.parse(oracle(`layers/${type}.json`)) as { cases: LayerCase[] }).cases.map(
    (c) => [type, c.name, c] as const
  )
)

/** Layers that no golden file is for, and what holds their numbers instead. */
const elsewhere: { readonly [type: string]: string } = {
  activation: 'the activations are held one by one in registry.test.ts',
  rbm: 'its learning is a scheme of its own, with a test of its own'
}

test('every layer that computes something has golden cases', () => {
  const computed = Object.values(layers).filter((l) => l.forward && !(l.type in elsewhere))
  expect(computed.map((l) => l.type).sort()).toEqual([...types].sort())
})

describe.each(engines)('layers as Keras computes them, on %s', (name) => {
  let ops: Ops
  beforeAll(async () => {
    ops = await opsOn(name)
  }, 60_000)
  const run = cases.filter(([type]) => name === 'native' || !nativeOnly.test(type))

  test.each(run)('%s: %s', (type, _name, example) => {
    tf.tidy(() => {
      const result = compute(ops, type, example)
      const { layer, config, signals } = result
      expect(inferred(layer, config, signals)).toEqual({
        outputs: { output: { kind: 'numbers', shape: result.output.shape.slice(1) } }
      })
      const specs = layer.weights?.(config, signals) ?? []
      expect(Object.fromEntries(specs.map((w) => [w.name, w.shape]))).toEqual(
        Object.fromEntries(
          Object.entries(example.weights).map(([n, v]) => [n, tf.tensor(v as number[]).shape])
        )
      )
      expect(
        specs
          .filter((w) => w.trainable)
          .map((w) => w.name)
          .sort()
      ).toEqual(Object.keys(example.weightSlopes ?? {}).sort())
      expectClose('output', result.output, example.output)
      for (const kind of ['inputSlopes', 'weightSlopes', 'updated'] as const) {
        const expected = example[kind] ?? {}
        expect(Object.keys(result[kind]).sort()).toEqual(Object.keys(expected).sort())
        for (const [of, values] of Object.entries(expected))
          expectClose(`${kind} ${of}`, result[kind][of]!, values)
      }
      expect(result.outputMask?.arraySync()).toEqual(example.outputMask)
    })
  })
})

function expectClose(what: string, actual: Tensor, expected: Nested): void {
  expect(actual.shape).toEqual(tf.tensor(expected as number[]).shape)
  const { error, allowed } = difference(actual, expected)
  expect(error, `${what} is ${error} apart, ${allowed} is allowed`).toBeLessThanOrEqual(allowed)
}
