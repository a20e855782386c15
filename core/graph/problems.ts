import { splitSizes } from '../data/split'
import type { Edit } from '../document/edits'
import { freeId, NODE_PITCH } from '../document/rewire'
import { edgeId, TRAINING_PARTS, type Document, type Edge, type Network } from '../document/schema'
import type { SourceDescription } from '../registry/define'
import { layers, parts, schemes } from '../registry'
import { rangeProblem, type Config, type FieldValue, type Fields, type Part } from '../registry/fields'
import type { Problem } from '../result'
import { countText } from '../words'
import type { DerivedNode } from './derive'
import { leadsTo } from './order'
import type { Signal } from './signal'

/* What is wrong with a drawing, each with the mend where there is one. */

/**
 * What is wrong with numbers of these settings and of their parts; a setting of a part goes by its path
 * (kernelRegularizer.rate). `put` makes the edit that mends one setting.
 */
export function configProblems(
  fields: Fields,
  config: Config,
  nodeId: string | undefined,
  put: (name: string, value: FieldValue) => Edit
): Problem[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = config[name]!
    if (field.kind === 'part') {
      const { type, config: inner } = value as Part
      const found = configProblems(parts[field.registry][type]!.fields, inner, nodeId, (innerName, changed) =>
        put(name, { type, config: { ...inner, [innerName]: changed } })
      )
      return found.map((problem) => ({ ...problem, field: `${name}.${problem.field!}` }))
    }
    const problem = rangeProblem(name, field, value, {
      ...(nodeId === undefined ? {} : { nodeId }),
      useValue: (changed) => put(name, changed)
    })
    return problem ? [problem] : []
  })
}

/** An input with nothing on it. Offers the nearest node to its left that has an output of the right kind. */
export function unconnected(network: Network, nodeId: string, port: string): Problem {
  const node = network.nodes[nodeId]!
  const definition = layers[node.type]!.inputs.find((p) => p.id === port)!
  const candidates = Object.entries(network.nodes)
    .filter(([id]) => id !== nodeId && !leadsTo(network, nodeId, id))
    .flatMap(([id, n]) => {
      const out = layers[n.type]!.outputs.find((p) => p.carries === definition.carries)
      return out ? [{ id, port: out.id, node: n, distance: node.position.x - n.position.x }] : []
    })
    .sort((a, b) => rank(a.distance) - rank(b.distance))
  const best = candidates[0]
  const what = definition.carries === 'target' ? 'the true answers' : 'anything'
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

/** An input with the wrong kind of signal on it. */
export function wrongKind(nodeId: string, edge: Edge, carries: Signal['kind']): Problem {
  const wants = carries === 'target' ? 'the true answers' : 'numbers'
  return {
    code: 'wrong-kind',
    nodeId,
    field: edge.to.port,
    message: `Needs ${wants} here, gets ${carries === 'target' ? 'numbers' : 'the true answers'}.`,
    fix: { label: 'Remove this line', edit: { kind: 'remove', nodes: [], edges: [edgeId(edge)] } }
  }
}

/** What is wrong with a network as a whole: no data, no output, parts that lead nowhere. */
export function wholeNetwork(
  document: Document,
  network: Network,
  derived: { readonly [nodeId: string]: DerivedNode }
): Problem[] {
  const entries = Object.entries(network.nodes)
  const withRole = (role: string) => entries.filter(([, n]) => layers[n.type]!.role === role)
  const right = Math.max(0, ...entries.map(([, n]) => n.position.x + NODE_PITCH))
  const left = Math.min(0, ...entries.map(([, n]) => n.position.x - NODE_PITCH))
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
      fix: { label: 'Add output', edit: addOutput(document, network, derived, right) }
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

/** Adds an output and connects it to the layer that leads nowhere and to the true answers. */
function addOutput(
  document: Document,
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
  const id = freeId(document, 'target')
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
              edge: { from: { node: data, port: 'target' }, to: { node: id, port: 'target' } }
            } as const
          ])
    ]
  }
}

/** The way of learning needs certain networks with certain ends. */
export function schemeProblems(document: Document): Problem[] {
  const scheme = schemes[document.training.scheme.type]!
  const { networks } = document
  if (networks.length !== scheme.networks.length)
    return [
      {
        code: 'networks',
        field: 'training.scheme',
        message: `“${scheme.title}” needs ${countText(scheme.networks.length)} ${scheme.networks.length === 1 ? 'network' : 'networks'}, and there ${networks.length === 1 ? 'is' : 'are'} ${networks.length}.`
      }
    ]
  return networks.flatMap((network, i) => {
    const { source, sink } = scheme.networks[i]!
    return Object.entries(network.nodes).flatMap(([nodeId, { type }]) => {
      const { role, title } = layers[type]!
      const wanted = role === 'source' ? source : role === 'sink' ? sink : type
      if (type === wanted) return []
      return [
        {
          code: 'wrong-end',
          nodeId,
          message: `${title} does not belong here: this network ${role === 'source' ? 'begins' : 'ends'} with ${layers[wanted]!.title}.`,
          fix: { label: `Remove ${title}`, edit: { kind: 'remove', nodes: [nodeId], edges: [] } }
        } satisfies Problem
      ]
    })
  })
}

/** What is wrong with the split and the training plan. */
export function planProblems(document: Document, data: SourceDescription | undefined): Problem[] {
  const problems = TRAINING_PARTS.flatMap((kind) => {
    const part = document.training[kind]
    return configProblems(parts[kind][part.type]!.fields, part.config, undefined, (name, value) => ({
      kind: 'setTraining',
      change: { [kind]: { ...part, config: { ...part.config, [name]: value } } }
    }))
  })
  if (!data) return problems
  const { train, test, fits } = splitSizes(document.data.split, data.rows)
  if (!fits)
    problems.push({
      code: 'split',
      field: 'data.split',
      message: `Asks for ${countText(train)} rows to train and ${countText(test)} to test, but there are ${countText(data.rows)}.`,
      fix: {
        label: 'Train on half',
        edit: { kind: 'setData', change: { split: { train: 0.5, test: 0 } } }
      }
    })
  return problems
}
