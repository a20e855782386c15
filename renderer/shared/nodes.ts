import { networkOf, nodeOf, type Document, type Network } from '@core/document/schema'
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
  const own = layersOf(network, order)
  return `Layer ${own.indexOf(nodeId) + 1} of ${own.length}`
}

/** What a layer is called where others may be called the same: "Dense (layer 2)". */
export function layerName(document: Document, order: readonly string[], nodeId: string): string {
  const title = nodeTitle(document, nodeId)
  const network = networkOf(document, nodeId)
  if (!network) return title
  const own = layersOf(network, order)
  const alike = own.filter((id) => nodeTitle(document, id) === title)
  return alike.length > 1 ? `${title} (layer ${own.indexOf(nodeId) + 1})` : title
}

function layersOf({ nodes }: Network, order: readonly string[]): readonly string[] {
  return order.filter((id) => {
    const node = nodes[id]
    return node && layers[node.type]!.role === 'layer'
  })
}
