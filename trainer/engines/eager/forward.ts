import type { Tensor } from '@tensorflow/tfjs-core'
import { activations } from '@core/registry'
import type { LossInput, Ops } from '@core/registry/define'
import type { Config, Part } from '@core/registry/fields'
import type { NetworkPlan, PlannedNode } from '../plan'

/** Weights by full name (node/weight). */
export type WeightMap = ReadonlyMap<string, Tensor>

/** What one pass through a network needs besides its plan. */
export interface PassContext {
  readonly ops: Ops
  readonly weights: WeightMap
  readonly configs: { readonly [nodeId: string]: Config }
  /** The number of the step that random numbers belong to; undefined when the network only answers. */
  readonly random: ((nodeId: string) => (shape: readonly number[]) => Tensor) | undefined
}

/** What every node answers, and what went into the activation that made the prediction. */
export interface Pass {
  readonly outputs: ReadonlyMap<string, Tensor>
  readonly prediction: Tensor
  readonly logits: LossInput['logits']
}

/** Computes a network for x [batch, features]. */
export function forward(plan: NetworkPlan, x: Tensor, context: PassContext): Pass {
  const { ops } = context
  const outputs = new Map<string, Tensor>([[plan.source.id, x]])
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
    outputs.set(
      node.id,
      node.layer.forward({
        ops,
        config: context.configs[node.id]!,
        inputs: inputsOf(node, outputs),
        weights: Object.fromEntries(node.weights.map((w) => [w.spec.name, context.weights.get(w.name)!])),
        training: context.random !== undefined,
        random: context.random?.(node.id) ?? noRandom,
        activate
      })
    )
  }
  const prediction = outputs.get(plan.sink.inputs['prediction']!.node)!
  return { outputs, prediction, logits: logits.get(prediction) }
}

function inputsOf(node: PlannedNode, outputs: ReadonlyMap<string, Tensor>): { [port: string]: Tensor } {
  return Object.fromEntries(
    Object.entries(node.inputs).map(([port, from]) => [port, outputs.get(from.node)!])
  )
}

function noRandom(): never {
  throw new Error('A layer asked for random numbers outside of training.')
}
