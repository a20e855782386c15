import type { Edit } from '../document/edits'
import { networkOf, nodeOf, type Document, type Network } from '../document/schema'
import { activations, initializers, layers } from '../registry'
import { fullPart } from '../registry/complete'
import type { Part } from '../registry/fields'
import type { Fix } from '../result'
import { lowerRate } from '../run/rate'
import { countText, numberText } from '../words'
import type { Finding } from './messages'

/** A finding in words, and what usually helps. */
export interface Advice {
  /** A few words about the network, and about each layer that it is true of: for a mark on a card. */
  readonly title: string
  readonly short: string
  /** What is the matter, with the numbers. */
  readonly message: string
  /** Why that is bad, and what helps. */
  readonly detail: string
  readonly fixes: readonly Fix[]
}

/** A finding as the project says it: `title` is what a layer is called, `noun` what an example is: "points". */
export function adviceFor(
  document: Document,
  finding: Finding,
  { title, noun }: { readonly title: (nodeId: string) => string; readonly noun: string }
): Advice {
  const own = title(finding.nodeId)
  const { of: all, neurons } = 'neurons' in finding ? finding : { of: 0, neurons: 0 }
  const units = unitsOf(document, finding.nodeId, all)
  switch (finding.kind) {
    case 'dead':
      return {
        title: 'Dead neurons',
        short: `${countText(neurons)} of ${countText(all)} dead`,
        message: `${own}: ${countText(neurons)} of ${countText(all)} ${units} never ${neurons === 1 ? 'fires' : 'fire'} on any of ${countText(finding.examples)} training ${noun}.`,
        detail:
          'Where ReLU answers 0 to everything, it has no slope, and the weights before it stay as they are. Leaky lets a little through below zero; smaller steps kill fewer.',
        fixes: [...leaky(document, finding.nodeId, own), ...slower(document)]
      }
    case 'saturated':
      return {
        title: 'Saturated neurons',
        short: `${countText(neurons)} of ${countText(all)} saturated`,
        message: `${own}: ${countText(neurons)} of ${countText(all)} ${units} ${neurons === 1 ? 'is' : 'are'} saturated, at the end of ${neurons === 1 ? 'its' : 'their'} range on nearly all of ${countText(finding.examples)} training ${noun}.`,
        detail: `Out there ${activationTitle(document, finding.nodeId)} is flat, so hardly any gradient comes through. Smaller starting weights or ReLU help.`,
        fixes: [...smallerStart(document, finding.nodeId, own), ...rectified(document, [finding.nodeId], own)]
      }
    case 'vanishing':
      return {
        title: 'Gradients vanish',
        short: 'vanishing gradient',
        message: Number.isFinite(finding.times)
          ? `Gradients vanish: those of ${own} are ${timesText(finding.times)} times smaller than those of the last layer${also(finding.others, title)}.`
          : `No gradient comes through to ${own}${also(finding.others, title)}.`,
        detail:
          'A layer learns as fast as its gradient is large, so it hardly learns. Each sigmoid lets through a quarter at most, and tanh less the surer it is; ReLU with He starting weights lets it through as it is.',
        fixes: rectified(document, hidden(document, finding.nodeId), 'the hidden layers')
      }
    case 'exploding':
      return {
        title: 'Gradients explode',
        short: 'exploding gradient',
        message: `Gradients explode: those of ${own} are ${timesText(finding.times)} times larger than those of the last layer${also(finding.others, title)}.`,
        detail:
          'A step that suits one layer throws the other off. Clipping shortens steps that are too long.',
        fixes: [clipped, ...slower(document)]
      }
    case 'overshooting':
      return {
        title: 'Gradients explode',
        short: 'exploding gradient',
        message: `Gradients explode: a single step changes the weights of ${own} by ${finding.times >= 2 ? `${timesText(finding.times)} times` : 'more than'} their size${also(finding.others, title)}.`,
        detail:
          'What it has learned is overwritten at every step. A smaller learning rate or clipping keeps it.',
        fixes: [...slower(document), clipped]
      }
  }
}

function unitsOf(document: Document, nodeId: string, count: number): string {
  const one = nodeOf(document, nodeId)?.config['filters'] === undefined ? 'neuron' : 'filter'
  return count === 1 ? one : `${one}s`
}

/** "1,200", "3.4 million": rounded, as nobody needs more. */
export function timesText(times: number): string {
  const rounded = Number(times.toPrecision(2))
  if (rounded >= 1e9) return `10${superscript(Math.floor(Math.log10(rounded)))}`
  return rounded >= 1e6 ? `${numberText(rounded / 1e6)} million` : numberText(rounded)
}

function superscript(n: number): string {
  return [...String(n)].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('')
}

function also(others: readonly string[], title: (nodeId: string) => string): string {
  if (others.length === 0) return ''
  return others.length === 1
    ? `, and ${title(others[0]!)} is not much better`
    : `, and ${others.length} more layers are alike`
}

function activationTitle(document: Document, nodeId: string): string {
  const { type } = nodeOf(document, nodeId)!.config['activation'] as Part
  return activations[type]!.title.toLowerCase()
}

/** Layers of the same network that bend and do not answer: in front of others, with an activation that may change. */
function hidden(document: Document, nodeId: string): string[] {
  const network = networkOf(document, nodeId)!
  return Object.keys(network.nodes).filter(
    (id) => activationOf(network, id) !== undefined && !answers(network, id)
  )
}

function activationOf(network: Network, id: string): Part | undefined {
  const { type, config } = network.nodes[id]!
  const field = layers[type]!.fields['activation']
  // Cells with gates are made for tanh.
  if (field?.kind !== 'part' || 'recurrentActivation' in config) return undefined
  return config['activation'] as Part
}

function answers(network: Network, id: string): boolean {
  return network.edges.some(
    ({ from, to }) => from.node === id && layers[network.nodes[to.node]!.type]!.role === 'sink'
  )
}

/** ReLU and He in the place of what saturates, or He alone where it is ReLU already. */
function rectified(document: Document, nodes: readonly string[], where: string): Fix[] {
  const edits = nodes.flatMap((nodeId): Edit[] => {
    const network = networkOf(document, nodeId)!
    const { type, config } = network.nodes[nodeId]!
    const activation = activationOf(network, nodeId)
    if (!activation) return []
    const flat = activations[activation.type]!.flat
    if (flat === undefined) return []
    const start = config['kernelInitializer'] as Part | undefined
    return [
      ...(flat === 'ends'
        ? [put(nodeId, 'activation', fullPart('activation', { type: 'relu', config: {} }))]
        : []),
      ...(start && layers[type]!.fields['kernelInitializer'] && !start.type.startsWith('he')
        ? [put(nodeId, 'kernelInitializer', fullPart('initializer', { type: 'heNormal', config: {} }))]
        : [])
    ]
  })
  if (edits.length === 0) return []
  const bends = edits.some((edit) => edit.kind === 'setField' && edit.field === 'activation')
  const label = `Use ${bends ? 'ReLU and He' : 'He starting weights'} in ${where}`
  return [{ label, edit: { kind: 'all', label: label.charAt(0).toLowerCase() + label.slice(1), edits } }]
}

function leaky(document: Document, nodeId: string, own: string): Fix[] {
  if (!nodeOf(document, nodeId)?.config['activation']) return []
  const value = fullPart('activation', { type: 'leakyRelu', config: {} })
  return [{ label: `Use Leaky in ${own}`, edit: put(nodeId, 'activation', value) }]
}

function smallerStart(document: Document, nodeId: string, own: string): Fix[] {
  const start = nodeOf(document, nodeId)?.config['kernelInitializer'] as Part | undefined
  if (!start || /^(glorot|lecun)/.test(start.type) || !initializers['glorotUniform']) return []
  const value = fullPart('initializer', { type: 'glorotUniform', config: {} })
  return [{ label: `Start ${own} with Glorot`, edit: put(nodeId, 'kernelInitializer', value) }]
}

function slower({ training: { optimizer } }: Document): Fix[] {
  const rate = optimizer.config['learningRate']
  if (typeof rate !== 'number') return []
  const lower = lowerRate(rate)
  return [
    {
      label: `Lower the learning rate to ${numberText(lower)}`,
      edit: {
        kind: 'setTraining',
        change: { optimizer: { ...optimizer, config: { ...optimizer.config, learningRate: lower } } }
      }
    }
  ]
}

const clipped: Fix = {
  label: 'Clip the gradients',
  edit: {
    kind: 'setTraining',
    change: { clipping: fullPart('clipping', { type: 'globalNorm', config: {} }) }
  }
}

function put(nodeId: string, field: string, value: Part): Edit {
  return { kind: 'setField', nodeId, field, value }
}
