import * as tf from '@tensorflow/tfjs-core'
import { makeDataset } from '@core/data/dataset'
import type { Document } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import { layers } from '@core/registry'
import { fullConfig } from '@core/registry/complete'
import { part } from '@core/registry/define'
import { unwrap } from '@core/result'
import { chainProject, type ChainProject } from '@core/templates/chainProject'
import { chooseEngine } from '@trainer/engines/choose'
import { eagerEngine } from '@trainer/engines/eager/engine'
import type { CompiledNetwork } from '@trainer/engines/engine'
import { planSystem } from '@core/graph/plan'
import { settledPlan } from '@trainer/engines/step/settled'
import { describe, expect, test } from 'vitest'
import { opsOn } from './opsOn'
import { engines } from './support'

/** Pictures through these layers, some of them frozen, to one of two classes. */
function project(layers: ChainProject['layers'], frozen: readonly string[]): Document {
  const document = chainProject({
    name: 'Pictures',
    source: part('pictures', { samples: 30 }),
    split: { train: 0.7, test: 0 },
    layers: [...layers, ['classes', 'dense', { units: 2, activation: part('softmax') }]],
    optimizer: part('adam'),
    epochs: 2,
    batchSize: 8
  })
  const [network] = document.networks
  const nodes = Object.entries(network!.nodes).map(([id, node]) => [
    id,
    frozen.includes(id) ? { ...node, frozen: true } : node
  ])
  return {
    ...document,
    networks: [{ ...network!, nodes: Object.fromEntries(nodes) as typeof network.nodes }]
  }
}

const base: ChainProject['layers'] = [
  ['edges', 'conv2d', { filters: 3, strides: 2 }],
  ['steady', 'batchNormalization', {}],
  ['bent', 'leakyRelu', {}],
  ['pool', 'maxPooling2d', {}],
  ['flat', 'flatten', {}]
]
const head: ChainProject['layers'] = [
  ['rest', 'dropout', { rate: 0.3 }],
  ['hidden', 'dense', { units: 5, activation: part('tanh') }]
]

describe('what is settled', () => {
  const settledIn = (layers: ChainProject['layers'], frozen: readonly string[]) => {
    const document = project(layers, frozen)
    const plan = planSystem(document, derive(document, {}))
    const found = settledPlan(plan, 30)
    return found && [...found.head.map(({ id }) => id), '|', ...found.tail.main.nodes.map(({ id }) => id)]
  }

  test('are frozen layers next to the data, with what lies between them', () => {
    expect(settledIn([...base, ...head], ['edges', 'steady'])).toEqual([
      'data',
      'edges',
      'steady',
      'bent',
      'pool',
      'flat',
      '|',
      'rest',
      'hidden',
      'classes',
      'target'
    ])
    expect(settledIn([...base, ...head], ['edges'])).toEqual([
      'data',
      'edges',
      '|',
      'steady',
      'bent',
      'pool',
      'flat',
      'rest',
      'hidden',
      'classes',
      'target'
    ])
  })

  test('is nothing where nothing is frozen, chance comes first, or a layer before it learns', () => {
    expect(settledIn([...base, ...head], [])).toBeUndefined()
    expect(settledIn([['rest', 'dropout', {}], ...base], ['edges', 'steady'])).toBeUndefined()
    expect(settledIn([...base, ...head], ['steady', 'hidden'])).toBeUndefined()
  })
})

test.each(
  Object.values(layers)
    .filter(({ forward, weights }) => forward && !weights)
    .map((layer) => [layer.type, layer] as const)
)('%s says whether it answers differently as training goes on', async (_type, layer) => {
  const ops = await opsOn('wasm')
  const hot = Object.values(layer.fields).some((field) => 'hot' in field && field.hot === true)
  for (const { config, inputs } of layer.examples) {
    let drew = false
    tf.tidy(() =>
      layer.forward!({
        ops,
        config: fullConfig(layer.fields, config),
        inputs: Object.fromEntries(
          Object.entries(inputs).map(([port, s]) => [
            port,
            tf.ones(s.kind === 'numbers' ? [2, ...s.shape] : [2])
          ])
        ),
        weights: {},
        training: true,
        hot: () => tf.scalar(0.5),
        random: (shape) => {
          drew = true
          return tf.zeros([...shape])
        },
        activate: (_activation, x) => x,
        assign: () => undefined,
        masks: {},
        setMask: () => undefined
      })
    )
    expect(drew || hot).toBe(layer.restless === true)
  }
})

describe.runIf(engines.includes('native'))('a network with frozen layers next to the data', () => {
  const document = project([...base, ...head], ['edges', 'steady'])
  const rows = (from: number): Int32Array => Int32Array.from({ length: 8 }, (_, i) => (from + 3 * i) % 21)

  async function both(): Promise<readonly CompiledNetwork[]> {
    const native = await chooseEngine('native')
    const eager = eagerEngine({ info: native.info, name: 'tensorflow', ops: await opsOn('native') })
    const derivation = derive(document, {})
    expect(derivation.problems).toEqual([])
    const dataset = unwrap(makeDataset(document.data, {}))
    const compiled = await native.compile(document, derivation, dataset)
    expect(compiled.engine.reason).toBeUndefined()
    return [compiled, await eager.compile(document, derivation, dataset)]
  }

  /** Trains both alike and compares losses, scores, answers and weights: max|a − b| ≤ 1e-4 · max|b| + 1e-6. */
  function compare(networks: readonly CompiledNetwork[], first: number): void {
    const [found, expected] = networks.map((network) => {
      const scores = network.train({
        first,
        batches: [0, 8, 0, 5].map(rows),
        factors: [1, 1, 1, 1],
        measured: true
      })
      const parts = (['train', 'validation'] as const).map((part) => network.evaluate(part).loss)
      return [
        Float32Array.from([...scores.map(({ loss }) => loss), ...parts]),
        network.predict('validation'),
        ...network.weights().map(({ values }) => values)
      ]
    })
    for (const [i, values] of expected!.entries()) {
      const size = Math.max(...values.map(Math.abs))
      const apart = Math.max(...values.map((v, j) => Math.abs(v - found![i]![j]!)))
      expect(apart).toBeLessThanOrEqual(1e-4 * size + 1e-6)
    }
  }

  test('learns what it learns when every layer is computed at every step', async () => {
    const networks = await both()
    compare(networks, 0)
    compare(networks, 4)
    for (const network of networks) network.dispose()
  })

  test('follows when its frozen layers get other weights', async () => {
    const networks = await both()
    compare(networks, 0)
    const others = networks[1]!.weights().map((weight) => ({
      ...weight,
      values: weight.values.map((v, i) => v + 0.1 * Math.sin(i))
    }))
    for (const network of networks) network.writeState(others)
    compare(networks, 4)
    for (const network of networks) network.dispose()
  })
})
