import { edgeId, type Document } from '@core/document/schema'
import { layers } from '@core/registry'
import type { Card } from './cards'
import { CARD_WIDTH, PORT_Y } from './geometry'
import type { Spot } from './place'

/** What a layer that is dragged from the palette carries; its text is the layer's type. */
export const LAYER_MIME = 'application/x-netloom-layer'

/** How close to a connection a layer must be dropped to be put into it, in document units. */
const NEAR = 40

/** The connection of numbers that a point is on or near, threads included; undefined where there is none. */
export function edgeNear(document: Document, cards: ReadonlyMap<string, Card>, at: Spot): string | undefined {
  let best: { id: string; distance: number } | undefined
  for (const network of document.networks)
    for (const edge of network.edges) {
      const from = cards.get(edge.from.node)
      const to = cards.get(edge.to.node)
      const port = to && layers[to.node.type]!.inputs.find((p) => p.id === edge.to.port)
      if (!from || !to || port?.carries !== 'numbers') continue
      const a = { x: from.node.position.x + CARD_WIDTH, y: from.node.position.y + PORT_Y }
      const b = { x: to.node.position.x, y: to.node.position.y + PORT_Y }
      const between =
        at.x >= a.x - 12 &&
        at.x <= b.x + 12 &&
        at.y >= Math.min(a.y, b.y) - NEAR &&
        at.y <= Math.max(a.y + from.geometry.height, b.y + to.geometry.height) - PORT_Y
      const distance = between ? 0 : toSegment(at, a, b)
      if (distance <= NEAR && (!best || distance < best.distance)) best = { id: edgeId(edge), distance }
    }
  return best?.id
}

/** Distance of a point from a straight line between two others. */
function toSegment(p: Spot, a: Spot, b: Spot): number {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const length = dx * dx + dy * dy
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / length))
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy)
}
