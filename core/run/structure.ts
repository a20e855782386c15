import type { Document } from '../document/schema'
import { layers, parts } from '../registry'
import type { Config, Fields, Part } from '../registry/fields'

/**
 * What a running training cannot take up: two documents with the same key differ only in hot settings, names,
 * places and views. A run whose key differs from the document's "applies on restart".
 */
export function structureKey(document: Document): string {
  const { optimizer, batchSize, seed, engine } = document.training
  return JSON.stringify({
    networks: document.networks.map((network) => ({
      id: network.id,
      nodes: Object.entries(network.nodes).map(([id, node]) => [
        id,
        node.type,
        withoutHot(layers[node.type]!.fields, node.config)
      ]),
      edges: network.edges
    })),
    data: document.data,
    training: {
      optimizer: {
        ...optimizer,
        config: withoutHot(parts.optimizer[optimizer.type]!.fields, optimizer.config)
      },
      batchSize,
      seed,
      engine
    }
  })
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

function withoutHot(fields: Fields, config: Config): unknown {
  return Object.entries(fields)
    .filter(([, field]) => !field.hot)
    .map(([name, field]) => {
      if (field.kind !== 'part') return [name, config[name]]
      const inner = config[name] as Part
      return [name, inner.type, withoutHot(parts[field.registry][inner.type]!.fields, inner.config)]
    })
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
