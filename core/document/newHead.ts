import { layers, losses } from '../registry'
import { fullPart } from '../registry/complete'
import { part, type SourceDescription } from '../registry/define'
import type { Part } from '../registry/fields'
import type { Edit } from './edits'
import { networkOf, type Document } from './schema'

/**
 * A trained network as the base of another one: every layer with weights is frozen, and the last Dense layer, with what
 * bends its answers, gives way to a fresh one that answers what this data asks. Undefined where the network does not end
 * in a Dense layer.
 */
export function newHead(document: Document, data: SourceDescription): Edit | undefined {
  const network = document.networks.find(({ nodes }) =>
    Object.values(nodes).some(({ type }) => type === 'output')
  )
  const sink = network && Object.keys(network.nodes).find((id) => network.nodes[id]!.type === 'output')
  if (!network || sink === undefined) return undefined
  const before = (id: string) => network.edges.filter(({ to }) => to.node === id)
  const first = network.edges.find(({ to }) => to.node === sink && to.port === 'prediction')
  /** From the output back to the last layer with weights. */
  const removed: string[] = []
  let at = first?.from.node
  while (at !== undefined && network.nodes[at]!.type !== 'dense') {
    const [from, ...others] = before(at)
    if (layers[network.nodes[at]!.type]!.weights || others.length > 0 || !from) return undefined
    removed.push(at)
    at = from.from.node
  }
  const base = at === undefined ? undefined : before(at)[0]
  if (at === undefined || !base || branches(document, [...removed, at])) return undefined
  const { classes, shape } = data.target
  const units = classes ?? shape.at(-1) ?? 1
  const frozen = Object.entries(network.nodes).filter(
    ([id, { type }]) => id !== at && layers[type]!.weights !== undefined
  )
  const loss = network.nodes[sink]!.config['loss'] as Part
  const { answers } = losses[loss.type]!
  const suits = answers === 'both' || answers === (classes === undefined ? 'numbers' : 'classes')
  const id = freeName(document)
  return {
    kind: 'all',
    label: 'freeze the network and give it a new head',
    edits: [
      ...frozen.map(([nodeId]): Edit => ({ kind: 'freeze', nodeId, frozen: true })),
      { kind: 'remove', nodes: [...removed, at], edges: [] },
      {
        kind: 'addNode',
        network: network.id,
        type: 'dense',
        id,
        config: { units, activation: part(classes === undefined ? 'linear' : 'softmax') },
        position: network.nodes[at]!.position
      },
      { kind: 'connect', edge: { from: base.from, to: { node: id, port: 'input' } } },
      {
        kind: 'connect',
        edge: { from: { node: id, port: 'output' }, to: { node: sink, port: 'prediction' } }
      },
      ...(suits
        ? []
        : [
            {
              kind: 'setField',
              nodeId: sink,
              field: 'loss',
              value: fullPart('loss', part(classes === undefined ? 'meanSquaredError' : 'crossEntropy'))
            } as const
          ])
    ]
  }
}

/** Does one of these lead anywhere but on to the next? */
function branches(document: Document, chain: readonly string[]): boolean {
  return chain.some((id) => {
    const { edges } = networkOf(document, id)!
    return edges.filter(({ from }) => from.node === id).length !== 1
  })
}

/** A name that no layer has: one with the old name would take over its weights. */
function freeName(document: Document): string {
  let id = 'head'
  for (let n = 2; networkOf(document, id); n++) id = `head${n}`
  return id
}
