import { edgeId, TRAINING_PARTS, type Document, type TrainingPart } from '../document/schema'
import { layers, parts } from '../registry'
import type { Config, Fields, Part } from '../registry/fields'

/**
 * What a running training cannot take up: two documents with the same key differ only in hot settings, names,
 * places and views. A run whose key differs from the document's "applies on restart".
 */
export function structureKey(document: Document): string {
  return keyOf(document, true)
}

/** As `structureKey`, without what a running training takes up by itself, going on with changed data. */
export function steadyKey(document: Document): string {
  return keyOf(document, false)
}

function keyOf(document: Document, live: boolean): string {
  const { batchSize, seed, engine, threads } = document.training
  const { source, seed: dataSeed, split, corrections = [] } = document.data
  // Spelled out and sorted: the order in which things were drawn or written makes no difference.
  return JSON.stringify({
    networks: document.networks.map(({ id, nodes, edges }) => ({
      id,
      nodes: Object.entries(nodes)
        .sort(([a], [b]) => compare(a, b))
        .map(([nodeId, node]) => [
          nodeId,
          node.type,
          structural(layers[node.type]!.fields, node.config),
          ...(node.frozen ? ['frozen'] : [])
        ]),
      edges: edges.map(edgeId).sort(compare)
    })),
    data: [
      partKey('source', source, live),
      dataSeed,
      split.train,
      split.test,
      split.stratify ?? true,
      split.group ?? null,
      ...(split.copies ? [split.copies] : []),
      ...(live ? corrections.map(({ row, label }) => `${row} ${label}`).sort(compare) : [])
    ],
    training: [
      ...TRAINING_PARTS.map((kind) => partKey(kind, document.training[kind])),
      batchSize,
      seed,
      engine,
      threads
    ]
  })
}

// localeCompare depends on the machine's language.
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function partKey(kind: keyof typeof parts, part: Part, live = true): unknown {
  return [part.type, structural(parts[kind][part.type]!.fields, part.config, live)]
}

/** The settings that are not hot, in the order of the fields. */
function structural(fields: Fields, config: Config, live = true): unknown {
  return Object.entries(fields)
    .filter(([, field]) => !field.hot && (live || !field.live))
    .map(([name, field]) => [
      name,
      field.kind === 'part' ? partKey(field.registry, config[name] as Part) : config[name]
    ])
}

/** A setting's value; null where a way to stop is not used. */
export type HotValue = Config[string] | null

/** The hot settings of a document by path, for telling what changed; what is off has none. */
export function hotSettings(document: Document): { readonly [path: string]: HotValue } {
  const found: Record<string, HotValue> = {}
  for (const network of document.networks)
    for (const [id, node] of Object.entries(network.nodes))
      collectHot(layers[node.type]!.fields, node.config, `nodes.${id}`, found)
  for (const kind of TRAINING_PARTS) {
    const { type, config } = document.training[kind]
    collectHot(parts[kind][type]!.fields, config, `training.${kind}`, found)
  }
  const { epochs, patience, restoreBest, stopAt } = document.training
  found['training.epochs'] = epochs
  found['training.patience'] = patience
  found['training.restoreBest'] = restoreBest
  for (const [name, value] of Object.entries(stopAt)) found[`training.stopAt.${name}`] = value
  const { augmentation } = document.data
  for (const step of augmentation?.steps ?? []) found[`data.augmentation.${step.type}`] = step
  if (augmentation) found['data.augmentation.fill'] = augmentation.fill
  return found
}

function collectHot(fields: Fields, config: Config, at: string, found: Record<string, HotValue>): void {
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
  const merged = (kind: TrainingPart): Part => {
    const part = running.training[kind]
    const other = newer.training[kind]
    if (other.type !== part.type) return part
    return { ...part, config: mergeHot(parts[kind][part.type]!.fields, part.config, other.config) }
  }
  const { augmentation: _, ...data } = running.data
  const { augmentation } = newer.data
  return {
    ...running,
    networks,
    data: { ...data, ...(augmentation ? { augmentation } : {}) },
    training: {
      ...running.training,
      scheme: merged('scheme'),
      optimizer: merged('optimizer'),
      schedule: merged('schedule'),
      clipping: merged('clipping'),
      epochs: newer.training.epochs,
      patience: newer.training.patience,
      restoreBest: newer.training.restoreBest,
      stopAt: newer.training.stopAt
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
