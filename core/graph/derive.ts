import type { ProjectFiles } from '../data/files'
import type { Document, Edge, Network } from '../document/schema'
import type { InferContext, SourceDescription, WeightSpec } from '../registry/define'
import { layers, sources } from '../registry'
import type { Problem } from '../result'
import { findOrder } from './order'
import { lossProblems } from './lossProblems'
import { networkProblems } from './networkProblems'
import { configProblems, planProblems, unconnected, wrongKind } from './problems'
import { schemeProblems } from './schemeProblems'
import { sizeOf, type Signal } from './signal'
import { tokenProblems } from './tokenProblems'

/** What a node means, worked out from the document. */
export interface DerivedNode {
  readonly inputs: { readonly [port: string]: Signal }
  readonly outputs: { readonly [port: string]: Signal | undefined }
  readonly weights: readonly WeightSpec[]
  /** Number of single weights. */
  readonly parameters: number
}

/** Everything that follows from a document: derived, never stored. */
export interface Derivation {
  /** Node ids of each network, sources first. */
  readonly order: { readonly [networkId: string]: readonly string[] }
  readonly nodes: { readonly [nodeId: string]: DerivedNode }
  readonly problems: readonly Problem[]
  /** What the data offers; undefined where its source has a problem. */
  readonly data: SourceDescription | undefined
}

/** Order, shapes, weights and all problems at once. Never throws for anything a person can draw. */
export function derive(document: Document, files: ProjectFiles): Derivation {
  const problems: Problem[] = []
  const data = describeData(document, files, problems)
  const nodes: Record<string, DerivedNode> = {}
  const order: Record<string, readonly string[]> = {}
  for (const [place, network] of document.networks.entries()) {
    const found = findOrder(network)
    order[network.id] = found.order
    for (const nodeId of found.inLoop)
      problems.push({
        code: 'loop',
        nodeId,
        message: 'Goes round in a circle: its own output comes back to it.',
        detail: 'Remove one connection of the circle.'
      })
    for (const nodeId of found.order) nodes[nodeId] = deriveNode(network, nodeId, nodes, data, problems)
    problems.push(
      ...lossProblems(network, nodes),
      ...networkProblems(document, place, nodes),
      ...tokenProblems(network, nodes, data)
    )
  }
  problems.push(...schemeProblems(document, nodes, data), ...planProblems(document, data))
  return { order, nodes, problems, data }
}

function describeData(
  document: Document,
  files: ProjectFiles,
  problems: Problem[]
): SourceDescription | undefined {
  const { type, config } = document.data.source
  const dataNode = document.networks
    .flatMap((n) => Object.entries(n.nodes))
    .find(([, node]) => layers[node.type]?.role === 'source')?.[0]
  const source = sources[type]!
  const wrong = configProblems(source.fields, config, dataNode, (name, value) => ({
    kind: 'setData',
    change: { source: { type, config: { ...config, [name]: value } } }
  }))
  problems.push(...wrong)
  if (wrong.length > 0) return undefined
  const described = source.describe(config, files)
  const at = dataNode === undefined ? {} : { nodeId: dataNode }
  if ('code' in described) {
    problems.push({ ...described, ...at })
    return undefined
  }
  if (described.rows === 0)
    problems.push({
      code: 'no-rows',
      ...at,
      message: 'There are no points yet.',
      detail: 'Draw some on the map below.'
    })
  return described
}

function deriveNode(
  network: Network,
  nodeId: string,
  done: { readonly [nodeId: string]: DerivedNode },
  data: SourceDescription | undefined,
  problems: Problem[]
): DerivedNode {
  const node = network.nodes[nodeId]!
  const layer = layers[node.type]!
  const before = problems.length
  problems.push(
    ...configProblems(layer.fields, node.config, nodeId, (field, value) => ({
      kind: 'setField',
      nodeId,
      field,
      value
    }))
  )
  const feeding = (port: string): Edge | undefined =>
    network.edges.find((e) => e.to.node === nodeId && e.to.port === port)
  const inputs: Record<string, Signal> = {}
  for (const port of layer.inputs) {
    const edge = feeding(port.id)
    if (!edge) {
      if (!port.optional) problems.push(unconnected(network, nodeId, port.id))
      continue
    }
    const signal = done[edge.from.node]?.outputs[edge.from.port]
    if (!signal) continue
    if (signal.kind !== port.carries) problems.push(wrongKind(nodeId, edge, port.carries))
    else inputs[port.id] = signal
  }
  const context: InferContext = {
    nodeId,
    config: node.config,
    inputs,
    data: data ?? { features: [], classes: [], shape: [], target: { shape: [] } },
    producer: (port) => {
      const from = feeding(port)?.from.node
      const producer = from === undefined ? undefined : network.nodes[from]
      return producer && { nodeId: from!, config: producer.config, fields: layers[producer.type]!.fields }
    }
  }
  if (layer.role === 'source' && !data) return { inputs, outputs: {}, weights: [], parameters: 0 }
  const inferred = layer.infer(context)
  problems.push(...(inferred.problems ?? []))
  const whole = problems.length === before && layer.inputs.every((p) => p.optional || inputs[p.id])
  const weights = whole && layer.weights ? layer.weights(node.config, inputs) : []
  return {
    inputs,
    outputs: possible(inferred.outputs),
    weights,
    parameters: weights.reduce((n, w) => n + sizeOf(w.shape), 0)
  }
}

/** Shapes that can be. Half a neuron has been told where it is set; what comes behind cannot help it. */
function possible(outputs: DerivedNode['outputs']): DerivedNode['outputs'] {
  return Object.fromEntries(
    Object.entries(outputs).filter(
      ([, signal]) => signal?.kind !== 'numbers' || signal.shape.every((n) => Number.isInteger(n) && n >= 1)
    )
  )
}
