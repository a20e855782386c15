import { leadsTo } from '../graph/order'
import { layers } from '../registry'
import { fullConfig } from '../registry/complete'
import type { Config } from '../registry/fields'
import type { Edit } from './edits'
import { edgeId, networkOf, type Document, type Edge, type Network, type NetworkNode } from './schema'

/* How nodes and edges are put in, joined and taken out. Each function gives back the document as it was where it cannot. */

/** Card width plus gap: how far a node that is put in moves those after it. */
export const NODE_PITCH = 204

/** A new id from a type: dense, dense2, dense3 … */
export function freeId(document: Document, type: string): string {
  if (!networkOf(document, type)) return type
  let n = 2
  while (networkOf(document, `${type}${n}`)) n++
  return `${type}${n}`
}

/** Would this edge close a loop? */
export function closesLoop(network: Network, edge: Edge): boolean {
  return edge.from.node === edge.to.node || leadsTo(network, edge.to.node, edge.from.node)
}

/** A node of this type with all its settings. An unknown type or setting is a bug. */
export function makeNode(
  type: string,
  config: Config | undefined,
  position: NetworkNode['position']
): NetworkNode {
  const layer = layers[type]
  if (!layer) throw new Error(`There is no layer of the type ${type}.`)
  return { type, config: fullConfig(layer.fields, config), position }
}

/** The document with one network changed. */
export function mapNetwork(document: Document, id: string, change: (n: Network) => Network): Document {
  return { ...document, networks: document.networks.map((n) => (n.id === id ? change(n) : n)) }
}

/** An input port takes one edge: a new one replaces the old. */
export function connect(document: Document, edge: Edge): Document {
  const network = networkOf(document, edge.from.node)
  if (!network || !isDrawable(network, edge) || closesLoop(network, edge)) return document
  if (network.edges.some((e) => edgeId(e) === edgeId(edge))) return document
  return mapNetwork(document, network.id, (n) => ({
    ...n,
    edges: [...n.edges.filter((e) => e.to.node !== edge.to.node || e.to.port !== edge.to.port), edge]
  }))
}

/** Do both ends name a port of a node of this network? */
function isDrawable(network: Network, { from, to }: Edge): boolean {
  const ports = (nodeId: string, side: 'inputs' | 'outputs') =>
    Object.hasOwn(network.nodes, nodeId) ? (layers[network.nodes[nodeId]!.type]?.[side] ?? []) : []
  return (
    ports(from.node, 'outputs').some((p) => p.id === from.port) &&
    ports(to.node, 'inputs').some((p) => p.id === to.port)
  )
}

/** Puts a node into the edge that feeds a port; where there is none, to the left of the port's node. */
export function insertBefore(document: Document, edit: Extract<Edit, { kind: 'insertBefore' }>): Document {
  const network = networkOf(document, edit.nodeId)
  const output = layers[edit.type]?.outputs[0]
  if (!network || !output) return document
  const feeding = network.edges.find((e) => e.to.node === edit.nodeId && e.to.port === edit.port)
  if (feeding) return insertOnEdge(document, { ...edit, kind: 'insertOnEdge', edge: edgeId(feeding) })
  const { x, y } = network.nodes[edit.nodeId]!.position
  const id = freeId(document, edit.type)
  const added = mapNetwork(document, network.id, (n) => ({
    ...n,
    nodes: { ...n.nodes, [id]: makeNode(edit.type, edit.config, { x: x - NODE_PITCH, y }) }
  }))
  const from = { node: id, port: output.id }
  const connected = connect(added, { from, to: { node: edit.nodeId, port: edit.port } })
  return connected === added ? document : connected
}

/** Puts a node into an edge and moves what comes after it out of the way. */
export function insertOnEdge(document: Document, edit: Extract<Edit, { kind: 'insertOnEdge' }>): Document {
  const network = document.networks.find((n) => n.edges.some((e) => edgeId(e) === edit.edge))
  const edge = network?.edges.find((e) => edgeId(e) === edit.edge)
  const layer = layers[edit.type]
  const input = layer?.inputs[0]
  const output = layer?.outputs[0]
  if (!network || !edge || !input || !output) return document
  const from = network.nodes[edge.from.node]!.position
  const to = network.nodes[edge.to.node]!.position
  const room = to.x - from.x >= 2 * NODE_PITCH
  const position = room
    ? { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 }
    : { x: from.x + NODE_PITCH, y: to.y }
  const shift = room ? 0 : from.x + 2 * NODE_PITCH - to.x
  const isUpstream = (nodeId: string): boolean =>
    nodeId === edge.from.node || leadsTo(network, nodeId, edge.from.node)
  const id = freeId(document, edit.type)
  const moved = Object.entries(network.nodes).map(([nodeId, node]) => [
    nodeId,
    shift !== 0 && node.position.x >= to.x && !isUpstream(nodeId)
      ? { ...node, position: { x: node.position.x + shift, y: node.position.y } }
      : node
  ])
  return mapNetwork(document, network.id, (n) => ({
    ...n,
    nodes: { ...Object.fromEntries(moved), [id]: makeNode(edit.type, edit.config, position) },
    edges: [
      ...n.edges.filter((e) => e !== edge),
      { from: edge.from, to: { node: id, port: input.id } },
      { from: { node: id, port: output.id }, to: edge.to }
    ]
  }))
}

/** Removes nodes and edges; where one node is taken out of a chain, its neighbours are joined. */
export function remove(document: Document, nodes: ReadonlySet<string>, edges: ReadonlySet<string>): Document {
  const concerned = document.networks.filter(
    (n) => n.edges.some((e) => edges.has(edgeId(e))) || [...nodes].some((id) => Object.hasOwn(n.nodes, id))
  )
  if (concerned.length === 0) return document
  return {
    ...document,
    networks: document.networks.map((network) => {
      if (!concerned.includes(network)) return network
      let kept = network.edges.filter((e) => !edges.has(edgeId(e)))
      for (const nodeId of nodes) {
        const layer = Object.hasOwn(network.nodes, nodeId) && layers[network.nodes[nodeId]!.type]
        if (!layer) continue
        const before = kept.find((e) => e.to.node === nodeId && e.to.port === layer.inputs[0]?.id)
        const after = kept.filter(
          (e) => e.from.node === nodeId && e.from.port === layer.outputs[0]?.id && e.to.node !== nodeId
        )
        kept = kept.filter((e) => e.from.node !== nodeId && e.to.node !== nodeId)
        if (before && before.from.node !== nodeId && layer.role === 'layer')
          kept = [
            ...kept,
            ...after
              .filter((e) => e.to.node !== before.from.node)
              .map((e) => ({ from: before.from, to: e.to }))
          ]
      }
      return {
        ...network,
        nodes: Object.fromEntries(Object.entries(network.nodes).filter(([nodeId]) => !nodes.has(nodeId))),
        edges: kept
      }
    })
  }
}

/** Copies of nodes and of the edges between them; edges from and to others stay with the originals. */
export function duplicate(document: Document, nodes: ReadonlySet<string>): Document {
  const copies = new Map<string, string>()
  let current = document
  for (const nodeId of nodes) {
    const network = networkOf(document, nodeId)
    if (!network) continue
    const node = network.nodes[nodeId]!
    const id = freeId(current, node.type)
    const position = { x: node.position.x + 32, y: node.position.y + 48 }
    copies.set(nodeId, id)
    current = mapNetwork(current, network.id, (n) => ({
      ...n,
      nodes: { ...n.nodes, [id]: { ...node, position } }
    }))
  }
  const copied = ({ from, to }: Edge): Edge[] => {
    const [source, target] = [copies.get(from.node), copies.get(to.node)]
    return source === undefined || target === undefined
      ? []
      : [{ from: { ...from, node: source }, to: { ...to, node: target } }]
  }
  return [...new Set([...copies.keys()].map((id) => networkOf(document, id)!))].reduce((d, network) => {
    const edges = network.edges.flatMap(copied)
    return edges.length === 0
      ? d
      : mapNetwork(d, network.id, (n) => ({ ...n, edges: [...n.edges, ...edges] }))
  }, current)
}
