import type { Network } from '../document/schema'

/**
 * Node ids so that every node comes after those it gets something from (Kahn); nodes of a loop, and those behind
 * one, come last in the order of the document.
 */
export function findOrder(network: Network): {
  readonly order: readonly string[]
  /** Nodes that lie on a loop. */
  readonly inLoop: readonly string[]
} {
  const ids = Object.keys(network.nodes)
  const waiting = new Map(ids.map((id) => [id, network.edges.filter((e) => e.to.node === id).length]))
  const ready = ids.filter((id) => waiting.get(id) === 0)
  const order: string[] = []
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    order.push(id)
    for (const edge of network.edges.filter((e) => e.from.node === id)) {
      const left = waiting.get(edge.to.node)! - 1
      waiting.set(edge.to.node, left)
      if (left === 0) ready.push(edge.to.node)
    }
  }
  const rest = ids.filter((id) => !order.includes(id))
  const inLoop = rest.filter((id) => leadsTo(network, id, id))
  return { order: [...order, ...rest], inLoop }
}

/** Does something that leaves `from` arrive at `goal`, directly or through other nodes? */
export function leadsTo(network: Network, from: string, goal: string): boolean {
  const seen = new Set<string>()
  const next = [from]
  for (let id = next.pop(); id !== undefined; id = next.pop())
    for (const edge of network.edges)
      if (edge.from.node === id) {
        if (edge.to.node === goal) return true
        if (!seen.has(edge.to.node)) {
          seen.add(edge.to.node)
          next.push(edge.to.node)
        }
      }
  return false
}
