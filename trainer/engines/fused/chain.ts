import type { Document } from '@core/document/schema'
import { sizeOf } from '@core/graph/signal'
import { losses } from '@core/registry'
import type { Config, Part } from '@core/registry/fields'
import type { Problem } from '@core/result'
import { configOf, type PlannedNode, type SystemPlan } from '../plan'
import {
  NEGATIVE_SLOPE,
  type FusedActivation,
  type FusedLayer,
  type FusedOptimizer,
  type FusedSpec
} from './spec'
import { fusedLoss } from './loss'

/** A node's answer among those of the fused layers. */
export interface AnswerPlace {
  readonly nodeId: string
  /** The layer whose answer it is; −1 is what the network is given. */
  readonly layer: number
  /** The layer's sums, before an activation that is a node of its own. */
  readonly sums: boolean
}

/** A dense layer of a document, as the fused code knows it. */
export interface ChainLayer {
  readonly nodeId: string
  /** The dropout node in front of it. */
  readonly dropout?: string
}

/** A document's network as a chain of dense layers. */
export interface Chain {
  readonly spec: FusedSpec
  readonly layers: readonly ChainLayer[]
  readonly answers: readonly AnswerPlace[]
}

/** Numbers in one weight set, and in the data, that the engine for small networks takes on. */
const MOST = { weights: 1 << 20, data: 1 << 26 }

const ACTIVATIONS: readonly FusedActivation[] = [
  ...(['linear', 'relu', 'leakyRelu', 'elu', 'tanh'] as const),
  ...(['sigmoid', 'softmax', 'softplus', 'gaussian', 'step'] as const)
]

/** The chain that a document's network is, for data of so many rows; or what about it there is no fused code for. */
export function chainOf(document: Document, plan: SystemPlan, rows: number): Chain | Problem {
  const { scheme, main } = plan
  const { training } = document
  if (plan.networks.length > 1 || !scheme.compares || scheme.phases.length > 1)
    return beyond(`learns as “${scheme.title}”`)
  if (training.clipping.type !== 'none') return beyond('keeps its gradients from being too large')
  const settings = configOf(document, main.sink.id)
  if (settings['classWeights'] === 'balanced') return beyond('counts every class alike', main.sink.id)
  if (main.target.classes !== undefined && sizeOf(main.target.shape) !== 1)
    return beyond('answers at each step of a sequence', main.sink.id)
  const nodes = inChain(plan)
  if ('code' in nodes) return nodes
  const found = layersOf(document, nodes)
  if ('code' in found) return found
  const optimizer = optimizerOf(training.optimizer)
  if (!optimizer) return beyond('learns with another optimizer')
  const outputs = sizeOf(main.prediction)
  const last = found.fused.at(-1)
  const loss = last && fusedLoss(settings['loss'] as Part, last.activation, outputs)
  if (!loss) return beyond('has a loss that does not go with its last layer', main.sink.id)
  const inputs = main.source.units
  const parameters = plan.weights.reduce((n, { spec }) => n + sizeOf(spec.shape), 0)
  if (parameters > MOST.weights || rows * (inputs + outputs) > MOST.data)
    return beyond('is large, or its data is')
  const { type, config } = settings['loss'] as Part
  return {
    layers: found.layers,
    answers: found.answers,
    spec: {
      ...{ inputs, rows, loss, optimizer },
      layers: found.fused,
      reduction: settings['reduction'] === 'sum' ? 'sum' : 'mean',
      batch: Math.min(training.batchSize ?? rows, rows),
      threshold: losses[type]!.cut?.(config) ?? 0.5
    }
  }
}

/** Says in words why the engine for small networks does not take a network on. */
function beyond(what: string, nodeId?: string): Problem {
  return {
    code: 'not-fused',
    message: `This network ${what}, which the engine for small networks cannot do.`,
    detail: 'It takes a chain of Dense layers. The other engines do everything.',
    ...(nodeId === undefined ? {} : { nodeId })
  }
}

/** The nodes from the data to the answer, where each has one before and one behind it. */
function inChain({ main }: SystemPlan): readonly PlannedNode[] | Problem {
  const byId = new Map(main.nodes.map((node) => [node.id, node]))
  const chain: PlannedNode[] = []
  let id = main.sink.inputs['prediction']?.node
  for (;;) {
    const node = byId.get(id ?? '')
    if (!node) return beyond('is not one chain from the data to the answer')
    chain.unshift(node)
    if (node === main.source) break
    const inputs = Object.values(node.inputs)
    if (inputs.length !== 1) return beyond('is not one chain', node.id)
    id = inputs[0]!.node
  }
  return chain.length === main.nodes.length - 1 ? chain : beyond('has branches')
}

/** Dense layers, with activations and dropout of their own merged into them. */
function layersOf(document: Document, nodes: readonly PlannedNode[]) {
  const fused: FusedLayer[] = []
  const layers: ChainLayer[] = []
  const answers: AnswerPlace[] = []
  let dropout: string | undefined
  for (const [i, node] of nodes.entries()) {
    const config = configOf(document, node.id)
    const answer = (sums: boolean): void => {
      answers.push({ nodeId: node.id, layer: fused.length - 1, sums })
    }
    switch (node.layer.type) {
      case 'dense': {
        const activation = config['activation'] as Part
        if (node.shape.length !== 1) return beyond('has a Dense layer on a sequence', node.id)
        if (!known(activation)) return beyond(`has the activation ${activation.type}`, node.id)
        if (node.weights.some(({ spec }) => (spec.constraint?.type ?? 'none') !== 'none'))
          return beyond('holds its weights to a rule', node.id)
        fused.push({ ...denseLayer(node, activation), masked: dropout !== undefined })
        layers.push({ nodeId: node.id, ...(dropout === undefined ? {} : { dropout }) })
        dropout = undefined
        const behind = nodes[i + 1]
        answer(behind?.layer.type === 'activation')
        break
      }
      case 'activation': {
        const activation = config['activation'] as Part
        const before = fused.at(-1)
        const bent = before?.activation !== 'linear' || nodes[i - 1]!.layer.type !== 'dense'
        if (!before || bent || !known(activation))
          return beyond('has an activation that does not follow a Dense layer without one', node.id)
        fused[fused.length - 1] = { ...before, ...activationOf(activation) }
        answer(false)
        break
      }
      case 'dropout':
        if (dropout !== undefined || i === nodes.length - 1)
          return beyond('has dropout without a Dense layer behind it', node.id)
        dropout = node.id
        answer(false)
        break
      case 'flatten':
        answer(false)
        break
      default:
        if (node.layer.role !== 'source') return beyond(`has ${node.layer.title}`, node.id)
        answer(false)
    }
  }
  return fused.length === 0 ? beyond('has no Dense layer') : { fused, layers, answers }
}

function denseLayer(node: PlannedNode, activation: Part): FusedLayer {
  return {
    units: node.units,
    bias: node.weights.some(({ spec }) => spec.name === 'bias'),
    trainable: !node.frozen,
    ...activationOf(activation)
  }
}

const known = ({ type }: Part): boolean => (ACTIVATIONS as readonly string[]).includes(type)

function activationOf({ type, config }: Part): Pick<FusedLayer, 'activation' | 'negativeSlope'> {
  return {
    activation: type as FusedActivation,
    negativeSlope: (config['negativeSlope'] as number | undefined) ?? NEGATIVE_SLOPE
  }
}

function optimizerOf({ type, config }: Part): FusedOptimizer | undefined {
  const numbers = config as Config & { readonly [name: string]: number }
  switch (type) {
    case 'sgd':
      return { type, momentum: numbers['momentum']!, nesterov: config['nesterov'] === true }
    case 'adam':
    case 'adamW':
      return { type, beta1: numbers['beta1']!, beta2: numbers['beta2']!, epsilon: numbers['epsilon']! }
    case 'rmsprop':
      return {
        ...{ type, rho: numbers['rho']!, momentum: numbers['momentum']!, epsilon: numbers['epsilon']! },
        centered: config['centered'] === true
      }
    case 'adagrad':
      return { type, initialAccumulator: numbers['initialAccumulator']!, epsilon: numbers['epsilon']! }
    case 'previousGradient':
      return { type }
    default:
      return undefined
  }
}
