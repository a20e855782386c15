import { layers } from '../registry'
import { defaultsOf, type Config, type FieldValue } from '../registry/fields'
import { edgeId, networkOf, type Document, type Edge, type Network, type NetworkNode } from './schema'

/** One thing a person does to a document. Plain data, so that fixes, undo and tests share it. */
export type Edit =
  | { readonly kind: 'setField'; readonly nodeId: string; readonly field: string; readonly value: FieldValue }
  | { readonly kind: 'rename'; readonly nodeId: string; readonly name: string }
  | {
      readonly kind: 'addNode'
      readonly network?: string
      readonly type: string
      readonly config?: Config
      readonly position: { readonly x: number; readonly y: number }
      /** An id of the caller's choice; else one is made from the type. */
      readonly id?: string
    }
  | {
      readonly kind: 'insertBefore'
      readonly nodeId: string
      readonly port: string
      readonly type: string
      readonly config?: Config
    }
  | { readonly kind: 'insertOnEdge'; readonly edge: string; readonly type: string; readonly config?: Config }
  | { readonly kind: 'remove'; readonly nodes: readonly string[]; readonly edges: readonly string[] }
  | { readonly kind: 'duplicate'; readonly nodes: readonly string[] }
  | { readonly kind: 'connect'; readonly edge: Edge }
  | {
      readonly kind: 'move'
      readonly to: { readonly [nodeId: string]: { readonly x: number; readonly y: number } }
    }
  | { readonly kind: 'setData'; readonly change: Partial<Document['data']> }
  | { readonly kind: 'setTraining'; readonly change: Partial<Document['training']> }
  | { readonly kind: 'setView'; readonly change: Partial<Document['view']> }
  | { readonly kind: 'renameProject'; readonly name: string }
  | { readonly kind: 'all'; readonly label: string; readonly edits: readonly Edit[] }

/** Card width plus gap: how far a node that is put in moves those after it. */
export const NODE_PITCH = 204

/** The document after the edit. What did not change is shared with the one before. */
export function applyEdit(document: Document, edit: Edit): Document {
  switch (edit.kind) {
    case 'setField':
      return mapNode(document, edit.nodeId, (node) => ({
        ...node,
        config: { ...node.config, [edit.field]: edit.value }
      }))
    case 'rename':
      return mapNode(document, edit.nodeId, ({ name: _old, ...node }) =>
        edit.name.trim() === '' ? node : { ...node, name: edit.name.trim().slice(0, 80) }
      )
    case 'addNode': {
      const network = document.networks.find((n) => n.id === edit.network) ?? document.networks[0]!
      const id = edit.id ?? freeId(document, edit.type)
      return mapNetwork(document, network.id, (n) => ({
        ...n,
        nodes: { ...n.nodes, [id]: makeNode(edit.type, edit.config, edit.position) }
      }))
    }
    case 'insertBefore': {
      const network = networkOf(document, edit.nodeId)
      if (!network) return document
      const feeding = network.edges.find((e) => e.to.node === edit.nodeId && e.to.port === edit.port)
      if (feeding) return applyEdit(document, { ...edit, kind: 'insertOnEdge', edge: edgeId(feeding) })
      const target = network.nodes[edit.nodeId]!
      const id = freeId(document, edit.type)
      const out = layers[edit.type]!.outputs[0]!
      const placed = { x: target.position.x - NODE_PITCH, y: target.position.y }
      return mapNetwork(document, network.id, (n) => ({
        ...n,
        nodes: { ...n.nodes, [id]: makeNode(edit.type, edit.config, placed) },
        edges: [...n.edges, { from: { node: id, port: out.id }, to: { node: edit.nodeId, port: edit.port } }]
      }))
    }
    case 'insertOnEdge':
      return insertOnEdge(document, edit)
    case 'remove':
      return remove(document, new Set(edit.nodes), new Set(edit.edges))
    case 'duplicate':
      return edit.nodes.reduce((current, nodeId) => {
        const node = networkOf(current, nodeId)?.nodes[nodeId]
        return node
          ? applyEdit(current, {
              kind: 'addNode',
              network: networkOf(current, nodeId)!.id,
              type: node.type,
              config: node.config,
              position: { x: node.position.x + 32, y: node.position.y + 48 }
            })
          : current
      }, document)
    case 'connect':
      return connect(document, edit.edge)
    case 'move':
      return Object.entries(edit.to).reduce(
        (current, [nodeId, position]) => mapNode(current, nodeId, (node) => ({ ...node, position })),
        document
      )
    case 'setData':
      return { ...document, data: { ...document.data, ...edit.change } }
    case 'setTraining':
      return { ...document, training: { ...document.training, ...edit.change } }
    case 'setView':
      return { ...document, view: { ...document.view, ...edit.change } }
    case 'renameProject':
      return edit.name.trim() === '' ? document : { ...document, name: edit.name.trim().slice(0, 120) }
    case 'all':
      return edit.edits.reduce(applyEdit, document)
  }
}

/** What undo calls the edit: "Undo add Dense". */
export function describeEdit(document: Document, edit: Edit): string {
  const title = (nodeId: string): string => {
    const node = networkOf(document, nodeId)?.nodes[nodeId]
    return node ? (node.name ?? layers[node.type]?.title ?? node.type) : nodeId
  }
  switch (edit.kind) {
    case 'setField': {
      const type = networkOf(document, edit.nodeId)?.nodes[edit.nodeId]?.type
      const label = type === undefined ? undefined : layers[type]?.fields[edit.field]?.label
      return `change ${(label ?? edit.field).toLowerCase()}`
    }
    case 'rename':
      return `rename ${title(edit.nodeId)}`
    case 'addNode':
    case 'insertBefore':
    case 'insertOnEdge':
      return `add ${layers[edit.type]?.title ?? edit.type}`
    case 'remove':
      return edit.nodes.length === 1
        ? `remove ${title(edit.nodes[0]!)}`
        : edit.nodes.length > 1
          ? `remove ${edit.nodes.length} nodes`
          : 'remove a connection'
    case 'duplicate':
      return 'duplicate'
    case 'connect':
      return `connect ${title(edit.edge.from.node)} to ${title(edit.edge.to.node)}`
    case 'move':
      return 'move'
    case 'setData':
      return 'change the data'
    case 'setTraining':
      return 'change the training settings'
    case 'setView':
      return 'change the view'
    case 'renameProject':
      return 'rename the project'
    case 'all':
      return edit.label
  }
}

/** A new id from a type: dense, dense2, dense3 … */
export function freeId(document: Document, type: string): string {
  if (!networkOf(document, type)) return type
  let n = 2
  while (networkOf(document, `${type}${n}`)) n++
  return `${type}${n}`
}

/** Would this edge close a loop? */
export function closesLoop(network: Network, edge: Edge): boolean {
  const reached = new Set<string>()
  const visit = (nodeId: string): boolean => {
    if (nodeId === edge.from.node) return true
    if (reached.has(nodeId)) return false
    reached.add(nodeId)
    return network.edges.some((e) => e.from.node === nodeId && visit(e.to.node))
  }
  return visit(edge.to.node)
}

function makeNode(type: string, config: Config | undefined, position: NetworkNode['position']): NetworkNode {
  const layer = layers[type]
  if (!layer) throw new Error(`There is no layer of the type ${type}.`)
  return { type, config: { ...defaultsOf(layer.fields), ...config }, position }
}

function mapNetwork(document: Document, id: string, change: (n: Network) => Network): Document {
  return { ...document, networks: document.networks.map((n) => (n.id === id ? change(n) : n)) }
}

function mapNode(document: Document, nodeId: string, change: (n: NetworkNode) => NetworkNode): Document {
  const network = networkOf(document, nodeId)
  if (!network) return document
  return mapNetwork(document, network.id, (n) => ({
    ...n,
    nodes: { ...n.nodes, [nodeId]: change(n.nodes[nodeId]!) }
  }))
}

/** An input port takes one edge: a new one replaces the old. */
function connect(document: Document, edge: Edge): Document {
  const network = networkOf(document, edge.from.node)
  if (!network || !Object.hasOwn(network.nodes, edge.to.node) || closesLoop(network, edge)) return document
  return mapNetwork(document, network.id, (n) => ({
    ...n,
    edges: [...n.edges.filter((e) => e.to.node !== edge.to.node || e.to.port !== edge.to.port), edge]
  }))
}

/** Puts a node into an edge and moves what comes after it out of the way. */
function insertOnEdge(document: Document, edit: Extract<Edit, { kind: 'insertOnEdge' }>): Document {
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
  const id = freeId(document, edit.type)
  const moved = Object.entries(network.nodes).map(([nodeId, node]) => [
    nodeId,
    shift !== 0 && node.position.x >= to.x
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
function remove(document: Document, nodes: ReadonlySet<string>, edges: ReadonlySet<string>): Document {
  return {
    ...document,
    networks: document.networks.map((network) => {
      let kept = network.edges.filter((e) => !edges.has(edgeId(e)))
      for (const nodeId of nodes) {
        const node = network.nodes[nodeId]
        const layer = node && layers[node.type]
        if (!layer) continue
        const before = kept.find((e) => e.to.node === nodeId && e.to.port === layer.inputs[0]?.id)
        const after = kept.filter((e) => e.from.node === nodeId && e.from.port === layer.outputs[0]?.id)
        kept = kept.filter((e) => e.from.node !== nodeId && e.to.node !== nodeId)
        if (before && layer.role === 'layer')
          kept = [...kept, ...after.map((e) => ({ from: before.from, to: e.to }))]
      }
      return {
        ...network,
        nodes: Object.fromEntries(Object.entries(network.nodes).filter(([nodeId]) => !nodes.has(nodeId))),
        edges: kept
      }
    })
  }
}
