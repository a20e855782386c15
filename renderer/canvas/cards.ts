import type { Document, Network, NetworkNode } from '@core/document/schema'
import type { Derivation, DerivedNode } from '@core/graph/derive'
import { signalMark, signalText, type Signal } from '@core/graph/signal'
import type { ActivationDefinition, LayerDefinition } from '@core/registry/define'
import { activations, layers, losses, schemes, sources } from '@core/registry'
import { isPart, type Part } from '@core/registry/fields'
import type { Noun } from '@core/data/noun'
import { isData, singular } from '../shared/examples'
import { nodeIcon, nodeTitle } from '../shared/nodes'
import { cardGeometry, TWO_LINES, type CardGeometry, type CardStyle } from './geometry'

/** What a node's card shows, apart from live pictures. */
export interface Card {
  readonly id: string
  readonly node: NetworkNode
  readonly layer: LayerDefinition
  readonly title: string
  readonly fact: string
  readonly icon: string
  readonly activation: ActivationDefinition | undefined
  /** Footer, left and right; a sink's right side is the live loss. */
  readonly shape: string
  readonly amount: string
  /** It stands for the project's data. */
  readonly data: boolean
  /** Units of the geometry: features, neurons, classes. */
  readonly units: number
  /** Shape of what comes out of it; undefined where that is not known. */
  readonly out: readonly number[] | undefined
  /** Of a sink: the phase of the way of learning whose loss it shows, with its title; undefined where there is one loss. */
  readonly phase: { readonly id: string; readonly title: string } | undefined
  readonly geometry: CardGeometry
  /** Its units have pictures of their answers over the plane. */
  readonly pictured: boolean
}

/** What the cards follow from. */
export interface CardsInput {
  readonly document: Document
  readonly network: Network
  readonly derivation: Pick<Derivation, 'nodes' | 'data'>
  readonly noun: Noun
  /** The data is points in a plane. */
  readonly plane: boolean
  /** There are pictures of the answers over the plane. */
  readonly map: boolean
  /** So many examples the data's card shows. */
  readonly examples: number
  readonly style: CardStyle
}

/** Letters of a footer that fit side by side. */
const FOOTER = 18

/** Are the words of some footer too long for one line, such as "Shape 28 × 28 × 8" and "1,168 weights"? */
export function hasLong({ nodes }: Pick<Derivation, 'nodes'>): boolean {
  return Object.values(nodes).some(
    (known) => shapeWords(known).length + counted(known.parameters, 'weight').length > FOOTER
  )
}

/** "9 weights", "1 weight". */
export function counted(n: number, one: string): string {
  return `${n.toLocaleString('en-US')} ${one}${n === 1 ? '' : one.endsWith('s') ? 'es' : 's'}`
}

/** The cards of one network by node id. */
export function cardsOf(input: CardsInput): Map<string, Card> {
  return new Map(Object.keys(input.network.nodes).map((id) => [id, cardOf(id, input)]))
}

function cardOf(id: string, input: CardsInput): Card {
  const { document, network, derivation, plane, map, examples, style } = input
  const node = network.nodes[id]!
  const layer = layers[node.type]!
  const known = derivation.nodes[id]
  const units = unitsOf(layer, node, known)
  const data = isData(node.type)
  const out = numbersOf(known)?.shape
  // What a noise node draws has no place in the plane of the data.
  const drawn = layer.role === 'source' && !data
  const pictured = map && !drawn
  const own = data
    ? sourceWords(document.data.source, known, input)
    : layer.role === 'sink'
      ? { fact: sinkFact(node), shape: 'Loss', amount: '' }
      : layerWords(layer, node, known)
  const activation = activationOf(node)
  return {
    id,
    node,
    layer,
    title: nodeTitle(document, id),
    icon: nodeIcon(document, id),
    activation: activation === undefined ? undefined : activations[activation],
    data,
    units,
    out,
    pictured,
    phase: layer.role === 'sink' ? phaseOf(document, network) : undefined,
    geometry: cardGeometry(
      {
        role: drawn ? 'layer' : layer.role,
        units,
        plane,
        map: pictured,
        // A text is a row of numbers that nobody reads as numbers.
        rank:
          data && (derivation.data?.symbols ?? derivation.data?.tokens) !== undefined
            ? 2
            : (out?.length ?? 1),
        examples
      },
      style
    ),
    ...own,
    // Where both do not fit side by side, the unit of the left one goes: "784" says enough.
    shape:
      style.footer < TWO_LINES && own.shape.length + own.amount.length > FOOTER
        ? own.shape.replace('Shape ', '')
        : own.shape
  }
}

/** The phase in which this network learns, where the way of learning has several networks. */
function phaseOf(document: Document, network: Network): Card['phase'] {
  const scheme = schemes[document.training.scheme.type]!
  const place = document.networks.indexOf(network)
  return scheme.phases.length > 1 ? scheme.phases.find(({ learns }) => learns === place) : undefined
}

/** The type of activation that a node has among its settings. */
export function activationOf(node: NetworkNode): string | undefined {
  const field = Object.entries(layers[node.type]!.fields).find(
    ([, f]) => f.kind === 'part' && f.registry === 'activation'
  )?.[0]
  return field === undefined ? undefined : (node.config[field] as Part).type
}

function sourceWords(
  source: Part,
  known: DerivedNode | undefined,
  { derivation, noun }: Pick<CardsInput, 'derivation' | 'noun'>
): Pick<Card, 'fact' | 'shape' | 'amount'> {
  const { data } = derivation
  const classes = Object.values(known?.outputs ?? {}).find((s) => s?.kind === 'target')
  return {
    fact: data ? counted(data.rows, singular(noun)) : (sources[source.type]?.title ?? ''),
    shape: shapeWords(known),
    amount:
      classes?.kind === 'target'
        ? classes.classes === undefined
          ? signalText(classes)
          : counted(classes.classes, 'class')
        : '?'
  }
}

function layerWords(
  layer: LayerDefinition,
  node: NetworkNode,
  known: DerivedNode | undefined
): Pick<Card, 'fact' | 'shape' | 'amount'> {
  const weights = known?.parameters ?? 0
  const expects = layer.weights !== undefined
  const fact = layer.fact(node.config as never)
  return {
    // A layer that is nothing but an activation says which; people read the title, not the type.
    fact: activations[fact]?.title ?? fact,
    shape: shapeWords(known),
    amount: weights > 0 ? counted(weights, 'weight') : expects ? '?' : 'no weights'
  }
}

function sinkFact(node: NetworkNode): string {
  const loss = Object.values(node.config).find((v): v is Part => isPart(v) && losses[v.type] !== undefined)
  return loss ? losses[loss.type]!.title : ''
}

function shapeWords(known: DerivedNode | undefined): string {
  const numbers = numbersOf(known)
  return `Shape ${numbers ? signalText(numbers) : '?'}`
}

/** The first output that carries numbers. */
export function numbersOf(known: DerivedNode | undefined): Extract<Signal, { kind: 'numbers' }> | undefined {
  return Object.values(known?.outputs ?? {}).find(
    (s): s is Extract<Signal, { kind: 'numbers' }> => s?.kind === 'numbers'
  )
}

function unitsOf(layer: LayerDefinition, node: NetworkNode, known: DerivedNode | undefined): number {
  // Only the numbers of a row have a place each; pictures and sequences are shown whole.
  if (layer.role === 'source' && numbersOf(known)?.shape.length !== 1) return 0
  const signal =
    layer.role === 'sink'
      ? Object.values(known?.inputs ?? {}).find((s) => s.kind === 'numbers')
      : numbersOf(known)
  const last = signal?.kind === 'numbers' ? signal.shape.at(-1) : undefined
  const units = last ?? node.config['units']
  return typeof units === 'number' && units > 0 ? Math.min(1e6, Math.floor(units)) : 0
}

/** Which shape a port is drawn as. */
export function portMark(carries: Signal['kind'], signal: Signal | undefined): 'row' | 'picture' | 'target' {
  if (carries === 'target') return 'target'
  return signal ? signalMark(signal) : 'row'
}

/** The card in one sentence, for screen readers. */
export function cardLabel(card: Card, problems: readonly string[]): string {
  const frozen = card.node.frozen ? 'frozen' : ''
  const parts = [card.title, card.fact, card.shape, card.amount, frozen].filter((p) => p !== '')
  return [parts.join(', '), ...problems.map((p) => `Problem: ${p}`)].join('. ')
}
