import { augmentationWords } from '../data/augmentation/words'
import type { Document } from '../document/schema'
import { layers } from '../registry'
import { countText } from '../words'
import type { Derivation } from './derive'
import { signalText } from './signal'

/** A layer of a summary. */
export interface SummaryRow {
  readonly id: string
  readonly type: string
  readonly title: string
  /** What it is set to, in a word: "16 neurons". */
  readonly fact: string
  /** Shape of one example of what comes out; '?' where it is not known. */
  readonly output: string
  readonly parameters: number
}

/** Every layer of a document in the order in which it is computed, one network after the other. */
export function summaryRows(document: Document, { order, nodes }: Derivation): readonly SummaryRow[] {
  return document.networks.flatMap((network) =>
    (order[network.id] ?? []).map((id) => {
      const { type, name, config } = network.nodes[id]!
      const layer = layers[type]!
      const first = layer.outputs[0]
      const signal = first && nodes[id]?.outputs[first.id]
      return {
        ...{ id, type, title: name ?? layer.title, fact: layer.fact(config) },
        output: signal ? signalText(signal) : first ? '?' : '',
        parameters: nodes[id]?.parameters ?? 0
      }
    })
  )
}

/** The network as a table in a box of lines, with layers, shapes and parameters: plain text, ready to be copied. */
export function summaryText(document: Document, derivation: Derivation): string {
  const rows = summaryRows(document, derivation)
  const changed = augmentationWords(document.data, derivation.data)
  const total = rows.reduce((sum, { parameters }) => sum + parameters, 0)
  const cells = rows.map(({ title, fact, output, parameters }) => [
    fact ? `${title} (${fact})` : title,
    output,
    countText(parameters)
  ])
  const head = ['Layer', 'Output shape', 'Parameters']
  const foot = ['In all', '', countText(total)]
  const all = [head, ...cells, foot]
  const widths = head.map((_, i) => Math.max(...all.map((row) => [...row[i]!].length)))
  const pad = (text: string, i: number): string => {
    const space = ' '.repeat(widths[i]! - [...text].length)
    return i === 2 ? space + text : text + space
  }
  const line = (row: readonly string[]): string => `│ ${row.map(pad).join(' │ ')} │`
  const rule = (left: string, cross: string, right: string): string =>
    `${left}${widths.map((width) => '─'.repeat(width + 2)).join(cross)}${right}`
  return [
    document.name,
    rule('┌', '┬', '┐'),
    line(head),
    rule('├', '┼', '┤'),
    ...cells.map(line),
    rule('├', '┼', '┤'),
    line(foot),
    rule('└', '┴', '┘'),
    ...(changed === undefined ? [] : [`Pictures to learn from are changed: ${changed}`]),
    ''
  ].join('\n')
}
