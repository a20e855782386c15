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

/**
 * The running document with the hot settings of a newer revision. What else is newer waits for a restart: the
 * newer one may have other nodes by now.
 */
export function takeHot(running: Document, newer: Document): Document {
  const newerNodes = new Map(newer.networks.flatMap((network) => Object.entries(network.nodes)))
  const networks = running.networks.map((network) => ({
    ...network,
    nodes: Object.fromEntries(
      Object.entries(network.nodes).map(([id, node]) => {
        const other = newerNodes.get(id)
        if (other?.type !== node.type) return [id, node]
        return [id, { ...node, config: mergeHot(layers[node.type]!.fields, node.config, other.config) }]
      })
    )
  }))
  const { optimizer } = running.training
  const fields = parts.optimizer[optimizer.type]!.fields
  return {
    ...running,
    networks,
    training: {
      ...running.training,
      optimizer:
        newer.training.optimizer.type === optimizer.type
          ? { ...optimizer, config: mergeHot(fields, optimizer.config, newer.training.optimizer.config) }
          : optimizer,
      epochs: newer.training.epochs,
      patience: newer.training.patience
    },
    view: newer.view
  }
}

function mergeHot(fields: Fields, config: Config, newer: Config): Config {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const value = config[name]!
      const other = newer[name] ?? value
      if (field.hot) return [name, other]
      if (field.kind !== 'part' || (other as Part).type !== (value as Part).type) return [name, value]
      const { type, config: inner } = value as Part
      const merged = mergeHot(parts[field.registry][type]!.fields, inner, (other as Part).config)
      return [name, { type, config: merged }]
    })
  )
}
