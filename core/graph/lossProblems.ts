import type { Network } from '../document/schema'
import { activations, layers, losses } from '../registry'
import { fullPart } from '../registry/complete'
import { part, type ActivationDefinition, type LossDefinition } from '../registry/define'
import type { Part } from '../registry/fields'
import type { Fix, Problem } from '../result'
import type { DerivedNode } from './derive'
import type { Target } from './signal'

/* Whether what a network answers, the true answers and the loss go together. */

/** The problems of each output that gets an answer and the true answers. */
export function lossProblems(
  network: Network,
  derived: { readonly [nodeId: string]: DerivedNode }
): Problem[] {
  return Object.entries(network.nodes).flatMap(([nodeId, { type, config }]) => {
    const loss = config['loss'] as Part | undefined
    const { prediction, target } = derived[nodeId]?.inputs ?? {}
    if (layers[type]!.role !== 'sink' || !loss || prediction?.kind !== 'numbers' || target?.kind !== 'target')
      return []
    const from = network.edges.find((e) => e.to.node === nodeId && e.to.port === 'prediction')?.from.node
    const problem =
      wrongAnswers(nodeId, losses[loss.type]!, target) ??
      wrongActivation({
        sink: nodeId,
        loss,
        classes: target.classes,
        outputs: prediction.shape.at(-1) ?? 1,
        last: from === undefined ? undefined : lastActivation(network, from)
      })
    return problem ? [problem] : []
  })
}

/** A loss for classes cannot compare numbers, and the other way round. */
export function wrongAnswers(
  nodeId: string,
  { title, answers }: Pick<LossDefinition, 'title' | 'answers'>,
  { classes }: Target
): Problem | undefined {
  const there = classes === undefined ? 'numbers' : 'classes'
  if (answers === 'both' || answers === there) return undefined
  const other = losses[there === 'numbers' ? 'meanSquaredError' : 'crossEntropy']!
  return {
    code: 'wrong-loss',
    nodeId,
    field: 'loss',
    message: `${title} is for ${answers}, but the true answers are ${there}.`,
    fix: {
      label: `Use ${other.title.toLowerCase()}`,
      edit: { kind: 'setField', nodeId, field: 'loss', value: fullPart('loss', part(other.type)) }
    }
  }
}

/** Who makes the answer: the node, its activation, and whether it is a setting of the node. */
interface Last {
  readonly nodeId: string
  readonly activation: ActivationDefinition
  readonly chosen: boolean
}

/** The activation that gives a node's answers, where it is the last thing that the node does. */
function lastActivation(network: Network, nodeId: string): Last | undefined {
  const { type, config } = network.nodes[nodeId]!
  if (type === 'softmax') return { nodeId, activation: activations['softmax']!, chosen: false }
  const { activation, recurrentActivation } = layers[type]!.fields
  // What a recurrent layer bends inside of its cell is not what it answers.
  if (activation?.kind !== 'part' || recurrentActivation) return undefined
  return { nodeId, activation: activations[(config['activation'] as Part).type]!, chosen: true }
}

interface Answered {
  readonly sink: string
  readonly loss: Part
  readonly classes: number | undefined
  readonly outputs: number
  readonly last: Last | undefined
}

function wrongActivation({ sink, loss, classes, outputs, last }: Answered): Problem | undefined {
  const { title, behind, cut } = losses[loss.type]!
  const setLoss = (value: Part): Fix['edit'] => ({ kind: 'setField', nodeId: sink, field: 'loss', value })
  if (behind && !(last?.activation.logits && behind.includes(last.activation.logits)))
    return {
      code: 'loss-activation',
      nodeId: last?.nodeId ?? sink,
      message: `${title} learns from what goes into a Step, and the last layer has ${last ? last.activation.title : 'none'}.`,
      fix: useActivation(sink, last, 'step')
    }
  if (behind || !last) return undefined
  const { activation } = last
  if (activation.logits === 'step')
    return {
      code: 'no-slope',
      nodeId: last.nodeId,
      message: `A Step has no slope, so ${title} cannot teach this network anything.`,
      fix:
        classes === undefined
          ? useActivation(sink, last, 'linear')
          : { label: 'Use the perceptron rule', edit: setLoss(part('perceptron')) }
    }
  if (loss.config['fromLogits'] === true && activation.logits)
    return {
      code: 'logits-twice',
      nodeId: sink,
      field: 'loss.fromLogits',
      message: `The loss adds ${activation.title} itself, but the last layer has it already.`,
      fix: {
        label: 'Take the answers as they are',
        edit: setLoss({ ...loss, config: { ...loss.config, fromLogits: false } })
      }
    }
  const border = cut?.(loss.config) ?? 0.5
  const [smallest, largest] = activation.range
  if (classes !== undefined && outputs === 1 && (smallest >= border || largest < border))
    return {
      code: 'one-sided',
      nodeId: last.nodeId,
      message: `With ${title} an answer below ${border} means the first class, and ${activation.title} never gives one.`,
      fix: useActivation(sink, last, 'linear')
    }
  return undefined
}

/** Another activation for the answer: as a setting where there is one, else as a layer of its own. */
function useActivation(sink: string, last: Last | undefined, type: string): Fix {
  const { title } = activations[type]!
  if (last?.chosen)
    return {
      label: `Use ${title}`,
      edit: {
        kind: 'setField',
        nodeId: last.nodeId,
        field: 'activation',
        value: fullPart('activation', part(type))
      }
    }
  return {
    label: `Add ${title} before the output`,
    edit: {
      kind: 'insertBefore',
      nodeId: sink,
      port: 'prediction',
      type: 'activation',
      config: { activation: part(type) }
    }
  }
}
