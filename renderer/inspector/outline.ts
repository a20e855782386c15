import type { Document } from '@core/document/schema'
import { nodeOf } from '@core/document/schema'
import type { Derivation } from '@core/graph/derive'
import { signalText } from '@core/graph/signal'
import { layers } from '@core/registry'
import { nodeTitle } from '../shared/nodes'

/** One node of the network, as the outline lists it. */
export interface OutlineRow {
  readonly nodeId: string
  readonly title: string
  /** The name of its network, on the first row of each where there are several. */
  readonly network: string | undefined
  /** "3", "28 × 28 × 8", "?" where it cannot be worked out; empty where nothing comes out. */
  readonly shape: string
  readonly parameters: number
  readonly expectsWeights: boolean
  /** Numbers of its problems, as the list of problems counts them. */
  readonly problems: readonly number[]
}

/** The network from its data to its output, and the problems that belong to no node. */
export function outlineOf(
  document: Document,
  derivation: Derivation
): {
  readonly rows: readonly OutlineRow[]
  readonly whole: readonly { readonly number: number; readonly message: string }[]
  /** There are problems, so rows need room for their numbers. */
  readonly faulty: boolean
} {
  const numbered = derivation.problems.map((problem, i) => ({ problem, number: i + 1 }))
  const several = document.networks.length > 1
  const rows = document.networks.flatMap(({ id, name }) =>
    (derivation.order[id] ?? []).map((nodeId, i): OutlineRow => {
      const layer = layers[nodeOf(document, nodeId)!.type]!
      const known = derivation.nodes[nodeId]
      const out = layer.outputs[0]
      const signal = out && known?.outputs[out.id]
      return {
        nodeId,
        title: nodeTitle(document, nodeId),
        network: several && i === 0 ? name : undefined,
        shape: !out ? '' : signal ? signalText(signal) : '?',
        parameters: known?.parameters ?? 0,
        expectsWeights: layer.weights !== undefined,
        problems: numbered.filter(({ problem }) => problem.nodeId === nodeId).map(({ number }) => number)
      }
    })
  )
  const whole = numbered
    .filter(({ problem }) => problem.nodeId === undefined)
    .map(({ problem, number }) => ({ number, message: problem.message }))
  return { rows, whole, faulty: numbered.length > 0 }
}
