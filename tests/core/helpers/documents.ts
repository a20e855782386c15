import type { Document, Edge, NetworkNode } from '@core/document/schema'
import { layers } from '@core/registry'
import { fullConfig } from '@core/registry/complete'
import type { Config } from '@core/registry/fields'
import { firstProject } from '@core/templates'

/** A node as a test says it: its type, and settings that are not at their default. */
export type NodeSketch = readonly [type: string, config?: Config]

/** The edge "dense.output-target.prediction". */
export function edge(text: string): Edge {
  const [from, to] = text.split('-').map((end) => end.split('.'))
  return { from: { node: from[0], port: from[1] }, to: { node: to[0], port: to[1] } }
}

/** A document with these nodes, 204 apart, and these edges; data and training as in the first project. */
export function sketch(
  nodes: { readonly [id: string]: NodeSketch },
  edges: readonly string[],
  changes: Partial<Document> = {}
): Document {
  const placed = Object.entries(nodes).map(([id, [type, config]], i): [string, NetworkNode] => [
    id,
    { type, config: fullConfig(layers[type].fields, config), position: { x: 204 * i, y: 0 } }
  ])
  return {
    ...firstProject,
    networks: [{ id: 'network', name: 'Network', nodes: Object.fromEntries(placed), edges: edges.map(edge) }],
    ...changes
  }
}

/** Forbids changes, all the way down: applying an edit to what it returns proves that edits are pure. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value)
    Object.values(value).forEach(frozen)
  }
  return value
}

/** The same value after a way through a file. */
export function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value))
}
