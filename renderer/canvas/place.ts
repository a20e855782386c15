import type { Edit } from '@core/document/edits'
import { freeId, NODE_PITCH } from '@core/document/rewire'
import {
  edgeId,
  networkOf,
  type Document,
  type Edge,
  type Network,
  type NetworkNode
} from '@core/document/schema'
import { activations, layers } from '@core/registry'
import { sizeOf } from '@core/graph/signal'
import { part, type SourceDescription } from '@core/registry/define'
import { isPart, type Config } from '@core/registry/fields'
import { networkFor } from '../palette/available'
import type { AppState } from '../state/app.svelte'

/** A point of the canvas, in document units. */
export interface Spot {
  readonly x: number
  readonly y: number
}

/** A card takes up about this much, for finding free places. */
const CARD = { width: 150, height: 268 }

/**
 * Adds a layer where it makes sense: behind the selected node, else in front of the answer and its output, else at
 * the next free spot. The new node gets selected, so that adding again builds a chain.
 */
export function addLayer(app: AppState, type: string): void {
  const { document, selectedNode } = app.project
  app.project.applyAndSelect(addLayerEdit(document, type, selectedNode))
}

/** The edit behind `addLayer`. */
export function addLayerEdit(document: Document, type: string, selected: string | undefined): Edit {
  const network =
    networkFor(document, type) ??
    (selected === undefined ? undefined : networkOf(document, selected)) ??
    document.networks[0]!
  if (layers[type]?.role !== 'layer') return addEnd(document, network, type)
  if (selected !== undefined && network.nodes[selected]) {
    if (layers[network.nodes[selected].type]?.role === 'sink')
      return addBefore(document, network, selected, type)
    return addBehind(document, network, selected, type)
  }
  const sink = withRole(network, 'sink')[0]
  if (sink !== undefined) return addBefore(document, network, answerLayer(network, sink) ?? sink, type)
  const last = danglers(network).at(-1)
  if (last !== undefined) return addBehind(document, network, last, type)
  return { kind: 'addNode', network: network.id, type, position: freeSpot(network, { x: 0, y: 0 }) }
}

/**
 * Everything that a beginning still lacks: data, a small network for it, an output.
 */
export function startEdit(document: Document, data: StartData | undefined): Edit {
  const known = data ?? { shape: [2], target: { classes: 2, shape: [] } }
  const network = document.networks[0]!
  const source = withRole(network, 'source')[0]
  const dataId = source ?? freeId(document, 'data')
  const origin = source === undefined ? { x: 0, y: 0 } : network.nodes[source]!.position
  const add = (id: string, type: string, column: number, config: Config = {}): Edit => ({
    kind: 'addNode',
    network: network.id,
    type,
    id,
    config,
    position: { x: origin.x + column * NODE_PITCH, y: origin.y }
  })
  const join = (from: string, fromPort: string, to: string, toPort: string): Edit => ({
    kind: 'connect',
    edge: { from: { node: from, port: fromPort }, to: { node: to, port: toPort } }
  })
  const chain = startLayers(known).map(
    ([wish, type, config]) => [freeId(document, wish), type, config] as const
  )
  const end = freeId(document, 'target')
  return {
    kind: 'all',
    label: 'add a small network',
    edits: [
      ...(source === undefined ? [add(dataId, 'data', 0)] : []),
      ...chain.map(([id, type, config], i) => add(id, type, i + 1, config)),
      add(end, 'output', chain.length + 1, known.target.classes === undefined ? numbersLoss : {}),
      ...chain.map(([id], i) =>
        i === 0 ? join(dataId, 'features', id, 'input') : join(chain[i - 1]![0], 'output', id, 'input')
      ),
      join(chain.at(-1)![0], 'output', end, 'prediction'),
      join(dataId, 'target', end, 'target')
    ]
  }
}

type StartData = Pick<SourceDescription, 'shape' | 'target' | 'symbols' | 'tokens'>

/**
 * A hidden layer, and one that gives what the true answers look like. Pictures and sequences with a single answer are
 * unrolled first; symbols are given numbers, and read one after the other; those of words are averaged.
 */
function startLayers({
  shape,
  target,
  symbols,
  tokens
}: StartData): readonly (readonly [string, string, Config])[] {
  const { classes } = target
  const activation = part(classes === undefined ? 'linear' : 'softmax')
  // A layer of neurons works at each step of a sequence, which is right where there is an answer at each step.
  if (symbols) {
    const each = target.shape.length > 0
    return [
      ['embedding', 'embedding', { inputDim: symbols.length, outputDim: 16 }],
      ['memory', 'gru', { units: 32, returnSequences: each }],
      ['output', each ? 'timeDistributed' : 'dense', { units: classes ?? 1, activation }]
    ]
  }
  if (tokens !== undefined)
    return [
      ['embedding', 'embedding', { inputDim: tokens, outputDim: 16, maskZero: true }],
      ['average', 'globalAveragePooling1d', {}],
      ['output', 'dense', { units: classes ?? 1, activation }]
    ]
  const stepwise = shape.length === 2 && target.shape[0] === shape[0]
  const unroll = shape.length > 1 && !stepwise
  const units = classes ?? (stepwise ? (target.shape[1] ?? 1) : sizeOf(target.shape))
  const unrolled = classes === undefined && !stepwise && target.shape.length > 1
  return [
    ...(unroll ? [['flatten', 'flatten', {}] as const] : []),
    ['hidden', 'dense', { units: unroll ? 16 : 3 }],
    ['output', 'dense', { units, activation }],
    ...(unrolled ? [['reshape', 'reshape', reshapeTo(target.shape)] as const] : [])
  ]
}

/** Numbers are compared by how far off they are. */
const numbersLoss: Config = { loss: part('meanSquaredError') }

/** The settings that arrange a row as a sequence [steps, numbers] or a picture [height, width, channels]. */
function reshapeTo([height = 1, width = 1, channels]: readonly number[]): Config {
  return channels === undefined
    ? { to: 'sequence', height, width }
    : { to: 'picture', height, width, channels }
}

/** The layer that turns numbers into shares of classes for this output: what is added goes in front of it. */
function answerLayer(network: Network, sink: string): string | undefined {
  const port = layers[network.nodes[sink]!.type]!.inputs[0]!.id
  const from = network.edges.find((e) => e.to.node === sink && e.to.port === port)?.from.node
  const node = from === undefined ? undefined : network.nodes[from]
  const gives = Object.values(node?.config ?? {}).some(
    (v) => isPart(v) && activations[v.type]?.logits !== undefined
  )
  return gives && layers[node!.type]!.role === 'layer' ? from : undefined
}

/** Adds a node at a spot; where exactly one output nearby to the left is unused, it is connected to that. */
export function addAtEdit(document: Document, network: Network, type: string, spot: Spot): Edit {
  const input = layers[type]?.inputs[0]
  const near = danglers(network).filter((id) => {
    const { position } = network.nodes[id]!
    const gap = spot.x - position.x
    return gap > 0 && gap < 2 * NODE_PITCH && Math.abs(spot.y - position.y) < CARD.height
  })
  if (input?.carries === 'numbers' && near.length === 1)
    return connected(document, network, type, spot, near[0]!)
  return { kind: 'addNode', network: network.id, type, position: spot }
}

/** The network of the node that is nearest to a spot. */
export function networkNear(document: Document, spot: Spot): Network {
  let best = { network: document.networks[0]!, distance: Infinity }
  for (const network of document.networks)
    for (const { position } of Object.values(network.nodes)) {
      const distance = Math.hypot(position.x - spot.x, position.y - spot.y)
      if (distance < best.distance) best = { network, distance }
    }
  return best.network
}

/** The nearest place at or to the right of `from` where a card overlaps no other. */
export function freeSpot(network: Network, from: Spot): Spot {
  const taken = Object.values(network.nodes).map((n) => n.position)
  const overlaps = (x: number): boolean =>
    taken.some((p) => Math.abs(p.x - x) < CARD.width + 24 && Math.abs(p.y - from.y) < CARD.height)
  let x = from.x
  while (overlaps(x)) x += NODE_PITCH
  return { x, y: from.y }
}

/** Nodes whose first output, a row of numbers or a picture, goes nowhere; in the order of the document. */
export function danglers(network: Network): string[] {
  return Object.entries(network.nodes)
    .filter(([id, node]) => {
      const out = layers[node.type]?.outputs[0]
      return out !== undefined && !network.edges.some((e) => e.from.node === id && e.from.port === out.id)
    })
    .map(([id]) => id)
}

function withRole(network: Network, role: string): string[] {
  return Object.keys(network.nodes).filter((id) => layers[network.nodes[id]!.type]?.role === role)
}

function addBehind(document: Document, network: Network, nodeId: string, type: string): Edit {
  const node = network.nodes[nodeId]!
  const out = layers[node.type]!.outputs[0]!
  const leaving = network.edges.find((e) => e.from.node === nodeId && e.from.port === out.id)
  if (leaving) return { kind: 'insertOnEdge', edge: edgeId(leaving), type }
  return connected(document, network, type, freeSpot(network, rightOf(node)), nodeId)
}

function addBefore(document: Document, network: Network, sink: string, type: string): Edit {
  const port = layers[network.nodes[sink]!.type]!.inputs[0]!.id
  const feeding = network.edges.find((e) => e.to.node === sink && e.to.port === port)
  if (feeding) return { kind: 'insertOnEdge', edge: edgeId(feeding), type }
  const from = danglers(network)
    .filter((id) => id !== sink)
    .at(-1)
  const id = freeId(document, type)
  const toSink: Edge = {
    from: { node: id, port: layers[type]!.outputs[0]!.id },
    to: { node: sink, port }
  }
  const before = network.nodes[sink]!.position
  const start = from === undefined ? { x: before.x - NODE_PITCH, y: before.y } : rightOf(network.nodes[from]!)
  const spot = freeSpot({ ...network, nodes: without(network, sink) }, start)
  const inTheWay = before.x < spot.x + NODE_PITCH
  return all(type, [
    { kind: 'addNode', network: network.id, type, position: spot, id },
    ...(from === undefined ? [] : [link(network, from, id, type)]),
    { kind: 'connect', edge: toSink },
    ...(inTheWay ? [{ kind: 'move', to: { [sink]: { x: spot.x + NODE_PITCH, y: before.y } } } as const] : [])
  ])
}

/** A data or output node: at its end of the network, joined to what waits for it. */
function addEnd(document: Document, network: Network, type: string): Edit {
  const layer = layers[type]!
  const nodes = Object.values(network.nodes)
  const id = freeId(document, type)
  const edge = (from: string, fromPort: string, to: string, toPort: string): Edit => ({
    kind: 'connect',
    edge: { from: { node: from, port: fromPort }, to: { node: to, port: toPort } }
  })
  if (layer.role === 'source') {
    const left = Math.min(NODE_PITCH, ...nodes.map((n) => n.position.x)) - NODE_PITCH
    const waiting = withRole(network, 'layer').concat(withRole(network, 'sink'))
    const edits = layer.outputs.flatMap((out) => {
      for (const to of waiting)
        for (const input of layers[network.nodes[to]!.type]!.inputs)
          if (
            input.carries === out.carries &&
            !network.edges.some((e) => e.to.node === to && e.to.port === input.id)
          )
            return [edge(id, out.id, to, input.id)]
      return []
    })
    return all(type, [
      { kind: 'addNode', network: network.id, type, position: freeSpot(network, { x: left, y: 0 }), id },
      ...edits
    ])
  }
  const right = Math.max(-NODE_PITCH, ...nodes.map((n) => n.position.x)) + NODE_PITCH
  const edits = layer.inputs.flatMap((input) => {
    const givers = Object.entries(network.nodes).flatMap(([from, node]) =>
      layers[node.type]!.outputs.filter((out) => out.carries === input.carries).map((out) => ({
        from,
        port: out.id
      }))
    )
    const loose = givers.filter(
      (g) => !network.edges.some((e) => e.from.node === g.from && e.from.port === g.port)
    )
    const giver = input.carries === 'target' ? givers[0] : loose.at(-1)
    return giver ? [edge(giver.from, giver.port, id, input.id)] : []
  })
  return all(type, [
    { kind: 'addNode', network: network.id, type, position: { x: right, y: 0 }, id },
    ...edits
  ])
}

function connected(document: Document, network: Network, type: string, position: Spot, from: string): Edit {
  const id = freeId(document, type)
  return all(type, [
    { kind: 'addNode', network: network.id, type, position, id },
    link(network, from, id, type)
  ])
}

function link(network: Network, from: string, to: string, toType: string): Edit {
  return {
    kind: 'connect',
    edge: {
      from: { node: from, port: layers[network.nodes[from]!.type]!.outputs[0]!.id },
      to: { node: to, port: layers[toType]!.inputs[0]!.id }
    }
  }
}

const all = (type: string, edits: readonly Edit[]): Edit => ({
  kind: 'all',
  label: `add ${layers[type]?.title ?? type}`,
  edits
})

const rightOf = (node: NetworkNode): Spot => ({ x: node.position.x + NODE_PITCH, y: node.position.y })

const without = (network: Network, nodeId: string): Network['nodes'] =>
  Object.fromEntries(Object.entries(network.nodes).filter(([id]) => id !== nodeId))
