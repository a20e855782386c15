import type { ProjectFiles } from '../data/files'
import type { Preparation } from '../data/preparation/preparation'
import type { Document, Edge, NetworkNode } from '../document/schema'
import { derive, type Derivation } from '../graph/derive'
import { configsOf, planSystem, type NetworkPlan, type PlannedNode } from '../graph/plan'
import { sizeOf } from '../graph/signal'
import { layers } from '../registry'
import type { SourceDescription } from '../registry/define'
import type { Config } from '../registry/fields'
import type { NamedTensor } from '../run/checkpoint'

/** One network of a project, trained, with what an export has to know of its data. */
export interface ExportModel {
  /** The project's name, as people read it. */
  readonly title: string
  /** The same as the beginning of file names: lower case letters, digits and hyphens. */
  readonly name: string
  /** Where the project's data are bytes, with a Rescaling layer behind them: see `exportModel`. */
  readonly document: Document
  readonly derivation: Derivation
  /** The passes over the data after which the weights were taken. */
  readonly epoch: number
  /** The network, its ends with it. `plan.source.shape` goes in, `plan.prediction` comes out. */
  readonly plan: NetworkPlan
  /** The settings of every node, with a value for every field. */
  readonly configs: { readonly [nodeId: string]: Config }
  /** Row-major values of weights by their full names: node/kernel. */
  readonly values: ReadonlyMap<string, Float32Array>
  readonly data: ExportData
}

/** What the numbers of an example and of an answer stand for. */
export interface ExportData extends Pick<
  SourceDescription,
  'features' | 'classes' | 'target' | 'plane' | 'symbols'
> {
  /** What turns a row of a table into an example. It is not in the network. */
  readonly preparation: Preparation | undefined
  /** What bytes are multiplied with, which the exported network does itself; 1 where the data are no bytes. */
  readonly scale: number
  /** The network makes its examples from noise, and is given no data. */
  readonly drawn: boolean
}

/** What an export is made from. */
export interface ModelParts {
  /** Has no problems. */
  readonly document: Document
  readonly files: ProjectFiles
  /** The id of the network; the one that is given the data where it is not said. */
  readonly network?: string | undefined
  /** Of all networks. */
  readonly weights: readonly NamedTensor[]
  readonly epoch: number
  /** Of the data set: see `Dataset`. */
  readonly scale: number
  readonly preparation: Preparation | undefined
}

/**
 * A network as the formats want it. Where the data are bytes, which are multiplied before they are learned from
 * (`scale`), a Rescaling layer comes first, so that the exported network takes pictures as they are.
 */
export function exportModel(parts: ModelParts): ExportModel {
  const { files, preparation, scale, epoch, weights } = parts
  const { name, networks } = parts.document
  const place = Math.max(
    0,
    parts.network === undefined
      ? networks.findIndex(({ nodes }) => Object.values(nodes).some(isFed))
      : networks.findIndex(({ id }) => id === parts.network)
  )
  const drawn = !Object.values(networks[place]!.nodes).some(isFed)
  const document = scale === 1 || drawn ? parts.document : withRescaling(parts.document, place, scale)
  const derivation = derive(document, files)
  const system = planSystem(document, derivation)
  const { features, classes, target, plane, symbols } = derivation.data!
  return {
    title: name,
    name: fileName(name),
    document,
    derivation,
    epoch,
    plan: system.networks[place]!,
    configs: configsOf(system, document),
    values: new Map(weights.map((weight) => [weight.name, weight.values])),
    data: {
      features: drawn ? [] : features,
      classes: drawn ? [] : classes,
      target,
      ...(plane && !drawn ? { plane } : {}),
      ...(symbols && !drawn ? { symbols } : {}),
      preparation: drawn ? undefined : preparation,
      scale: drawn ? 1 : scale,
      drawn
    }
  }
}

/** The nodes that compute, in order. Those that only act in training are among them. */
export function computingNodes({ plan }: Pick<ExportModel, 'plan'>): readonly PlannedNode[] {
  return plan.nodes.filter(({ layer }) => layer.role === 'layer')
}

/** The node whose answer is the network's. */
export function answeringNode({ plan }: Pick<ExportModel, 'plan'>): string {
  return plan.sink.inputs['prediction']!.node
}

/** Single weights of all layers. */
export function parametersOf({ plan }: Pick<ExportModel, 'plan'>): number {
  return plan.weights.reduce((n, { spec }) => n + sizeOf(spec.shape), 0)
}

/** "Two moons" → "two-moons": what every system takes as the beginning of a file's name. */
export function fileName(title: string): string {
  const plain = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('ß', 'ss')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return plain.slice(0, 60).replace(/-+$/, '') || 'network'
}

function isFed({ type }: NetworkNode): boolean {
  const layer = layers[type]!
  return layer.role === 'source' && !layer.draw
}

/** The document with a layer behind its data that brings bytes to the scale they are learned on. */
function withRescaling(document: Document, place: number, scale: number): Document {
  const network = document.networks[place]!
  const [source, { position }] = Object.entries(network.nodes).find(([, node]) => isFed(node))!
  const id = freshId('rescaling', document)
  const features = ({ from }: Edge): boolean => from.node === source && from.port === 'features'
  const node: NetworkNode = { type: 'rescaling', config: { scale, offset: 0 }, position }
  const edges = [
    ...network.edges.map((edge) => (features(edge) ? { ...edge, from: { node: id, port: 'output' } } : edge)),
    { from: { node: source, port: 'features' }, to: { node: id, port: 'input' } }
  ]
  const whole = { ...network, nodes: { ...network.nodes, [id]: node }, edges }
  return { ...document, networks: document.networks.map((other, i) => (i === place ? whole : other)) }
}

function freshId(wanted: string, { networks }: Document): string {
  const taken = new Set(networks.flatMap(({ nodes }) => Object.keys(nodes)))
  let id = wanted
  for (let n = 2; taken.has(id); n++) id = `${wanted}${n}`
  return id
}
