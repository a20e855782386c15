import type { Dataset } from '../../data/dataset'
import { nounOf } from '../../data/noun'
import type { Document } from '../../document/schema'
import type { Derivation } from '../../graph/derive'
import { countText } from '../../words'
import { packNumbers } from '../base64'
import type { ExportTools, PartScore } from '../format'
import { computingNodes, parametersOf, type ExportModel } from '../model'
import { exportedWeights } from '../weights'
import { askOf, type Ask } from './ask'
import { learnsOnPage, packData, type PackedData } from './data'

/** What a page knows of its network: plain JSON that stands in the page. */
export interface PageCargo {
  readonly title: string
  /** What the network is, in a line. */
  readonly about: string
  /** How good it is, in a line. */
  readonly score: string
  /** Of the exported network alone. */
  readonly document: Document
  readonly derivation: Pick<Derivation, 'order' | 'nodes' | 'data'>
  /** By full name, as `packNumbers` writes them. */
  readonly weights: { readonly [name: string]: string }
  /** The passes over the data after which the weights were taken. */
  readonly epoch: number
  readonly ask: Ask
  /** Where the network is small enough to be trained in the page, or its points are to be seen: what it learns from. */
  readonly data?: PackedData
  readonly trains: boolean
}

/** What goes into the page of a network. */
export function cargoOf(
  model: ExportModel,
  { dataset, score }: Pick<ExportTools, 'dataset' | 'score'>
): PageCargo {
  const { title, document, derivation, plan, epoch } = model
  const network = document.networks.find(({ nodes }) => Object.hasOwn(nodes, plan.source.id))!
  const trains = learnsOnPage(model, dataset)
  const { problems: _problems, ...rest } = derivation
  return {
    title,
    about: aboutText(model, dataset),
    score: scoreText(score(), dataset),
    document: { ...document, networks: [network] },
    derivation: {
      ...rest,
      order: { [network.id]: derivation.order[network.id]! },
      nodes: Object.fromEntries(Object.keys(network.nodes).map((id) => [id, derivation.nodes[id]!]))
    },
    weights: Object.fromEntries(
      exportedWeights(model).map(({ name, values }) => [name, packNumbers(values)])
    ),
    epoch,
    ask: askOf(model, dataset),
    ...(trains ? { data: packData(dataset) } : {}),
    trains
  }
}

function aboutText(model: ExportModel, { parts, ...dataset }: Dataset): string {
  const many = (n: number, one: string): string => `${countText(n)} ${one}${n === 1 ? '' : 's'}`
  const layers = computingNodes(model).filter(({ weights }) => weights.length > 0).length
  const noun = nounOf(dataset)
  const learned = `${countText(parts.train.length)} ${parts.train.length === 1 ? noun.slice(0, -1) : noun}`
  return `A neural network of ${many(layers, 'layer')} and ${many(parametersOf(model), 'weight')}. It has seen ${learned}, ${many(model.epoch, 'time')}.`
}

function scoreText(score: PartScore | undefined, dataset: Dataset): string {
  if (!score) return ''
  const { part, loss, accuracy } = score
  const noun = nounOf(dataset)
  const which = part === 'train' ? `the ${noun} it learned from` : `${noun} it has not learned from`
  return accuracy === undefined
    ? `Its loss is ${Number(loss.toPrecision(3))} on ${which}.`
    : `It is right about ${(100 * accuracy).toFixed(1).replace(/\.0$/, '')}\u00a0% of ${which}.`
}
