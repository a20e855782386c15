import {
  DOCUMENT_VERSION,
  type Document,
  type Edge,
  type Network,
  type NetworkNode
} from '../document/schema'
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
  readonly layers: Chain
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

/** Layers one after the other: node id, layer type and settings. */
type Chain = readonly (readonly [id: string, type: string, config: Config])[]

/** A network of layers in a row, `line` networks below the first. */
function chainNetwork(id: string, name: string, chain: Chain, line = 0): Network {
  const nodes = chain.map(([id, type, config], i): [string, NetworkNode] => [
    id,
    {
      type,
      config: fullConfig(layers[type]!.fields, config),
      position: { x: i * NODE_PITCH, y: line * LINE_PITCH }
    }
  ])
  const edges = chain.slice(1).map(([id, type], i): Edge => {
    const [from, fromType] = chain[i]!
    return {
      from: { node: from, port: layers[fromType]!.outputs[0]!.id },
      to: { node: id, port: layers[type]!.inputs[0]!.id }
    }
  })
  return { id, name, nodes: Object.fromEntries(nodes), edges }
}

/** Room for the cards of a network above the next one. */
const LINE_PITCH = 420

/** The document of such a project. */
export function chainProject(p: ChainProject): Document {
  const network = chainNetwork('network', 'Network', [
    ['data', 'data', {}],
    ...p.layers,
    ['target', 'output', p.output ?? {}]
  ])
  const answers: Edge = { from: { node: 'data', port: 'target' }, to: { node: 'target', port: 'target' } }
  return projectOf(p, [{ ...network, edges: [...network.edges, answers] }], part('supervised'))
}

/** A project whose networks learn in another way than from true answers. */
export interface SchemeProject extends Omit<ChainProject, 'layers' | 'output'> {
  readonly scheme: Part
  /** Each with its ends, in the order that the scheme wants. */
  readonly networks: readonly { readonly id: string; readonly name: string; readonly chain: Chain }[]
}

/** The document of such a project. */
export function schemeProject(p: SchemeProject): Document {
  return projectOf(
    p,
    p.networks.map(({ id, name, chain }, line) => chainNetwork(id, name, chain, line)),
    p.scheme
  )
}

function projectOf(
  p: Omit<ChainProject, 'layers' | 'output'>,
  networks: readonly Network[],
  scheme: Part
): Document {
  return {
    format: 'netloom',
    version: DOCUMENT_VERSION,
    name: p.name,
    networks,
    data: { source: fullPart('source', p.source), seed: p.dataSeed ?? 0, split: p.split },
    training: {
      scheme: fullPart('scheme', scheme),
      optimizer: fullPart('optimizer', p.optimizer),
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
    view: { pace: p.pace ?? 'normal', pinned: p.pinned ?? [], metrics: [] },
    ...(p.lesson === undefined ? {} : { lesson: p.lesson })
  }
}
