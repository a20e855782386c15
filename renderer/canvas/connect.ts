import type { Connection } from '@xyflow/svelte'
import { closesLoop } from '@core/document/rewire'
import { edgeId, networkOf, type Document, type Edge } from '@core/document/schema'
import { layers } from '@core/registry'
import { nodeTitle } from '../shared/nodes'

/** The document's edge for a connection that xyflow talks about. */
export function edgeOf({ source, sourceHandle, target, targetHandle }: Connection): Edge | undefined {
  if (sourceHandle === null || targetHandle === null) return undefined
  return { from: { node: source, port: sourceHandle }, to: { node: target, port: targetHandle } }
}

/** May these two ports be joined: same kind, same network, no circle? Cheap, since it is asked at every move. */
export function canConnect(document: Document, edge: Edge): boolean {
  const network = networkOf(document, edge.from.node)
  const from = network?.nodes[edge.from.node]
  const to = network?.nodes[edge.to.node]
  if (!network || !from || !to || edge.from.node === edge.to.node) return false
  const out = layers[from.type]?.outputs.find((p) => p.id === edge.from.port)
  const into = layers[to.type]?.inputs.find((p) => p.id === edge.to.port)
  return out !== undefined && out.carries === into?.carries && !closesLoop(network, edge)
}

/** A connection that could be made from a node, in words. */
export interface Offer {
  readonly edge: Edge
  readonly label: string
}

/** What the outputs of a node could still be connected to. */
export function offersFrom(document: Document, nodeId: string): readonly Offer[] {
  const network = networkOf(document, nodeId)
  const node = network?.nodes[nodeId]
  if (!network || !node) return []
  const made = new Set(network.edges.map(edgeId))
  return layers[node.type]!.outputs.flatMap((out) =>
    Object.entries(network.nodes).flatMap(([id, other]) =>
      layers[other.type]!.inputs.flatMap((input): Offer[] => {
        const edge = { from: { node: nodeId, port: out.id }, to: { node: id, port: input.id } }
        if (made.has(edgeId(edge)) || !canConnect(document, edge)) return []
        const inputs = layers[other.type]!.inputs.length
        const name = nodeTitle(document, id)
        return [{ edge, label: inputs > 1 ? `${name}: ${input.label}` : name }]
      })
    )
  )
}

/** The connections of a node, in words. */
export function linesOf(document: Document, nodeId: string): readonly { id: string; label: string }[] {
  const network = networkOf(document, nodeId)
  if (!network) return []
  const name = (id: string) => nodeTitle(document, id)
  return network.edges
    .filter((e) => e.from.node === nodeId || e.to.node === nodeId)
    .map((e) => ({
      id: edgeId(e),
      label: e.from.node === nodeId ? `to ${name(e.to.node)}` : `from ${name(e.from.node)}`
    }))
}
