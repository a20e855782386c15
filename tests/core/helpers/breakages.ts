import { applyEdit } from '@core/document/edits'
import { edgeId, type Document, type Edge, type Network } from '@core/document/schema'
import { leadsTo } from '@core/graph/order'
import type { RandomStream } from '@core/random/stream'
import { layers, parts } from '@core/registry'
import { fullPart } from '@core/registry/complete'
import { part } from '@core/registry/define'
import type { Config, Fields, FieldValue, Part } from '@core/registry/fields'
import { derive } from '@core/graph/derive'

/** Spoils a document without problems; undefined where it has no place for this mistake. */
type Breakage = (document: Document, random: RandomStream) => Document | undefined

const only = (document: Document): Network => document.networks[0]!
const withNetwork = (document: Document, change: Partial<Network>): Document => ({
  ...document,
  networks: [{ ...only(document), ...change }]
})
const pick = <T>(list: readonly T[], random: RandomStream): T | undefined => list[random.integer(list.length)]
const ofRole = (document: Document, role: string): string[] =>
  Object.entries(only(document).nodes)
    .filter(([, { type }]) => layers[type]!.role === role)
    .map(([id]) => id)
const setConfig = (document: Document, id: string, config: Config): Document => {
  const { nodes } = only(document)
  const node = nodes[id]!
  return withNetwork(document, {
    nodes: { ...nodes, [id]: { ...node, config: { ...node.config, ...config } } }
  })
}
/** The Dense that gives the answer, where it is one. */
function lastDense(document: Document): string | undefined {
  const line = only(document).edges.find((e) => e.to.node === 'target' && e.to.port === 'prediction')
  const id = line?.from.node
  return id !== undefined && only(document).nodes[id]?.type === 'dense' ? id : undefined
}
const hasOutput = (document: Document): boolean => only(document).nodes['target']?.type === 'output'
const classesOf = (document: Document): number => document.data.source.config['classes'] as number

/** The lines with one of them coming from another place. */
function redirected(document: Document, line: Edge, from: Edge['from']): Document {
  return withNetwork(document, { edges: only(document).edges.map((e) => (e === line ? { ...e, from } : e)) })
}

/** A node in a line, or before a port. */
function inserted(document: Document, line: Edge, type: string, config: Config): Document {
  return applyEdit(document, { kind: 'insertOnEdge', edge: edgeId(line), type, config })
}

/** How many axes what a line carries has. */
function rankOf(document: Document, { from }: Edge): number {
  const signal = derive(document, {}).nodes[from.node]?.outputs[from.port]
  return signal?.kind === 'numbers' ? signal.shape.length : 0
}

/** A number beyond what its field allows, somewhere in these settings or in their parts. */
function beyond(fields: Fields, config: Config, random: RandomStream): Config | undefined {
  const changed = Object.entries(fields).flatMap(([name, field]): [string, FieldValue][] => {
    const value = config[name]!
    if (field.kind === 'int') return [field.min - 1, field.max + 1, field.min + 0.5].map((v) => [name, v])
    if (field.kind === 'float') return [field.min - 1, field.max + 1].map((v) => [name, v])
    if (field.kind !== 'part') return []
    const { type, config: inner } = value as Part
    const next = beyond(parts[field.registry][type]!.fields, inner, random)
    return next ? [[name, { type, config: next }]] : []
  })
  const change = pick(changed, random)
  return change && { ...config, [change[0]]: change[1] }
}

const aLine: Breakage = (document, random) => {
  const gone = pick(only(document).edges, random)
  if (!gone) return undefined
  return withNetwork(document, { edges: only(document).edges.filter((e) => e !== gone) })
}

const aLayer: Breakage = (document, random) => {
  const gone = pick(ofRole(document, 'layer'), random)
  if (gone === undefined) return undefined
  const { [gone]: _, ...nodes } = only(document).nodes
  const edges = only(document).edges.filter((e) => e.from.node !== gone && e.to.node !== gone)
  return withNetwork(document, { nodes, edges })
}

const aWidth: Breakage = (document) => {
  const last = lastDense(document)
  const classes = classesOf(document)
  return last !== undefined && classes > 0 ? setConfig(document, last, { units: classes + 3 }) : undefined
}

const aLoop: Breakage = (document, random) => {
  const { edges } = only(document)
  const inner = ofRole(document, 'layer')
  const ways = edges.flatMap((line) =>
    inner
      .filter((id) => id === line.to.node || leadsTo(only(document), line.to.node, id))
      .map((id) => [line, id] as const)
  )
  const way = pick(
    ways.filter(([line]) => line.to.node !== 'target'),
    random
  )
  return way && redirected(document, way[0], { node: way[1], port: 'output' })
}

const aKind: Breakage = (document, random) => {
  const lines = only(document).edges
  const numbers = pick(
    lines.filter((e) => e.to.port !== 'target'),
    random
  )
  const answers = lines.find((e) => e.to.port === 'target')
  if (!numbers || !answers) return undefined
  return random.uniform() < 0.5
    ? redirected(document, numbers, { node: 'data', port: 'target' })
    : redirected(document, answers, { node: 'data', port: 'features' })
}

const aNumber: Breakage = (document, random) => {
  if (random.uniform() < 0.3) {
    const { optimizer } = document.training
    const config = beyond(parts.optimizer[optimizer.type]!.fields, optimizer.config, random)!
    return { ...document, training: { ...document.training, optimizer: { ...optimizer, config } } }
  }
  const found = Object.entries(only(document).nodes).flatMap(([id, { type, config }]) => {
    const next = beyond(layers[type]!.fields, config, random)
    return next ? [[id, next] as const] : []
  })
  const chosen = pick(found, random)
  return chosen && setConfig(document, chosen[0], chosen[1])
}

const aMerge: Breakage = (document, random) => {
  const merges = only(document).edges.filter((e) => e.to.port === 'second')
  const line = pick(merges, random)
  if (!line) return undefined
  return rankOf(document, line) > 1
    ? inserted(document, line, 'flatten', {})
    : inserted(document, line, 'repeatVector', { n: 2 })
}

const anArrangement: Breakage = (document, random) => {
  const line = pick(
    only(document).edges.filter((e) => e.to.port !== 'target'),
    random
  )
  if (!line) return undefined
  return rankOf(document, line) === 3
    ? inserted(document, line, 'lstm', { units: 2 })
    : inserted(document, line, 'conv2d', { filters: 2 })
}

const aWindow: Breakage = (document, random) => {
  const pictures = only(document).edges.filter((e) => e.to.port !== 'target' && rankOf(document, e) === 3)
  const line = pick(pictures, random)
  return line && inserted(document, line, 'maxPooling2d', { poolSize: 50, padding: 'valid' })
}

const anEnd: Breakage = (document, random) => {
  const type = pick(['data', 'noise', 'sample', 'judgement', 'result', 'output'], random)!
  return applyEdit(document, { kind: 'addNode', type, position: { x: 0, y: 300 } })
}

const aDeadEnd: Breakage = (document) => {
  if (ofRole(document, 'source').length === 0) return undefined
  const added = applyEdit(document, {
    kind: 'addNode',
    type: 'dense',
    id: 'lost',
    position: { x: 0, y: 300 }
  })
  const edge: Edge = { from: { node: 'data', port: 'features' }, to: { node: 'lost', port: 'input' } }
  return applyEdit(added, { kind: 'connect', edge })
}

const aLoss: Breakage = (document, random) => {
  if (!hasOutput(document) || classesOf(document) !== 0) return undefined
  const type = pick(['crossEntropy', 'hinge', 'perceptron'], random)!
  return setConfig(document, 'target', { loss: fullPart('loss', part(type)) })
}

const aStep: Breakage = (document) => {
  const last = lastDense(document)
  if (last === undefined) return undefined
  const stepped = setConfig(document, last, { activation: part('step') })
  return setConfig(stepped, 'target', { loss: fullPart('loss', part('meanSquaredError')) })
}

const aScheme: Breakage = (document, random) => ({
  ...document,
  training: {
    ...document.training,
    scheme: fullPart('scheme', part(pick(['adversarial', 'contrastiveDivergence'], random)!))
  }
})

const aSplit: Breakage = (document) => ({
  ...document,
  data: { ...document.data, split: { train: 1000, test: 0 } }
})

const aTable: Breakage = (document) => ({
  ...document,
  data: { ...document.data, source: fullPart('source', part('table', { file: 'gone.csv' })) }
})

const nothing: Breakage = (document) => withNetwork(document, { nodes: {}, edges: [] })

/** Ways to spoil a network, by what is wrong then. */
export const breakages: { readonly [what: string]: Breakage } = {
  aLine,
  aLayer,
  aWidth,
  aLoop,
  aKind,
  aNumber,
  aMerge,
  anArrangement,
  aWindow,
  anEnd,
  aDeadEnd,
  aLoss,
  aStep,
  aScheme,
  aSplit,
  aTable,
  nothing
}
