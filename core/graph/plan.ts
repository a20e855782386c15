import { nodeOf, type Document, type Network } from '../document/schema'
import type { Derivation } from './derive'
import { sizeOf, type Signal, type Target } from './signal'
import { layers, schemes } from '../registry'
import type { LayerDefinition, SchemeDefinition, WeightSpec } from '../registry/define'
import type { Config } from '../registry/fields'

/** One output of another node. */
export interface PlannedInput {
  readonly node: string
  readonly port: string
}

/** A node in the order in which it is computed. */
export interface PlannedNode {
  readonly id: string
  readonly layer: LayerDefinition
  readonly inputs: { readonly [port: string]: PlannedInput }
  /** What comes in, for asking the layer about its weights again when a hot setting changes. */
  readonly signals: { readonly [port: string]: Signal }
  readonly weights: readonly PlannedWeight[]
  /** Its weights stay as they are. */
  readonly frozen: boolean
  /** Numbers in one example of the first output; 0 for the sink. */
  readonly units: number
  /** Shape of one example of the first output. */
  readonly shape: readonly number[]
}

/** A weight with its full name. */
export interface PlannedWeight {
  /** node/weight, as checkpoints have it. */
  readonly name: string
  readonly nodeId: string
  readonly spec: WeightSpec
}

/** One network of a document without problems, in order. */
export interface NetworkPlan {
  readonly nodes: readonly PlannedNode[]
  readonly weights: readonly PlannedWeight[]
  /** The weights that learn. */
  readonly trained: readonly PlannedWeight[]
  readonly source: PlannedNode
  readonly sink: PlannedNode
  /** Shape of the network's answer to one example. */
  readonly prediction: readonly number[]
  readonly target: Target
}

/** What an engine compiles: all networks of a project, and what is done to them. */
export interface SystemPlan {
  readonly scheme: SchemeDefinition
  readonly networks: readonly NetworkPlan[]
  /** Of all networks. */
  readonly nodes: readonly PlannedNode[]
  readonly weights: readonly PlannedWeight[]
  readonly trained: readonly PlannedWeight[]
  /** The network that is given the project's data. */
  readonly main: NetworkPlan
}

/** The order of computation of a document's networks. The derivation must have no problems. */
export function planSystem(document: Document, derivation: Derivation): SystemPlan {
  const scheme = schemes[document.training.scheme.type]!
  const networks = document.networks.map((network) => planNetwork(network, derivation))
  return {
    scheme,
    networks,
    nodes: networks.flatMap(({ nodes }) => nodes),
    weights: networks.flatMap(({ weights }) => weights),
    trained: networks.flatMap(({ trained }) => trained),
    main: networks.find(({ source }) => !source.layer.draw)!
  }
}

function planNetwork(network: Network, derivation: Derivation): NetworkPlan {
  const nodes = derivation.order[network.id]!.map((id): PlannedNode => {
    const layer = layers[network.nodes[id]!.type]!
    const derived = derivation.nodes[id]!
    const inputs = network.edges
      .filter((edge) => edge.to.node === id)
      .map((edge) => [edge.to.port, { node: edge.from.node, port: edge.from.port }] as const)
    const first = layer.outputs[0] && derived.outputs[layer.outputs[0].id]
    const shape = first?.kind === 'numbers' ? first.shape : []
    return {
      id,
      layer,
      inputs: Object.fromEntries(inputs),
      signals: derived.inputs,
      frozen: network.nodes[id]!.frozen === true,
      weights: derived.weights.map((spec) => ({ name: `${id}/${spec.name}`, nodeId: id, spec })),
      units: first?.kind === 'numbers' ? sizeOf(shape) : 0,
      shape
    }
  })
  const withRole = (role: LayerDefinition['role']): PlannedNode => {
    const node = nodes.find(({ layer }) => layer.role === role)
    if (!node) throw new Error(`The network has no ${role}.`)
    return node
  }
  const sink = withRole('sink')
  const prediction = derivation.nodes[sink.id]!.inputs['prediction']
  return {
    nodes,
    weights: nodes.flatMap((node) => node.weights),
    trained: nodes.flatMap((node) => (node.frozen ? [] : node.weights.filter((w) => w.spec.trainable))),
    source: withRole('source'),
    sink,
    prediction: prediction?.kind === 'numbers' ? prediction.shape : [],
    target: derivation.data!.target
  }
}

/** The settings of a node in this revision of the document. */
export function configOf(document: Document, nodeId: string): Config {
  return nodeOf(document, nodeId)!.config
}

/** The settings of all nodes in this revision of the document. */
export function configsOf({ nodes }: SystemPlan, document: Document): { readonly [nodeId: string]: Config } {
  return Object.fromEntries(nodes.map(({ id }) => [id, configOf(document, id)]))
}
