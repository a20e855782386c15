import { DOCUMENT_VERSION, type Document, type Edge, type NetworkNode } from '../document/schema'
import { NODE_PITCH } from '../document/edits'
import { layers } from '../registry'
import { part } from '../registry/define'
import { fullConfig, fullPart } from '../registry/complete'
import type { Config, Part } from '../registry/fields'

/** A chain of layers from the data to the output, as short as a person would say it. */
export interface ChainProject {
  readonly name: string
  readonly source: Part
  readonly split: Document['data']['split']
  readonly dataSeed?: number
  /** Node id, layer type and settings, from the data to the output. */
  readonly layers: readonly (readonly [id: string, type: string, config: Config])[]
  readonly output?: Config
  readonly optimizer: Part
  readonly schedule?: Part
  readonly clipping?: Part
  readonly epochs: number
  /** Ends after this many updates. */
  readonly steps?: number
  readonly batchSize?: number | null
  readonly seed?: number
  readonly pace?: Document['view']['pace']
  readonly pinned?: readonly string[]
  readonly lesson?: string
}

/** The document of such a project. */
export function chainProject(p: ChainProject): Document {
  const chain: (readonly [string, string, Config])[] = [
    ['data', 'data', {}],
    ...p.layers,
    ['target', 'output', p.output ?? {}]
  ]
  const nodes = chain.map(([id, type, config], i): [string, NetworkNode] => [
    id,
    {
      type,
      config: fullConfig(layers[type]!.fields, config),
      position: { x: i * NODE_PITCH, y: 0 }
    }
  ])
  const edges = chain.slice(1).map(([id, type], i): Edge => {
    const [from, fromType] = chain[i]!
    return {
      from: { node: from, port: layers[fromType]!.outputs[0]!.id },
      to: { node: id, port: layers[type]!.inputs[0]!.id }
    }
  })
  return {
    format: 'netloom',
    version: DOCUMENT_VERSION,
    name: p.name,
    networks: [
      {
        id: 'network',
        name: 'Network',
        nodes: Object.fromEntries(nodes),
        edges: [...edges, { from: { node: 'data', port: 'target' }, to: { node: 'target', port: 'target' } }]
      }
    ],
    data: { source: fullPart('source', p.source), seed: p.dataSeed ?? 0, split: p.split },
    training: {
      optimizer: fullPart('optimizer', p.optimizer),
      scheme: part('supervised'),
      schedule: fullPart('schedule', p.schedule ?? part('constant')),
      clipping: fullPart('clipping', p.clipping ?? part('none')),
      epochs: p.epochs,
      batchSize: p.batchSize ?? null,
      seed: p.seed ?? 0,
      engine: 'auto',
      threads: null,
      patience: 0,
      restoreBest: false,
      stopAt: { steps: p.steps ?? null, seconds: null, loss: null }
    },
    view: { pace: p.pace ?? 'normal', pinned: p.pinned ?? [] },
    ...(p.lesson === undefined ? {} : { lesson: p.lesson })
  }
}
