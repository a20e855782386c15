import { edgeId, type Document } from '../document/schema'
import { layers, parts } from '../registry'
import type { Config, Fields, Part } from '../registry/fields'

/**
 * What a running training cannot take up: two documents with the same key differ only in hot settings, names,
 * places and views. A run whose key differs from the document's "applies on restart".
 */
export function structureKey(document: Document): string {
  const { optimizer, batchSize, seed, engine } = document.training
  const { source, seed: dataSeed, split } = document.data
  // Spelled out and sorted: the order in which things were drawn or written makes no difference.
  return JSON.stringify({
    networks: document.networks.map(({ id, nodes, edges }) => ({
      id,
      nodes: Object.entries(nodes)
        .sort(([a], [b]) => compare(a, b))
        .map(([nodeId, node]) => [nodeId, node.type, structural(layers[node.type]!.fields, node.config)]),
      edges: edges.map(edgeId).sort(compare)
    })),
    data: [partKey('source', source), dataSeed, split.train, split.test],
    training: [partKey('optimizer', optimizer), batchSize, seed, engine]
  })
}

// localeCompare depends on the machine's language.
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function partKey(kind: keyof typeof parts, part: Part): unknown {
  return [part.type, structural(parts[kind][part.type]!.fields, part.config)]
}

/** The settings that are not hot, in the order of the fields. */
function structural(fields: Fields, config: Config): unknown {
  return Object.entries(fields)
    .filter(([, field]) => !field.hot)
    .map(([name, field]) => [
      name,
      field.kind === 'part' ? partKey(field.registry, config[name] as Part) : config[name]
    ])
}

/** The hot settings of a document by path, for telling what changed. */
export function hotSettings(document: Document): { readonly [path: string]: Config[string] } {
  const found: Record<string, Config[string]> = {}
  for (const network of document.networks)
    for (const [id, node] of Object.entries(network.nodes))
      collectHot(layers[node.type]!.fields, node.config, `nodes.${id}`, found)
  const { optimizer } = document.training
  collectHot(parts.optimizer[optimizer.type]!.fields, optimizer.config, 'training.optimizer', found)
  found['training.epochs'] = document.training.epochs
  found['training.patience'] = document.training.patience
  return found
}

function collectHot(fields: Fields, config: Config, at: string, found: Record<string, Config[string]>): void {
  for (const [name, field] of Object.entries(fields)) {
    const value = config[name]!
    if (field.hot) found[`${at}.${name}`] = value
    else if (field.kind === 'part') {
      const inner = value as Part
      collectHot(parts[field.registry][inner.type]!.fields, inner.config, `${at}.${name}`, found)
    }
  }
}
