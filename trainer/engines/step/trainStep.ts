import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { clippings } from '@core/registry'
import type { Ops } from '@core/registry/define'
import type { Config, Part } from '@core/registry/fields'
import type { NetworkPlan } from '../plan'
import { forward, type NodeRandom, type TensorMap } from './forward'
import type { Knobs } from './knobs'
import type { Objective } from './objective'

/** A network with everything about its training that stays the same from step to step. */
export interface StepPlan {
  readonly plan: NetworkPlan
  readonly ops: Ops
  readonly configs: { readonly [nodeId: string]: Config }
  readonly objective: Objective
  readonly knobs: Knobs
  readonly clipping: Part
}

/** What goes into one step. */
export interface StepInput {
  /** [batch, …shape] */
  readonly x: Tensor
  /** [batch · positions, outputs] */
  readonly target: Tensor
  readonly weights: TensorMap
  readonly knobs: TensorMap
  readonly random: NodeRandom
}

/** What comes out of it, before any weight has changed. Scalars are sums over the batch's answers. */
export interface StepOutput {
  readonly loss: Tensor
  readonly right: Tensor | undefined
  readonly penalty: Tensor | undefined
  /** By weight, with the penalty's, clipped: of all weights that learn. */
  readonly gradients: TensorMap
  /** New values of weights that are not trained. */
  readonly assigned: TensorMap
}

/**
 * One step of training as operations on tensors: forward, loss, gradients, penalties, clipping. The one definition
 * of a step: an engine runs it operation by operation, or once to write it down as a graph. Call inside of tidy.
 */
export function trainStep(step: StepPlan, input: StepInput): StepOutput {
  const { plan, ops, configs, objective, knobs, clipping } = step
  const names = plan.trained.map(({ name }) => name)
  let told: { loss: Tensor; right: Tensor | undefined; assigned: Map<string, Tensor> } | undefined
  const minimised = (...values: Tensor[]): tf.Scalar => {
    const weights = new Map([...input.weights, ...values.map((v, i) => [names[i]!, v] as const)])
    const pass = forward(plan, input.x, { ops, weights, knobs: input.knobs, configs, random: input.random })
    const loss = ops.sum(objective.perAnswer(pass, input.target))
    const right = objective.right(pass, input.target)
    // What leaves the tape has to be kept from being tidied away with it.
    told = {
      loss: tf.keep(ops.clone(loss)),
      right: right && tf.keep(ops.sum(right)),
      assigned: new Map([...pass.assigned].map(([name, value]) => [name, tf.keep(ops.clone(value))]))
    }
    return ops.mul(loss, objective.share(input.x.shape[0]!)) as tf.Scalar
  }
  const values = names.map((name) => input.weights.get(name)!)
  const raw = gradientsOf(minimised, values)
  const { loss, right, assigned } = told!
  const penalized = names.map((name, i) => {
    const penalty = knobs.penalties.find(({ weight }) => weight === name)
    return penalty ? objective.withPenalty(penalty, values[i]!, raw[i]!, input.knobs) : raw[i]!
  })
  const clipped = clippings[clipping.type]!.apply(ops, penalized, clipping.config)
  return {
    loss: owned(loss),
    right: right && owned(right),
    penalty: objective.penalty(knobs.penalties, input.weights, input.knobs),
    gradients: new Map(names.map((name, i) => [name, clipped[i]!])),
    assigned: new Map([...assigned].map(([name, value]) => [name, owned(value)]))
  }
}

/** Gradients of a scalar; zeros for what has no part in it. */
function gradientsOf(f: (...values: Tensor[]) => tf.Scalar, values: Tensor[]): Tensor[] {
  if (values.length === 0) {
    f()
    return []
  }
  const { grads } = tf.engine().gradients(() => f(...values), values, undefined, true)
  return values.map((value, i) => (grads[i] as Tensor | undefined) ?? tf.zerosLike(value))
}

/** A kept tensor handed to the tidy around the step. */
function owned(kept: Tensor): Tensor {
  const mine = tf.clone(kept)
  kept.dispose()
  return mine
}
