import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Document, Edge, NetworkNode } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import { layers } from '@core/registry'
import { fullConfig } from '@core/registry/complete'
import { part } from '@core/registry/define'
import type { Config } from '@core/registry/fields'
import { firstProject } from '@core/templates'
import { givenSource } from './givenSource'

/** A document whose network has one layer that matters. */
export interface LayerNetwork {
  readonly type: string
  readonly title: string
  readonly document: Document
}

type Nested = number | readonly Nested[]
interface GoldenCase {
  readonly name: string
  readonly config: Config
  readonly inputs: { readonly [port: string]: Nested }
  readonly masks?: object
}

const folder = resolve(import.meta.dirname, '../../oracles/layers')
const shapeOf = (values: Nested): number[] =>
  typeof values === 'number' ? [] : [values.length, ...shapeOf(values[0]!)]

/**
 * Every layer of the registry as it stands in its examples and in the golden files, each in a network of its own: data,
 * what makes other inputs of the same data, the layer, and numbers as answers. Sequences with steps that do not count
 * come from a Masking layer in front.
 */
export function layerNetworks(): readonly LayerNetwork[] {
  const found = new Map<string, LayerNetwork>()
  for (const layer of Object.values(layers)) {
    if (layer.role !== 'layer') continue
    const given = [
      ...layer.examples.map(({ title, config, inputs }) => ({
        title,
        config,
        shapes: Object.values(inputs).map((s) => (s.kind === 'numbers' ? s.shape : [])),
        masked: false
      })),
      ...goldenCases(layer.type).map(({ name, config, inputs, masks }) => ({
        title: name,
        config,
        shapes: Object.values(inputs).map((values) => shapeOf(values).slice(1)),
        masked: masks !== undefined
      }))
    ]
    for (const { title, config, shapes, masked } of given) {
      const document = documentWith(layer.type, config, shapes, masked)
      if (!document) continue
      const key = `${layer.type} ${JSON.stringify([config, shapes, masked])}`
      if (!found.has(key)) found.set(key, { type: layer.type, title, document })
    }
  }
  return [...found.values()]
}

/** One of each kind of layer and its most particular case; all of them in npm run test:full. */
export function sampledLayerNetworks(): readonly LayerNetwork[] {
  const all = layerNetworks()
  if (process.env['NETLOOM_FULL'] === '1') return all
  const byType = all.reduce(
    (map, one) => map.set(one.type, [...(map.get(one.type) ?? []), one]),
    new Map<string, LayerNetwork[]>()
  )
  return [...byType.values()].flatMap((cases) => {
    const richest = cases.reduce((a, b) =>
      JSON.stringify(a.document).length < JSON.stringify(b.document).length ? b : a
    )
    return richest === cases[0] ? [richest] : [cases[0]!, richest]
  })
}

function goldenCases(type: string): readonly GoldenCase[] {
  if (!readdirSync(folder).includes(`${type}.json`)) return []
  return (JSON.parse(readFileSync(resolve(folder, `${type}.json`), 'utf8')) as { cases: GoldenCase[] }).cases
}

/** Undefined where these inputs cannot be made of one example without changing their shapes. */
function documentWith(
  type: string,
  config: Config,
  shapes: readonly (readonly number[])[],
  masked: boolean
): Document | undefined {
  const [shape] = shapes as [readonly number[]]
  const nodes: Record<string, NetworkNode> = {}
  const edges: Edge[] = []
  const add = (id: string, of: string, settings: Config, from: readonly string[]): string => {
    const layer = layers[of]!
    nodes[id] = { type: of, config: fullConfig(layer.fields, settings), position: { x: 0, y: 0 } }
    for (const [i, node] of from.entries())
      edges.push({
        from: { node, port: node === 'data' ? 'features' : 'output' },
        to: { node: id, port: layer.inputs[i]!.id }
      })
    return id
  }
  add('data', 'data', {}, [])
  const start = masked ? add('masking', 'masking', { maskValue: 0 }, ['data']) : 'data'
  const others = shapes.slice(1).map((own, i) => {
    const scaled = add(`other${i}`, 'rescaling', { scale: 0.5 + i, offset: 0.25 }, [start])
    if (own.join() === shape.join()) return scaled
    return own.length === 1 && shape.length === 1
      ? add(`width${i}`, 'dense', { units: own[0]! }, [scaled])
      : undefined
  })
  if (others.includes(undefined)) return undefined
  add('layer', type, config, [start, ...(others as string[])])
  const made = (answers: readonly number[]): Document => {
    const source = { type: 'given', config: givenSource(6, shape, { shape: answers }) }
    const output: NetworkNode = {
      type: 'output',
      config: fullConfig(layers['output']!.fields, { loss: part('meanSquaredError') }),
      position: { x: 0, y: 0 }
    }
    const ends: Edge[] = [
      { from: { node: 'layer', port: 'output' }, to: { node: 'output', port: 'prediction' } },
      { from: { node: 'data', port: 'target' }, to: { node: 'output', port: 'target' } }
    ]
    const network = {
      id: 'network',
      name: 'Network',
      nodes: { ...nodes, output },
      edges: [...edges, ...ends]
    }
    return {
      ...firstProject,
      name: `${layers[type]!.title}`,
      data: { source, seed: 1, split: { train: 1, test: 0 } },
      networks: [network],
      view: { pace: 'full', pinned: [], metrics: [] }
    }
  }
  const signal = derive(made([1]), {}).nodes['layer']?.outputs['output']
  return signal?.kind === 'numbers' ? made(signal.shape) : undefined
}
