import { networkOf, nodeOf, type Document } from '@core/document/schema'
import { layers, sources } from '@core/registry'
import { isData } from './examples'

/** What a node is called: the name a person gave it, else its layer's title; data goes by its source's. */
export function nodeTitle(document: Document, nodeId: string): string {
  const node = nodeOf(document, nodeId)
  if (!node) return nodeId
  return node.name ?? defaultTitle(document, node.type)
}

/** What a node of this type is called before a person names it. */
export function defaultTitle(document: Document, type: string): string {
  const source = isData(type) ? sources[document.data.source.type] : undefined
  return source?.title ?? layers[type]!.title
}

/** The Lucide icon of a node. */
export function nodeIcon(document: Document, nodeId: string): string {
  const { type } = nodeOf(document, nodeId)!
  const source = isData(type) ? sources[document.data.source.type] : undefined
  return source?.icon ?? layers[type]!.icon
}

/** "Layer 1 of 2" for a layer, in the order in which the numbers flow; what the two ends are for otherwise. */
export function nodePlace(document: Document, order: readonly string[], nodeId: string): string {
  const network = networkOf(document, nodeId)!
  const { role, title } = layers[network.nodes[nodeId]!.type]!
  if (role === 'source') return title
  if (role === 'sink') return 'What to aim at'
  const own = order.filter((id) => {
    const node = network.nodes[id]
    return node && layers[node.type]!.role === 'layer'
  })
  return `Layer ${own.indexOf(nodeId) + 1} of ${own.length}`
}
