import type { Document } from '../../document/schema'
import type { Derivation } from '../../graph/derive'
import { networkSvg, type DrawnNode } from '../../graph/drawing'
import { summaryRows } from '../../graph/summary'
import { layers } from '../../registry'
import { countText } from '../../words'

/** On paper: dark lines on white. */
const INK = {
  ground: '#ffffff',
  surface: '#ffffff',
  line: '#928a7d',
  wire: '#57524a',
  text: '#211f1b',
  quiet: '#57524a'
}

/** The networks of a document as they stand on the canvas. */
export function drawnNetwork(document: Document, derivation: Derivation): string {
  const rows = summaryRows(document, derivation)
  const nodes = new Map(document.networks.flatMap((network) => Object.entries(network.nodes)))
  const drawn = rows.map(({ id, type, title, fact, output, parameters }): DrawnNode => ({
    ...{ id, title, fact, layer: layers[type]!, node: nodes.get(id)! },
    shape: output,
    amount: parameters > 0 ? `${countText(parameters)} weight${parameters === 1 ? '' : 's'}` : ''
  }))
  return networkSvg(document.networks, new Map(drawn.map((node) => [node.id, node])), INK)
}
