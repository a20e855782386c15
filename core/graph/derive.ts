import { edgeId, type Document, type Edge, type Network } from '../document/schema'
import type { InferContext, SourceDescription, WeightSpec } from '../registry/define'
import { layers, parts, sources } from '../registry'
import { rangeProblem, type Fields, type Part } from '../registry/fields'
import type { Problem } from '../result'
import { findOrder } from './order'
import { sizeOf, type Signal } from './signal'

/** What a node means, worked out from the document. */
export interface DerivedNode {
  readonly inputs: { readonly [port: string]: Signal }
  readonly outputs: { readonly [port: string]: Signal | undefined }
  readonly weights: readonly WeightSpec[]
  /** Number of single weights. */
  readonly parameters: number
}

/** Everything that follows from a document: derived, never stored. */
export interface Derivation {
  /** Node ids of each network, sources first. */
  readonly order: { readonly [networkId: string]: readonly string[] }
  readonly nodes: { readonly [nodeId: string]: DerivedNode }
  readonly problems: readonly Problem[]
  /** What the data offers; undefined where its source has a problem. */
  readonly data: SourceDescription | undefined
}

/** Files that travel with the project, as text by name. */
export type ProjectFiles = { readonly [name: string]: string }

/** Order, shapes, weights and all problems at once. Never throws for anything a person can draw. */
export function derive(document: Document, files: ProjectFiles): Derivation {
  const problems: Problem[] = []
  const data = describeData(document, files, problems)
  const nodes: Record<string, DerivedNode> = {}
  const order: Record<string, readonly string[]> = {}
  for (const network of document.networks) {
    const found = findOrder(network)
    order[network.id] = found.order
    for (const nodeId of found.inLoop)
      problems.push({
        code: 'loop',
        nodeId,
        message: 'Goes round in a circle: its own output comes back to it.',
        detail: 'Remove one connection of the circle.'
      })
    for (const nodeId of found.order) nodes[nodeId] = deriveNode(network, nodeId, nodes, data, problems)
    problems.push(...wholeNetwork(network, nodes))
  }
  problems.push(...planProblems(document, data))
  return { order, nodes, problems, data }
}

function describeData(
  document: Document,
  files: ProjectFiles,
  problems: Problem[]
): SourceDescription | undefined {
  const { type, config } = document.data.source
  const dataNode = document.networks
    .flatMap((n) => Object.entries(n.nodes))
    .find(([, node]) => layers[node.type]?.role === 'source')?.[0]
  const source = sources[type]!
  const before = problems.length
  for (const [name, field] of Object.entries(source.fields)) {
    const problem = rangeProblem(name, field, config[name]!, {
      ...(dataNode === undefined ? {} : { nodeId: dataNode }),
      useValue: (value) => ({
        kind: 'setData',
        change: { source: { type, config: { ...config, [name]: value } } }
      })
    })
    if (problem) problems.push(problem)
  }
  if (problems.length > before) return undefined
  const described = source.describe(config, files)
  if (!('code' in described)) return described
  problems.push(dataNode === undefined ? described : { ...described, nodeId: dataNode })
  return undefined
}

function deriveNode(
  network: Network,
  nodeId: string,
  done: { readonly [nodeId: string]: DerivedNode },
  data: SourceDescription | undefined,
  problems: Problem[]
): DerivedNode {
  const node = network.nodes[nodeId]!
  const layer = layers[node.type]!
  const before = problems.length
  problems.push(...fieldProblems(nodeId, layer.fields, node.config))
  const feeding = (port: string): Edge | undefined =>
    network.edges.find((e) => e.to.node === nodeId && e.to.port === port)
  const inputs: Record<string, Signal> = {}
  for (const port of layer.inputs) {
    const edge = feeding(port.id)
    if (!edge) {
      if (!port.optional) problems.push(unconnected(network, nodeId, port.id))
      continue
    }
    const signal = done[edge.from.node]?.outputs[edge.from.port]
    if (!signal) continue
    if (signal.kind !== port.carries) problems.push(wrongKind(nodeId, edge, port.carries))
    else inputs[port.id] = signal
  }
  const context: InferContext = {
    nodeId,
    config: node.config,
    inputs,
    data: data ?? { features: [], classes: [] },
    producer: (port) => {
      const from = feeding(port)?.from.node
      const producer = from === undefined ? undefined : network.nodes[from]
      return producer && { nodeId: from!, config: producer.config, fields: layers[producer.type]!.fields }
    }
  }
  if (layer.role === 'source' && !data) return { inputs, outputs: {}, weights: [], parameters: 0 }
  const inferred = layer.infer(context)
  problems.push(...(inferred.problems ?? []))
  const whole = problems.length === before && layer.inputs.every((p) => p.optional || inputs[p.id])
  const weights = whole && layer.weights ? layer.weights(node.config, inputs) : []
  return {
    inputs,
    outputs: inferred.outputs,
    weights,
    parameters: weights.reduce((n, w) => n + sizeOf(w.shape), 0)
  }
}

function fieldProblems(nodeId: string, fields: Fields, config: Part['config']): Problem[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = config[name]!
    const own = rangeProblem(name, field, value, {
      nodeId,
      useValue: (v) => ({ kind: 'setField', nodeId, field: name, value: v })
    })
    if (own) return [own]
    if (field.kind !== 'part') return []
    const inner = value as Part
    return Object.entries(parts[field.registry][inner.type]!.fields).flatMap(([innerName, innerField]) => {
      const problem = rangeProblem(innerName, innerField, inner.config[innerName]!, {
        nodeId,
        useValue: (v) => ({
          kind: 'setField',
          nodeId,
          field: name,
          value: { ...inner, config: { ...inner.config, [innerName]: v } }
        })
      })
      return problem ? [problem] : []
    })
  })
}

/** An input with nothing on it. Offers the nearest node to its left that has an output of the right kind. */
function unconnected(network: Network, nodeId: string, port: string): Problem {
  const node = network.nodes[nodeId]!
  const definition = layers[node.type]!.inputs.find((p) => p.id === port)!
  const reachesBack = (from: string): boolean =>
    from === nodeId ||
    network.edges.some((e) => e.from.node === nodeId && reachesFrom(network, e.to.node, from))
  const candidates = Object.entries(network.nodes)
    .filter(([id]) => id !== nodeId && !reachesBack(id))
    .flatMap(([id, n]) => {
      const out = layers[n.type]!.outputs.find((p) => p.carries === definition.carries)
      return out ? [{ id, port: out.id, node: n, distance: node.position.x - n.position.x }] : []
    })
    .sort((a, b) => rank(a.distance) - rank(b.distance))
  const best = candidates[0]
  const what = definition.carries === 'classes' ? 'the true classes' : 'anything'
  return {
    code: 'not-connected',
    nodeId,
    field: port,
    message: `Does not get ${what} yet.`,
    detail: 'Drag a line from the port of another node to this one.',
    ...(best
      ? {
          fix: {
            label: `Connect ${best.node.name ?? layers[best.node.type]!.title}`,
            edit: {
              kind: 'connect',
              edge: { from: { node: best.id, port: best.port }, to: { node: nodeId, port } }
            }
          }
        }
      : {})
  }
}

/** Nodes to the left come first, the nearest before the others. */
const rank = (distance: number): number => (distance > 0 ? distance : 1e6 - distance)

function reachesFrom(network: Network, start: string, goal: string): boolean {
  if (start === goal) return true
  return network.edges.some((e) => e.from.node === start && reachesFrom(network, e.to.node, goal))
}

function wrongKind(nodeId: string, edge: Edge, carries: Signal['kind']): Problem {
  const wants = carries === 'classes' ? 'the true classes' : 'numbers'
  return {
    code: 'wrong-kind',
    nodeId,
    field: edge.to.port,
    message: `Needs ${wants} here, gets ${carries === 'classes' ? 'numbers' : 'the true classes'}.`,
    fix: { label: 'Remove this line', edit: { kind: 'remove', nodes: [], edges: [edgeId(edge)] } }
  }
}

/** What is wrong with a network as a whole: no data, no output, parts that lead nowhere. */
function wholeNetwork(network: Network, derived: { readonly [nodeId: string]: DerivedNode }): Problem[] {
  const entries = Object.entries(network.nodes)
  const withRole = (role: string) => entries.filter(([, n]) => layers[n.type]!.role === role)
  const right = Math.max(0, ...entries.map(([, n]) => n.position.x + 204))
  const left = Math.min(0, ...entries.map(([, n]) => n.position.x - 204))
  const problems: Problem[] = []
  if (withRole('source').length === 0)
    problems.push({
      code: 'no-data',
      message: 'There is nothing to learn from yet.',
      detail: 'A network needs a Data node in front.',
      fix: {
        label: 'Add data',
        edit: { kind: 'addNode', network: network.id, type: 'data', position: { x: left, y: 0 } }
      }
    })
  const sinks = withRole('sink')
  if (sinks.length > 0 && withRole('layer').length === 0)
    problems.push({
      code: 'no-layers',
      message: 'There is no layer yet, so there is nothing that could learn.',
      fix: {
        label: 'Add a Dense layer',
        edit: { kind: 'insertBefore', nodeId: sinks[0]![0], port: 'prediction', type: 'dense' }
      }
    })
  if (sinks.length === 0)
    problems.push({
      code: 'no-output',
      message: 'There is nothing to aim at yet.',
      detail: 'An output node compares the answers with the truth.',
      fix: { label: 'Add output', edit: addOutput(network, derived, right) }
    })
  if (sinks.length > 1)
    for (const [nodeId] of sinks.slice(1))
      problems.push({
        code: 'two-outputs',
        nodeId,
        message: 'There is an output already, and a network has one.',
        fix: { label: 'Remove this one', edit: { kind: 'remove', nodes: [nodeId], edges: [] } }
      })
  for (const [nodeId, node] of withRole('layer')) {
    const leads = network.edges.some((e) => e.from.node === nodeId)
    if (!leads && sinks.length > 0)
      problems.push({
        code: 'dead-end',
        nodeId,
        message: 'Leads nowhere: no other node uses its output.',
        detail: 'Connect it to the next layer, or remove it.',
        fix: {
          label: `Remove ${node.name ?? layers[node.type]!.title}`,
          edit: { kind: 'remove', nodes: [nodeId], edges: [] }
        }
      })
  }
  return problems
}

/** Adds an output and connects it to the layer that leads nowhere and to the true classes. */
function addOutput(
  network: Network,
  derived: { readonly [nodeId: string]: DerivedNode },
  x: number
): NonNullable<Problem['fix']>['edit'] {
  const last = Object.keys(network.nodes).find(
    (id) =>
      layers[network.nodes[id]!.type]!.role === 'layer' &&
      derived[id]?.outputs['output'] &&
      !network.edges.some((e) => e.from.node === id)
  )
  const data = Object.keys(network.nodes).find((id) => layers[network.nodes[id]!.type]!.role === 'source')
  const id = Object.hasOwn(network.nodes, 'target') ? `target-${network.id}` : 'target'
  return {
    kind: 'all',
    label: 'add Output',
    edits: [
      { kind: 'addNode', network: network.id, type: 'output', position: { x, y: 0 }, id },
      ...(last === undefined
        ? []
        : [
            {
              kind: 'connect',
              edge: { from: { node: last, port: 'output' }, to: { node: id, port: 'prediction' } }
            } as const
          ]),
      ...(data === undefined
        ? []
        : [
            {
              kind: 'connect',
              edge: { from: { node: data, port: 'classes' }, to: { node: id, port: 'target' } }
            } as const
          ])
    ]
  }
}

/** What is wrong with the split and the training plan. */
function planProblems(document: Document, data: SourceDescription | undefined): Problem[] {
  const { optimizer } = document.training
  const problems = Object.entries(parts.optimizer[optimizer.type]!.fields).flatMap(([name, field]) => {
    const problem = rangeProblem(name, field, optimizer.config[name]!, {
      useValue: (value) => ({
        kind: 'setTraining',
        change: { optimizer: { ...optimizer, config: { ...optimizer.config, [name]: value } } }
      })
    })
    return problem ? [problem] : []
  })
  if (!data) return problems
  const { train, test } = document.data.split
  const trainRows = train > 1 ? train : Math.round(train * data.rows)
  const testRows = test > 1 ? test : Math.round(test * data.rows)
  if (trainRows < 1 || trainRows + testRows > data.rows)
    problems.push({
      code: 'split',
      field: 'data.split',
      message: `Asks for ${trainRows} rows to train and ${testRows} to test, but there are ${data.rows}.`,
      fix: {
        label: 'Train on half',
        edit: { kind: 'setData', change: { split: { train: 0.5, test: 0 } } }
      }
    })
  return problems
}
