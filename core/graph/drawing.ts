import type { Network, NetworkNode } from '../document/schema'
import type { LayerDefinition } from '../registry/define'
import { aroundPath, curve } from './curves'

/** What is drawn of a node. */
export interface DrawnNode {
  readonly id: string
  readonly node: Pick<NetworkNode, 'position'>
  readonly layer: Pick<LayerDefinition, 'inputs'>
  readonly title: string
  readonly fact: string
  readonly shape: string
  readonly amount: string
}

/** Colours of a drawing of a network. */
export interface NetworkInk {
  readonly ground: string
  readonly surface: string
  readonly line: string
  readonly wire: string
  readonly text: string
  readonly quiet: string
}

const WIDTH = 170
const HEIGHT = 84
const STEP = 1.18
const PAD = 28
/** Where lines come in and go out, from the top of a box. */
const PORT_Y = 22
/** Letters of a title and of a line below it that fit into a box. */
const FITTING = { title: 19, line: 24 }

/**
 * The networks of a project as an SVG: a box a layer where it stands on the canvas, with its name, what it is set to,
 * its shape and its weights, and the lines between them.
 */
export function networkSvg(
  networks: readonly Network[],
  cards: ReadonlyMap<string, DrawnNode>,
  ink: NetworkInk
): string {
  const placed = [...cards.values()].map((card) => ({
    card,
    x: card.node.position.x * STEP,
    y: card.node.position.y
  }))
  const left = Math.min(...placed.map(({ x }) => x)) - PAD
  const top = Math.min(...placed.map(({ y }) => y)) - PAD
  const dips = networks.some((n) => n.edges.length > 0) ? 52 : 0
  const width = Math.max(...placed.map(({ x }) => x)) + WIDTH + PAD - left
  const height = Math.max(...placed.map(({ y }) => y)) + HEIGHT + PAD + dips - top
  const at = new Map(placed.map(({ card, x, y }) => [card.id, { x: x - left, y: y - top }]))
  const lines = networks.flatMap((network) =>
    network.edges.map(({ from, to }) => {
      const [a, b] = [at.get(from.node)!, at.get(to.node)!]
      const target = cards.get(to.node)!.layer.inputs.find((p) => p.id === to.port)?.carries === 'target'
      const y = target ? HEIGHT - 16 : PORT_Y
      const path = target
        ? aroundPath(a.x + WIDTH, a.y + y, b.x, b.y + y, Math.max(a.y, b.y) + HEIGHT + 34)
        : curve(a.x + WIDTH, a.y + y, b.x, b.y + y)
      return `<path d="${path}" fill="none" stroke="${target ? ink.line : ink.wire}" stroke-width="1.75"${target ? ' stroke-dasharray="1 5" stroke-linecap="round"' : ''}/>`
    })
  )
  const boxes = placed.map(({ card }) => box(card, at.get(card.id)!, ink))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${Math.ceil(width)}" height="${Math.ceil(height)}" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}" font-family="Inter, system-ui, sans-serif" font-size="12">
<rect width="100%" height="100%" fill="${ink.ground}"/>
${[...lines, ...boxes].join('\n')}
</svg>
`
}

function box(
  { title, fact, shape, amount }: DrawnNode,
  { x, y }: { readonly x: number; readonly y: number },
  ink: NetworkInk
): string {
  return `<g transform="translate(${x.toFixed(1)} ${y.toFixed(1)})">
<rect width="${WIDTH}" height="${HEIGHT}" rx="12" fill="${ink.surface}" stroke="${ink.line}"/>
<text x="12" y="22" font-size="14" font-weight="600" fill="${ink.text}">${fitted(title, FITTING.title)}</text>
<text x="12" y="40" fill="${ink.quiet}">${fitted(fact, FITTING.line)}</text>
<path d="M0 52H${WIDTH}" stroke="${ink.line}"/>
<text x="12" y="72" fill="${ink.quiet}">${fitted(shape.replace('Shape ', ''), 14)}</text>
<text x="${WIDTH - 12}" y="72" text-anchor="end" fill="${ink.quiet}">${fitted(amount, 14)}</text>
</g>`
}

function fitted(text: string, most: number): string {
  const short = text.length > most ? `${text.slice(0, most - 1)}…` : text
  return short.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)
}
