import type { Document } from '@core/document/schema'
import type { Config, Part } from '@core/registry/fields'
import type { Problem } from '@core/result'
import { configOf, type PlannedNode } from '@core/graph/plan'
import { beyond } from './beyond'
import { NEGATIVE_SLOPE, type FusedActivation, type FusedLayer, type FusedSpec } from './spec'

/** A node's answer among those of the fused layers. */
export interface AnswerPlace {
  readonly nodeId: string
  /** The layer whose answer it is; −1 is what the network is given. */
  readonly layer: number
  /** The layer's sums, before an activation that is a node of its own. */
  readonly sums: boolean
  /** How often the answer is there, one after the other, where it is repeated. */
  readonly times?: number
}

/** A layer of a document, as the fused code knows it. */
export interface ChainLayer {
  readonly nodeId: string
  /** The dropout node in front of it. */
  readonly dropout?: string
}

/** The nodes of a chain as fused layers. */
interface FoundLayers {
  readonly fused: readonly FusedLayer[]
  readonly layers: readonly ChainLayer[]
  readonly answers: readonly AnswerPlace[]
}

const ACTIVATIONS: readonly FusedActivation[] = [
  ...(['linear', 'relu', 'leakyRelu', 'elu', 'tanh'] as const),
  ...(['sigmoid', 'softmax', 'softplus', 'gaussian', 'step'] as const)
]

/** Does a chain have layers that go step by step? */
function readsSequences(nodes: readonly PlannedNode[]): boolean {
  return nodes.some(({ layer, shape }) => layer.type === 'simpleRnn' || (isDense(layer) && shape.length > 1))
}

/** What the first layer of a chain is given. */
export function givenTo(nodes: readonly PlannedNode[]): Pick<FusedSpec, 'inputs' | 'steps' | 'repeated'> {
  const { units } = nodes[0]!
  if (!readsSequences(nodes)) return { inputs: units }
  const repeat = nodes.find(({ layer }) => layer.type === 'repeatVector')
  const [steps, inputs] = (repeat ?? nodes[0]!).shape as [number, number]
  return { steps, inputs, repeated: repeat !== undefined }
}

const isDense = ({ type }: PlannedNode['layer']): boolean => type === 'dense' || type === 'timeDistributed'

/** Dense and recurrent layers, with activations and dropout of their own merged into them. */
export function layersOf(document: Document, nodes: readonly PlannedNode[]): FoundLayers | Problem {
  const sequences = readsSequences(nodes)
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
      case 'dense':
      case 'timeDistributed':
      case 'simpleRnn': {
        const why = refused(node, config)
        if (why) return beyond(why, node.id)
        fused.push({ ...fusedLayer(node, config), masked: dropout !== undefined })
        layers.push({ nodeId: node.id, ...(dropout === undefined ? {} : { dropout }) })
        dropout = undefined
        answer(isDense(node.layer) && nodes[i + 1]?.layer.type === 'activation')
        break
      }
      case 'activation': {
        const activation = config['activation'] as Part
        const before = fused.at(-1)
        const bent = before?.activation !== 'linear' || !isDense(nodes[i - 1]!.layer)
        if (!before || bent || !known(activation))
          return beyond('has an activation that does not follow a Dense layer without one', node.id)
        fused[fused.length - 1] = { ...before, ...activationOf(activation) }
        answer(false)
        break
      }
      case 'dropout':
        if (sequences) return beyond('reads sequences with dropout', node.id)
        if (dropout !== undefined || i === nodes.length - 1)
          return beyond('has dropout without a Dense layer behind it', node.id)
        dropout = node.id
        answer(false)
        break
      case 'flatten':
        if (sequences && nodes[i - 1]!.shape.length > 1)
          return beyond('unrolls the steps of a sequence', node.id)
        answer(false)
        break
      case 'repeatVector':
        if (!sequences || fused.length > 0) return beyond('repeats what a layer answers', node.id)
        answers.push({ nodeId: node.id, layer: -1, sums: false, times: node.shape[0]! })
        break
      default:
        if (node.layer.role !== 'source') return beyond(`has ${node.layer.title}`, node.id)
        answer(false)
    }
  }
  return fused.length === 0 ? beyond('has no Dense layer') : { fused, layers, answers }
}

/** Why a layer with weights has no fused code. */
function refused(node: PlannedNode, config: Config): string | undefined {
  const activation = config['activation'] as Part
  if (!known(activation)) return `has the activation ${activation.type}`
  if (node.weights.some(({ spec }) => (spec.constraint?.type ?? 'none') !== 'none'))
    return 'holds its weights to a rule'
  const rests = [config['dropout'], config['recurrentDropout']] as readonly (number | undefined)[]
  return rests.some((share) => share !== undefined && share > 0)
    ? 'has numbers that rest in its memory'
    : undefined
}

function fusedLayer(node: PlannedNode, config: Config): FusedLayer {
  const recurrent = node.layer.type === 'simpleRnn'
  const sequences = config['returnSequences'] === true
  return {
    units: node.shape.at(-1)!,
    bias: node.weights.some(({ spec }) => spec.name === 'bias'),
    trainable: !node.frozen,
    ...activationOf(config['activation'] as Part),
    ...(recurrent ? { recurrent: { sequences, backwards: config['goBackwards'] === true } } : {})
  }
}

const known = ({ type }: Part): boolean => (ACTIVATIONS as readonly string[]).includes(type)

function activationOf({ type, config }: Part): Pick<FusedLayer, 'activation' | 'negativeSlope'> {
  return {
    activation: type as FusedActivation,
    negativeSlope: (config['negativeSlope'] as number | undefined) ?? NEGATIVE_SLOPE
  }
}
