import { sizeOf } from '@core/graph/signal'
import type { NetworkPlan, PlannedNode, SystemPlan } from '@core/graph/plan'

/** A network in two: what answers an example alike at every step of training, and what learns from these answers. */
export interface SettledPlan {
  /** From the data up to the last settled layer. */
  readonly head: readonly PlannedNode[]
  /** The layer whose answers the rest gets. */
  readonly last: PlannedNode
  /** The rest, with `last` as its source. */
  readonly tail: SystemPlan
}

/** Numbers that are kept for all examples together at most: 512 MB. */
const MOST_KEPT = 1 << 27

/**
 * Cuts off the frozen layers next to the data, so that each example has to go through them only once. Undefined where
 * there are none, where more than one of their answers is used further on, or where keeping the answers takes too
 * much memory.
 */
export function settledPlan(plan: SystemPlan, rows: number): SettledPlan | undefined {
  const { main, scheme, networks } = plan
  if (networks.length > 1 || !scheme.compares || scheme.phases.length > 1) return undefined
  const settled = new Map<string, PlannedNode>([[main.source.id, main.source]])
  for (const node of main.nodes) if (isSettled(node, settled)) settled.set(node.id, node)
  const head = [...settled.values()]
  if (!head.some(({ weights }) => weights.length > 0)) return undefined
  const rest = main.nodes.filter(({ id }) => !settled.has(id))
  const used = new Set(
    rest.flatMap(({ id, inputs }) =>
      // What the answers are compared with comes with the rows.
      Object.values(id === main.sink.id ? { prediction: inputs['prediction']! } : inputs).map(
        ({ node }) => node
      )
    )
  )
  const [last, ...others] = head.filter(({ id }) => used.has(id))
  if (!last || others.length > 0 || sizeOf(last.shape) * rows > MOST_KEPT) return undefined
  // A loss wants to see what the last layer computes.
  if (last.id === main.sink.inputs['prediction']!.node) return undefined
  const tail: NetworkPlan = { ...main, nodes: rest, source: last }
  return { head, last, tail: { ...plan, networks: [tail], main: tail } }
}

function isSettled(
  { layer, weights, frozen, inputs }: PlannedNode,
  settled: ReadonlyMap<string, PlannedNode>
): boolean {
  return (
    layer.role === 'layer' &&
    !layer.restless &&
    (weights.length === 0 || frozen) &&
    Object.values(inputs).every(({ node }) => settled.has(node))
  )
}
