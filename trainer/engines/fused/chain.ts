import type { Document } from '@core/document/schema'
import { sizeOf } from '@core/graph/signal'
import { losses } from '@core/registry'
import type { Config, Part } from '@core/registry/fields'
import type { Problem } from '@core/result'
import { configOf, type PlannedNode, type SystemPlan } from '@core/graph/plan'
import { batchRows } from '../../batches'
import { beyond } from './beyond'
import { givenTo, layersOf, type AnswerPlace, type ChainLayer } from './chainLayers'
import { fusedLoss } from './loss'
import { inputsOf, outputsOf, sizedLayers, type FusedOptimizer, type FusedSpec } from './spec'

/** A document's network as a chain of layers. */
export interface Chain {
  readonly spec: FusedSpec
  readonly layers: readonly ChainLayer[]
  readonly answers: readonly AnswerPlace[]
}

/** Numbers in one weight set, in all layers' answers to an example, and in the data, up to which a network is small. */
const MOST = { weights: 1 << 20, answers: 1 << 20, data: 1 << 26 }

/** The chain that a document's network is, for data of so many rows; or what about it there is no fused code for. */
export function chainOf(document: Document, plan: SystemPlan, rows: number): Chain | Problem {
  const { scheme, main } = plan
  const { training } = document
  if (plan.networks.length > 1 || !scheme.compares || scheme.phases.length > 1)
    return beyond(`learns as “${scheme.title}”`)
  if (training.clipping.type !== 'none') return beyond('keeps its gradients from being too large')
  const settings = configOf(document, main.sink.id)
  if (settings['classWeights'] === 'balanced') return beyond('counts every class alike', main.sink.id)
  const nodes = inChain(plan)
  if ('code' in nodes) return nodes
  const found = layersOf(document, nodes)
  if ('code' in found) return found
  const optimizer = optimizerOf(training.optimizer)
  if (!optimizer) return beyond('learns with another optimizer')
  const { type, config } = settings['loss'] as Part
  const answersEach = main.target.classes !== undefined && main.target.shape.length > 0
  const last = found.fused.at(-1)!
  const positions = answersEach ? sizeOf(main.target.shape) : 1
  const loss = fusedLoss(settings['loss'] as Part, last, sizeOf(main.prediction) / positions)
  if (!loss) return beyond('has a loss that does not go with its last layer', main.sink.id)
  const spec: FusedSpec = {
    ...{ ...givenTo(nodes), answersEach, rows, loss, optimizer },
    layers: found.fused,
    reduction: settings['reduction'] === 'sum' ? 'sum' : 'mean',
    batch: batchRows(document, rows),
    threshold: losses[type]!.cut?.(config) ?? 0.5
  }
  const parameters = plan.weights.reduce((n, weight) => n + sizeOf(weight.spec.shape), 0)
  const answers = sizedLayers(spec).reduce((n, { units, steps }) => n + units * steps, 0)
  const data = rows * (inputsOf(spec) + outputsOf(spec))
  if (parameters > MOST.weights || answers > MOST.answers || data > MOST.data)
    return beyond('is large, or its data is')
  return { spec, layers: found.layers, answers: found.answers }
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
