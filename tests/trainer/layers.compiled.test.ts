import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@core/registry/define'
import { attribute, DType, Graph } from '@core/export/tensorflow/graph'
import { call, NativeSession } from '@trainer/engines/native/session'
import { Tracer } from '@trainer/engines/native/trace'
import { tracedOps } from '@trainer/engines/native/tracedOps'
import { expect, test } from 'vitest'
import { compute, flat, type LayerCase, type Nested } from './layerCase'
import { opsOn } from './opsOn'
import { engines, oracle } from './support'

const types = readdirSync(resolve(import.meta.dirname, '../oracles/layers')).map((f) =>
  f.replace('.json', '')
)

/** What one case comes to as outputs of a graph, each with what Keras says. */
function outputsOf(
  tracer: Tracer,
  result: ReturnType<typeof compute>,
  example: LayerCase
): [string, string, Nested][] {
  const of = (what: string, tensor: Tensor, expected: Nested): [string, string, Nested] => [
    `${example.name}: ${what}`,
    tracer.output(tensor),
    expected
  ]
  return [
    of('output', result.output, example.output),
    ...(['inputSlopes', 'weightSlopes', 'updated'] as const).flatMap((kind) =>
      Object.entries(example[kind] ?? {}).map(([name, expected]) =>
        of(`${kind} ${name}`, result[kind][name]!, expected)
      )
    )
  ]
}

test.skipIf(!engines.includes('native')).each(types)(
  '%s compiled into a graph is what Keras computes',
  async (type) => {
    const native = await opsOn('native')
    const { cases } = JSON.parse(oracle(`layers/${type}.json`)) as { cases: LayerCase[] }
    const graph = new Graph()
    const tracer = new Tracer(graph)
    let wanted: [string, string, Nested][] = []
    tracer.run(() =>
      tf.tidy(() => {
        wanted = cases.flatMap((example) =>
          outputsOf(tracer, compute(tracedOps(graph, tracer, native), type, example), example)
        )
      })
    )
    const names = wanted.map(([, output]) =>
      graph.add('Identity', [output], { T: attribute.type(DType.float) })
    )
    const session = new NativeSession(graph)
    try {
      const found = session.run(call([], names), [])
      for (const [i, [what, , expected]] of wanted.entries()) {
        const values = flat(expected)
        expect(found[i]!.length, what).toBe(values.length)
        const allowed = 1e-5 * Math.max(...values.map(Math.abs)) + 1e-7
        const error = Math.max(...values.map((v, j) => Math.abs(v - found[i]![j]!)))
        expect(error, `${what} is ${error} apart, ${allowed} is allowed`).toBeLessThanOrEqual(allowed)
      }
    } finally {
      session.dispose()
    }
  }
)
