import { applyEdit, type Edit } from '@core/document/edits'
import type { Document } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import { part } from '@core/registry/define'
import { carryOver } from '@core/run/carry'
import { unwrap } from '@core/result'
import { chainProject } from '@core/templates/chainProject'
import { carriedNodes } from '@trainer/carry'
import { Model } from '@trainer/model'
import { describe, expect, test } from 'vitest'

const small = chainProject({
  name: 'small',
  source: part('moons', { samples: 80 }),
  split: { train: 1, test: 0 },
  layers: [
    ['hidden', 'dense', { units: 4 }],
    ['norm', 'batchNormalization', {}],
    ['rest', 'dropout', {}],
    ['deep', 'dense', { units: 3, activation: part('relu') }],
    ['output', 'dense', { units: 2, activation: part('softmax') }]
  ],
  optimizer: part('adam'),
  epochs: 10
})
const wasm: Document = { ...small, training: { ...small.training, engine: 'wasm' } }
const points = Float32Array.from({ length: 40 }, (_, i) => Math.sin(i))

async function trained(document: Document): Promise<Model> {
  const model = unwrap(await Model.compile(document, {}))
  const batches = Array.from({ length: 20 }, () => undefined)
  model.network.train({ first: 0, batches, factors: batches.map(() => 1), measured: false })
  return model
}

/** A trained network, the one it becomes by an edit, and how much their answers differ. */
async function edited(...edits: Edit[]) {
  const before = await trained(wasm)
  const document = edits.reduce(applyEdit, wasm)
  expect(derive(document, {}).problems).toEqual([])
  const after = unwrap(await Model.compile(document, {}))
  const { state, layers } = carryOver(
    carriedNodes(before.plan, before.document),
    carriedNodes(after.plan, after.document),
    before.network.readState(),
    after.network.readState()
  )
  const untrained = after.network.answers(points)
  after.network.writeState(state)
  const [a, b] = [before.network.answers(points), after.network.answers(points)]
  const apart = (x: Float32Array, y: Float32Array): number =>
    Math.max(...x.map((v, i) => Math.abs(v - y[i]!)))
  return { layers, state, difference: apart(a, b), fresh: apart(a, untrained), before, after }
}

const set = (nodeId: string, field: string, value: number): Edit => ({
  kind: 'setField',
  nodeId,
  field,
  value
})

describe('what was learned', () => {
  test('stays when nothing changes that has weights', async () => {
    const { layers, difference, before, after } = await edited({
      kind: 'setTraining',
      change: { batchSize: 16 }
    })
    expect(new Set(Object.values(layers))).toEqual(new Set(['kept']))
    expect(difference).toBe(0)
    expect(after.network.readState()).toEqual(before.network.readState())
  })

  test('stays when a layer gets more neurons: the function is the same', async () => {
    const { layers, difference, fresh } = await edited(set('hidden', 'units', 9))
    expect(layers).toEqual({ hidden: 'grown', norm: 'grown', deep: 'grown', output: 'kept' })
    expect(difference).toBeLessThan(1e-6)
    expect(fresh).toBeGreaterThan(0.01)
  })

  test('stays for the neurons that are left when a layer gets fewer', async () => {
    const { state, before } = await edited(set('hidden', 'units', 2))
    const old = before.network.weights().find((t) => t.name === 'hidden/kernel')!
    expect([...state.find((t) => t.name === 'hidden/kernel')!.values]).toEqual(
      [0, 1, 4, 5].map((i) => old.values[i])
    )
  })

  test('stays when a dense layer is put in that can pass everything on', async () => {
    const { layers, difference } = await edited({
      kind: 'insertBefore',
      nodeId: 'deep',
      port: 'input',
      type: 'dense',
      config: { units: 4, activation: part('linear') }
    })
    expect(layers).toEqual({ hidden: 'kept', norm: 'kept', dense: 'fresh', deep: 'kept', output: 'kept' })
    expect(difference).toBeLessThan(1e-6)
  })

  test('begins anew behind a layer that gives other numbers', async () => {
    const { layers } = await edited({
      kind: 'insertBefore',
      nodeId: 'deep',
      port: 'input',
      type: 'dense',
      config: { units: 6 }
    })
    expect(layers).toEqual({ hidden: 'kept', norm: 'kept', dense: 'fresh', deep: 'fresh', output: 'kept' })
  })

  test('goes on with what the optimizer remembers, and new neurons begin without memory', async () => {
    const { state, before } = await edited(set('deep', 'units', 5))
    const slot = state.find((t) => t.name === 'deep/bias/m')!
    const old = before.network.readState().find((t) => t.name === 'deep/bias/m')!
    expect([...slot.values]).toEqual([...old.values, 0, 0])
  })
})

describe('pictures', () => {
  test('a convolution with more filters, seen through pooling and flattening, computes the same', async () => {
    const spec = (name: string, shape: number[]) => ({
      name,
      shape,
      initializer: part('zeros'),
      trainable: true
    })
    const nodes = (filters: number) => [
      { id: 'data', type: 'data', config: {}, inputs: [], shape: [4, 4, 1], weights: [] },
      {
        id: 'conv',
        type: 'conv2d',
        config: {},
        inputs: ['data'],
        shape: [4, 4, filters],
        weights: [spec('kernel', [3, 3, 1, filters]), spec('bias', [filters])]
      },
      { id: 'pool', type: 'maxPooling2d', config: {}, inputs: ['conv'], shape: [2, 2, filters], weights: [] },
      { id: 'flat', type: 'flatten', config: {}, inputs: ['pool'], shape: [4 * filters], weights: [] },
      {
        id: 'out',
        type: 'dense',
        config: {},
        inputs: ['flat'],
        shape: [1],
        weights: [spec('kernel', [4 * filters, 1])]
      }
    ]
    const tensors = (filters: number, start: number) =>
      nodes(filters).flatMap(({ id, weights }) =>
        weights.map(({ name, shape }) => ({
          name: `${id}/${name}`,
          shape,
          values: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => start + i)
        }))
      )
    const { state } = carryOver(nodes(2), nodes(3), tensors(2, 1), tensors(3, 1000))
    const of = (name: string): number[] => [...state.find((t) => t.name === name)!.values]
    // Place by place: the old two channels, and nothing from the new one.
    expect(of('out/kernel')).toEqual([1, 2, 0, 3, 4, 0, 5, 6, 0, 7, 8, 0])
    expect(of('conv/kernel').slice(0, 6)).toEqual([1, 2, 1002, 3, 4, 1005])
    expect(of('conv/bias')).toEqual([1, 2, 1002])
  })
})
