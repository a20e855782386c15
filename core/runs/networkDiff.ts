import { edgeId, type Document, type NetworkNode } from '../document/schema'
import { layers } from '../registry'
import { compareSettings } from './settings'

/** What became of a layer from one network to another. */
export interface LayerDifference {
  readonly id: string
  readonly title: string
  /** What it is set to, in a word. */
  readonly fact: string
  readonly how: 'added' | 'removed' | 'changed' | 'same'
  /** What changed, where it is there in both. */
  readonly changes: readonly { readonly label: string; readonly from: string; readonly to: string }[]
}

/** Two networks side by side. */
export interface NetworkDifference {
  /** Layers of the second network in its order, each removed one where it was. */
  readonly layers: readonly LayerDifference[]
  /** Connections, as `edgeId`. */
  readonly addedEdges: readonly string[]
  readonly removedEdges: readonly string[]
}

const nodesOf = (document: Document): Map<string, NetworkNode> =>
  new Map(document.networks.flatMap(({ nodes }) => Object.entries(nodes)))
const edgesOf = (document: Document): Set<string> =>
  new Set(document.networks.flatMap(({ edges }) => edges.map(edgeId)))

/** What has to be done to `before` to get `after`. A layer is the same one where it has the same id and type. */
export function networkDifference(before: Document, after: Document): NetworkDifference {
  const [was, is] = [nodesOf(before), nodesOf(after)]
  const { differing } = compareSettings([before, after])
  const stays = (id: string): boolean => was.get(id)?.type === is.get(id)?.type
  const described = (id: string, node: NetworkNode): Pick<LayerDifference, 'id' | 'title' | 'fact'> => {
    const layer = layers[node.type]!
    return { id, title: node.name ?? layer.title, fact: layer.fact(node.config) }
  }
  const kept = [...is].map(([id, node]): LayerDifference => {
    if (!stays(id)) return { ...described(id, node), how: 'added', changes: [] }
    const changes = differing
      .filter(({ path }) => path.startsWith(`nodes.${id}.`))
      .map(({ label, values: [from, to] }) => ({ label, from: from ?? '–', to: to ?? '–' }))
    return { ...described(id, node), how: changes.length > 0 ? 'changed' : 'same', changes }
  })
  const order = [...was.keys()]
  for (const [place, id] of order.entries()) {
    if (stays(id)) continue
    const before = order.slice(0, place).findLast((other) => kept.some((layer) => layer.id === other))
    const at = kept.findIndex((layer) => layer.id === before) + 1
    kept.splice(at, 0, { ...described(id, was.get(id)!), how: 'removed', changes: [] })
  }
  const [edgesWas, edgesIs] = [edgesOf(before), edgesOf(after)]
  return {
    layers: kept,
    addedEdges: [...edgesIs].filter((edge) => !edgesWas.has(edge)),
    removedEdges: [...edgesWas].filter((edge) => !edgesIs.has(edge))
  }
}
