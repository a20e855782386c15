import { freeId, NODE_PITCH } from '../document/rewire'
import type { Document, Network, NetworkNode } from '../document/schema'
import { layers } from '../registry'
import type { Fix, Problem } from '../result'
import type { DerivedNode } from './derive'
import { endsOf, type Ends } from './schemeProblems'

/* What is wrong with a network as a whole: no data, no output, parts that lead nowhere. */

/** The problems of the network at this place of a document. */
export function networkProblems(
  document: Document,
  place: number,
  derived: { readonly [nodeId: string]: DerivedNode }
): Problem[] {
  const network = document.networks[place]!
  const ends = endsOf(document, place)
  const entries = Object.entries(network.nodes)
  const withRole = (role: string) => entries.filter(([, n]) => layers[n.type]!.role === role)
  const sinks = withRole('sink')
  const problems: Problem[] = []
  if (withRole('source').length === 0) problems.push(noSource(network, ends))
  if (sinks.length > 0 && withRole('layer').length === 0)
    problems.push({
      code: 'no-layers',
      message: 'There is no layer yet, so there is nothing that could learn.',
      fix: {
        label: 'Add a Dense layer',
        edit: { kind: 'insertBefore', nodeId: sinks[0]![0], port: 'prediction', type: 'dense' }
      }
    })
  if (sinks.length === 0) problems.push(noSink(document, network, ends, derived))
  return [...problems, ...twoEnds(entries, ends), ...deadEnds(network, sinks.length > 0)]
}

function noSource(network: Network, { source }: Ends): Problem {
  const { title } = layers[source]!
  const left = Math.min(0, ...Object.values(network.nodes).map((n) => n.position.x - NODE_PITCH))
  return {
    code: 'no-data',
    message: `There is nothing to ${source === 'data' ? 'learn' : 'begin'} from yet.`,
    detail: `A network needs a ${title} node in front.`,
    fix: {
      label: `Add ${title.toLowerCase()}`,
      edit: { kind: 'addNode', network: network.id, type: source, position: { x: left, y: 0 } }
    }
  }
}

function noSink(
  document: Document,
  network: Network,
  { sink }: Ends,
  derived: { readonly [nodeId: string]: DerivedNode }
): Problem {
  const compares = layers[sink]!.inputs.some(({ carries }) => carries === 'target')
  const { title, summary } = layers[sink]!
  return {
    code: 'no-output',
    message: compares ? 'There is nothing to aim at yet.' : `This network has no end yet: ${title}.`,
    detail: compares
      ? 'An output node compares the answers with the truth.'
      : `${summary.replace(/[.?]$/, '')}.`,
    fix: { label: `Add ${title.toLowerCase()}`, edit: addSink(document, network, sink, derived) }
  }
}

/** Adds an end and connects it to the layer that leads nowhere and, where it wants them, to the true answers. */
function addSink(
  document: Document,
  network: Network,
  sink: string,
  derived: { readonly [nodeId: string]: DerivedNode }
): Fix['edit'] {
  const nodes = Object.entries(network.nodes)
  const right = Math.max(0, ...nodes.map(([, n]) => n.position.x + NODE_PITCH))
  const last = nodes.find(
    ([id, { type }]) =>
      layers[type]!.role === 'layer' &&
      derived[id]?.outputs['output'] &&
      !network.edges.some((e) => e.from.node === id)
  )?.[0]
  const data = nodes.find(([, { type }]) => layers[type]!.outputs.some((port) => port.id === 'target'))?.[0]
  const id = freeId(document, 'target')
  const join = (from: string, output: string, port: string): Fix['edit'] => ({
    kind: 'connect',
    edge: { from: { node: from, port: output }, to: { node: id, port } }
  })
  return {
    kind: 'all',
    label: `add ${layers[sink]!.title}`,
    edits: [
      { kind: 'addNode', network: network.id, type: sink, position: { x: right, y: 0 }, id },
      ...(last === undefined ? [] : [join(last, 'output', 'prediction')]),
      ...(data === undefined ? [] : [join(data, 'target', 'target')])
    ]
  }
}

/** A network begins and ends once. Ends of another kind are the scheme's to tell. */
function twoEnds(entries: readonly (readonly [string, NetworkNode])[], ends: Ends): Problem[] {
  return [ends.source, ends.sink].flatMap((wanted) =>
    entries
      .filter(([, { type }]) => type === wanted)
      .slice(1)
      .map(([nodeId]): Problem => {
        const { role, title } = layers[wanted]!
        const source = role === 'source'
        return {
          code: source ? 'two-sources' : 'two-outputs',
          nodeId,
          message: `There is ${source ? `a ${title} node` : 'an output'} already, and a network has one.`,
          ...(source ? { detail: 'Several layers can be connected to the one.' } : {}),
          fix: { label: 'Remove this one', edit: { kind: 'remove', nodes: [nodeId], edges: [] } }
        }
      })
  )
}

function deadEnds(network: Network, hasSink: boolean): Problem[] {
  if (!hasSink) return []
  return Object.entries(network.nodes)
    .filter(([id, n]) => layers[n.type]!.role === 'layer' && !network.edges.some((e) => e.from.node === id))
    .map(([nodeId, node]) => ({
      code: 'dead-end',
      nodeId,
      message: 'Leads nowhere: no other node uses its output.',
      detail: 'Connect it to the next layer, or remove it.',
      fix: {
        label: `Remove ${node.name ?? layers[node.type]!.title}`,
        edit: { kind: 'remove', nodes: [nodeId], edges: [] }
      }
    }))
}
