import { Position, type Edge, type Node, type NodeHandle } from '@xyflow/svelte'
import { edgeId, type Edge as DomainEdge, type Network } from '@core/document/schema'
import { cardLabel, type Card } from './cards'
import { CARD_WIDTH, PORT_HIT, PORT_Y, type CardStyle } from './geometry'
import type { Spot } from './place'

/** xyflow's picture of a node: everything else is looked up by id. */
export type FlowNode = Node<Record<string, never>, 'layer'>
/** xyflow's picture of a connection. */
export type FlowEdge = Edge<{ readonly edge: DomainEdge }, 'network'>

const NOTHING: Record<string, never> = {}
/** How long a node takes to its new place, in ms. */
const SLIDE = 160

/** What xyflow should show. */
export interface Wanted {
  readonly networks: readonly Network[]
  /** Node ids in the order of the network, which is the order of the Tab key. */
  readonly order: readonly string[]
  readonly cards: ReadonlyMap<string, Card>
  readonly problems: ReadonlyMap<string, readonly string[]>
  readonly selection: readonly string[]
  readonly selectedEdges: readonly string[]
  readonly style: CardStyle
  readonly positions?: { readonly [nodeId: string]: Spot }
}

/**
 * xyflow's nodes and edges, made from the document. What did not change keeps its identity; what moved without the
 * pointer slides to its place.
 */
export class FlowState {
  nodes = $state.raw<FlowNode[]>([])
  edges = $state.raw<FlowEdge[]>([])
  private frame = 0
  private readonly targets = new Map<string, { from: Spot; to: Spot; start: number }>()

  /** Follows the document. `slide` is false when another project was opened. */
  show(wanted: Wanted, slide: boolean): void {
    const before = new Map(this.nodes.map((n) => [n.id, n]))
    const selected = new Set(wanted.selection)
    const now = performance.now()
    const nodes = wanted.order.flatMap((id): FlowNode[] => {
      const card = wanted.cards.get(id)
      if (!card) return []
      const old = before.get(id)
      const place = wanted.positions?.[id] ?? card.node.position
      const label = cardLabel(card, wanted.problems.get(id) ?? [])
      const dragged = old?.dragging === true
      const moves = old !== undefined && !dragged && !same(this.targets.get(id)?.to ?? old.position, place)
      if (moves && slide) this.targets.set(id, { from: old.position, to: place, start: now })
      else if (moves) this.targets.delete(id)
      const position = dragged || (this.targets.has(id) && old) ? old.position : place
      if (
        old &&
        same(old.position, position) &&
        old.height === card.geometry.height &&
        (old.selected ?? false) === selected.has(id) &&
        old.ariaLabel === label
      )
        return [old]
      return [
        {
          ...old,
          id,
          type: 'layer',
          data: NOTHING,
          position: { ...position },
          width: CARD_WIDTH,
          height: card.geometry.height,
          measured: { width: CARD_WIDTH, height: card.geometry.height },
          handles: handlesOf(card, wanted.style),
          selected: selected.has(id),
          ariaLabel: label
        }
      ]
    })
    if (nodes.length !== this.nodes.length || nodes.some((n, i) => n !== this.nodes[i])) this.nodes = nodes
    this.showEdges(wanted)
    for (const id of this.targets.keys()) if (!wanted.cards.has(id)) this.targets.delete(id)
    if (this.targets.size > 0) this.startSliding()
  }

  private showEdges(wanted: Wanted): void {
    const before = new Map(this.edges.map((e) => [e.id, e]))
    const selected = new Set(wanted.selectedEdges)
    const edges = wanted.networks.flatMap((network) =>
      network.edges.map((edge): FlowEdge => {
        const id = edgeId(edge)
        const old = before.get(id)
        if (old && old.data?.edge === edge && (old.selected ?? false) === selected.has(id)) return old
        const classes = (e: DomainEdge): boolean =>
          wanted.cards.get(e.to.node)?.layer.inputs.find((p) => p.id === e.to.port)?.carries === 'target'
        const name = (nodeId: string) => wanted.cards.get(nodeId)?.title ?? nodeId
        return {
          id,
          type: 'network',
          source: edge.from.node,
          sourceHandle: edge.from.port,
          target: edge.to.node,
          targetHandle: edge.to.port,
          // Threads lie on the cards they join; the line of the classes runs below them.
          zIndex: classes(edge) ? 0 : 1,
          selected: selected.has(id),
          ariaLabel: `Connection from ${name(edge.from.node)} to ${name(edge.to.node)}`,
          data: { edge }
        }
      })
    )
    if (edges.length !== this.edges.length || edges.some((e, i) => e !== this.edges[i])) this.edges = edges
  }

  private startSliding(): void {
    if (this.frame !== 0) return
    const step = (): void => {
      const now = performance.now()
      this.nodes = this.nodes.map((node) => {
        const target = this.targets.get(node.id)
        if (!target) return node
        const t = Math.min(1, (now - target.start) / SLIDE)
        const k = reduced() ? 1 : 1 - (1 - t) ** 3
        if (k >= 1) this.targets.delete(node.id)
        const { from, to } = target
        return { ...node, position: { x: from.x + k * (to.x - from.x), y: from.y + k * (to.y - from.y) } }
      })
      this.frame = this.targets.size > 0 ? requestAnimationFrame(step) : 0
    }
    this.frame = requestAnimationFrame(step)
  }

  /** Call when the graph goes away. */
  stop(): void {
    cancelAnimationFrame(this.frame)
    this.frame = 0
  }
}

const same = (a: Spot, b: Spot): boolean => a.x === b.x && a.y === b.y

/** Movement is not wanted. */
export function reduced(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches
}

/** Height of a port's middle on its card. */
export function portY(card: Card, carries: 'numbers' | 'target', style: CardStyle): number {
  return carries === 'target' ? card.geometry.height - Math.max(15, style.footer / 2) : PORT_Y
}

function handlesOf(card: Card, style: CardStyle): NodeHandle[] {
  const handle = (type: 'source' | 'target', id: string, carries: 'numbers' | 'target'): NodeHandle => ({
    id,
    type,
    position: type === 'source' ? Position.Right : Position.Left,
    x: (type === 'source' ? CARD_WIDTH : 0) - PORT_HIT / 2,
    y: portY(card, carries, style) - PORT_HIT / 2,
    width: PORT_HIT,
    height: PORT_HIT
  })
  return [
    ...card.layer.inputs.map((p) => handle('target', p.id, p.carries)),
    ...card.layer.outputs.map((p) => handle('source', p.id, p.carries))
  ]
}
