import type { Tensor } from '@tensorflow/tfjs-core'
import { activations } from '../registry'
import type { LossInput, Ops } from '../registry/define'
import type { Config, Part } from '../registry/fields'
import type { NetworkPlan, PlannedNode } from './plan'

/** Tensors by name: weights by full name (node/weight), knobs by theirs. */
export type TensorMap = ReadonlyMap<string, Tensor>

/** The name of the knob of a hot setting. */
export const settingKnob = (nodeId: string, field: string): string => `${nodeId}.${field}`

/** Makes uniform numbers for one node in one step. */
export type NodeRandom = (nodeId: string) => (shape: readonly number[]) => Tensor

/** What one pass through a network needs besides its plan. */
export interface PassContext {
  readonly ops: Ops
  readonly weights: TensorMap
  readonly knobs: TensorMap
  readonly configs: { readonly [nodeId: string]: Config }
  /** Undefined when the network only answers. */
  readonly random: NodeRandom | undefined
  /** Told before a node is computed. */
  readonly before?: (node: PlannedNode) => void
  /** Added to the answers of nodes: zeros, whose slopes are those of the answers. */
  readonly nudges?: TensorMap
}

/** What every node answers, and what went into the activation that made the prediction. */
export interface Pass {
  readonly outputs: ReadonlyMap<string, Tensor>
  readonly prediction: Tensor
  readonly logits: LossInput['logits']
  /** Which steps of a node's answers count, where not all do. */
  readonly masks: TensorMap
  /** Which steps of the prediction count, [batch, steps], where not all do. */
  readonly mask: Tensor | undefined
  /** New values of weights that are not trained. */
  readonly assigned: ReadonlyMap<string, Tensor>
}

/** Computes a network for x [batch, …shape], or for as many examples as are to be drawn from noise. */
export function forward(plan: NetworkPlan, given: Tensor | number, context: PassContext): Pass {
  const { ops } = context
  const x = typeof given === 'number' ? drawn(plan.source, given, context) : given
  const outputs = new Map<string, Tensor>([[plan.source.id, x]])
  const masks = new Map<string, Tensor>()
  const assigned = new Map<string, Tensor>()
  // By the activation's result: a loss may use logits only where nothing came in between.
  const logits = new Map<Tensor, NonNullable<LossInput['logits']>>()
  const activate = ({ type, config }: Part, input: Tensor): Tensor => {
    const definition = activations[type]!
    const result = definition.forward(ops, input, config)
    if (definition.logits) logits.set(result, { kind: definition.logits, tensor: input })
    return result
  }
  for (const node of plan.nodes) {
    if (!node.layer.forward) continue
    const { id, frozen } = node
    context.before?.(node)
    const maskOf = (port: string): Tensor | undefined => masks.get(node.inputs[port]?.node ?? '')
    const passedOn = maskOf(Object.keys(node.inputs)[0] ?? '')
    if (passedOn) masks.set(id, passedOn)
    // A frozen layer answers as it does after training: its moving averages stand still, too.
    const training = context.random !== undefined && !(frozen && node.weights.length > 0)
    const result = node.layer.forward({
      ops,
      config: context.configs[id]!,
      inputs: inputsOf(node, outputs),
      weights: Object.fromEntries(node.weights.map((w) => [w.spec.name, context.weights.get(w.name)!])),
      training,
      hot: (field) => context.knobs.get(settingKnob(id, field))!,
      random: context.random?.(id) ?? noRandom,
      activate,
      assign: (weight, value) => assigned.set(`${id}/${weight}`, value),
      masks: Object.fromEntries(Object.keys(node.inputs).map((port) => [port, maskOf(port)])),
      setMask: (mask) => (mask ? masks.set(id, mask) : masks.delete(id))
    })
    const nudge = context.nudges?.get(id)
    outputs.set(id, nudge ? ops.add(result, nudge) : result)
  }
  const last = plan.sink.inputs['prediction']!.node
  const prediction = outputs.get(last)!
  return { outputs, prediction, logits: logits.get(prediction), masks, mask: masks.get(last), assigned }
}

function drawn({ id, layer }: PlannedNode, rows: number, { ops, configs, random }: PassContext): Tensor {
  return layer.draw!({ ops, config: configs[id]!, rows, random: random?.(id) ?? noRandom })
}

function inputsOf(node: PlannedNode, outputs: ReadonlyMap<string, Tensor>): { [port: string]: Tensor } {
  return Object.fromEntries(
    Object.entries(node.inputs).map(([port, from]) => [port, outputs.get(from.node)!])
  )
}

function noRandom(): never {
  throw new Error('A layer asked for random numbers outside of training.')
}
