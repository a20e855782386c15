import { NODE_PITCH } from '../document/rewire'
import type { Network } from '../document/schema'
import { findOrder } from './order'

/** Room between cards of one column, and between networks. */
const GAP = 56

/**
 * Places for all nodes: a column for each step of the longest way from the start, cards of a column centred on one
 * line, several networks one below the other. A chain keeps its headers in one line.
 */
export function tidyPlaces(
  networks: readonly Network[],
  heightOf: (nodeId: string) => number
): { readonly [nodeId: string]: { readonly x: number; readonly y: number } } {
  const places: Record<string, { x: number; y: number }> = {}
  let top = 0
  for (const network of networks) {
    const columns = columnsOf(network)
    const heights = columns.map((ids) => ids.reduce((sum, id) => sum + heightOf(id) + GAP, -GAP))
    const tallest = Math.max(0, ...heights)
    const chain = columns.every((ids) => ids.length === 1)
    columns.forEach((ids, column) => {
      let y = top + (chain ? 0 : Math.round((tallest - heights[column]!) / 2 / 4) * 4)
      for (const id of ids) {
        places[id] = { x: column * NODE_PITCH, y }
        y += heightOf(id) + GAP
      }
    })
    top += tallest + 2 * GAP
  }
  return places
}

/** Node ids by depth; in a column in the order in which their inputs stand. */
function columnsOf(network: Network): string[][] {
  const { order } = findOrder(network)
  const depth = new Map<string, number>()
  for (const id of order) {
    const before = network.edges
      .filter((e) => e.to.node === id && depth.has(e.from.node))
      .map((e) => depth.get(e.from.node)! + 1)
    depth.set(id, Math.max(0, ...before))
  }
  const columns: string[][] = []
  for (const id of order) (columns[depth.get(id)!] ??= []).push(id)
  const filled = columns.filter((ids) => ids !== undefined)
  filled.forEach((ids, c) => {
    if (c === 0) return
    const place = (id: string): number => {
      const rows = network.edges
        .filter((e) => e.to.node === id)
        .map((e) => filled[c - 1]!.indexOf(e.from.node))
        .filter((row) => row >= 0)
      return rows.length === 0 ? ids.indexOf(id) : rows.reduce((a, b) => a + b, 0) / rows.length
    }
    const rank = new Map(ids.map((id) => [id, place(id)]))
    ids.sort((a, b) => rank.get(a)! - rank.get(b)!)
  })
  return filled
}
