import type { Network } from '../document/schema'
import { layers } from '../registry'
import type { SourceDescription } from '../registry/define'
import type { Problem } from '../result'
import { countText } from '../words'
import type { DerivedNode } from './derive'

/** How many numbers an Embedding that is suggested gives each token. */
const WIDTH = 16

/**
 * Layers right behind a text that would take the numbers of its words for amounts, and an Embedding that has no row for
 * some of them.
 */
export function tokenProblems(
  network: Network,
  nodes: { readonly [nodeId: string]: DerivedNode },
  data: SourceDescription | undefined
): Problem[] {
  const tokens = data?.tokens ?? data?.symbols?.length
  if (tokens === undefined) return []
  return network.edges.flatMap(({ from, to }): Problem[] => {
    const fed = network.nodes[to.node]!
    const layer = layers[fed.type]!
    const source = layers[network.nodes[from.node]?.type ?? '']
    if (source?.role !== 'source' || source.draw || from.port !== 'features' || !nodes[to.node]) return []
    if (fed.type === 'embedding') {
      const known = Number(fed.config['inputDim'])
      if (known >= tokens) return []
      return [
        {
          code: 'few-symbols',
          nodeId: to.node,
          field: 'inputDim',
          message: `Has rows for ${countText(known)} symbols, and the data has ${countText(tokens)}.`,
          fix: {
            label: `Make it ${countText(tokens)}`,
            edit: { kind: 'setField', nodeId: to.node, field: 'inputDim', value: tokens }
          }
        }
      ]
    }
    if (layer.role !== 'layer' || data?.tokens === undefined) return []
    return [
      {
        code: 'no-embedding',
        nodeId: to.node,
        message: 'Gets the numbers of words, and would take them for amounts.',
        detail: 'An Embedding gives each word numbers that are learned.',
        fix: {
          label: 'Add an Embedding before it',
          edit: {
            kind: 'insertBefore',
            nodeId: to.node,
            port: to.port,
            type: 'embedding',
            config: { inputDim: tokens, outputDim: WIDTH, maskZero: true }
          }
        }
      }
    ]
  })
}
