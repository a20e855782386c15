import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Document } from '@core/document/schema'
import { clippings } from '@core/registry'
import type { Ops, Phase, PhaseContext, PhasePass } from '@core/registry/define'
import type { Config, Part } from '@core/registry/fields'
import type { NetworkPlan, SystemPlan } from '@core/graph/plan'
import { forward, type NodeRandom, type Pass, type TensorMap } from '@core/graph/forward'
import type { Knobs } from './knobs'
import type { Objective } from './objective'

/** A project's networks with everything about their training that stays the same from step to step. */
export interface StepPlan {
  readonly plan: SystemPlan
  readonly phase: Phase
  readonly ops: Ops
  readonly configs: { readonly [nodeId: string]: Config }
  readonly schemeConfig: Config
  readonly objective: Objective
  readonly knobs: Knobs
  readonly clipping: Part
}

/** What goes into one step. */
export interface StepInput {
  /** [batch, …shape] */
  readonly x: Tensor
  /** [batch · positions, outputs]; undefined where nothing is compared. */
  readonly target: Tensor | undefined
  readonly weights: TensorMap
  readonly knobs: TensorMap
  readonly random: NodeRandom
}

/** What comes out of it, before any weight has changed. Scalars are sums over the batch's answers. */
export interface StepOutput {
  readonly loss: Tensor
  readonly right: Tensor | undefined
  readonly penalty: Tensor | undefined
  /** By weight, with the penalty's, clipped: of all weights that learn in this phase. */
  readonly gradients: TensorMap
  /** New values of weights that are not trained. */
  readonly assigned: TensorMap
}

/** The slopes of a step's minimised number, as they come: without penalties, not clipped. */
export interface Slopes extends Pick<StepOutput, 'loss' | 'right' | 'assigned'> {
  /** In the order of the weights that learn in this phase. */
  readonly raw: readonly Tensor[]
  /** Those for what was added to nodes' answers, in its order: of the answers themselves. */
  readonly nudged: readonly Tensor[]
}

/** Forward, loss and its gradients; `nudges` are added to the answers of nodes. Call inside of tidy. */
export function slopesOf(step: StepPlan, input: StepInput, nudges: TensorMap = new Map()): Slopes {
  const { plan, phase, ops } = step
  const nodes = [...nudges.keys()]
  const names = plan.networks[phase.learns]!.trained.map(({ name }) => name)
  let told: { loss: Tensor; right: Tensor | undefined; assigned: Map<string, Tensor> } | undefined
  const minimised = (...values: Tensor[]): tf.Scalar => {
    const weights = new Map([...input.weights, ...names.map((name, i) => [name, values[i]!] as const)])
    const added = new Map(nodes.map((id, i) => [id, values[names.length + i]!]))
    const assigned = new Map<string, Tensor>()
    const outcome = phase.make(phaseContext(step, { ...input, weights }, assigned, added))
    // What leaves the tape has to be kept from being tidied away with it.
    told = {
      loss: tf.keep(ops.clone(outcome.loss)),
      right: outcome.right && tf.keep(ops.clone(outcome.right)),
      assigned: new Map([...assigned].map(([name, value]) => [name, tf.keep(ops.clone(value))]))
    }
    return outcome.minimised as tf.Scalar
  }
  const slopes = gradientsOf(minimised, [
    ...names.map((name) => input.weights.get(name)!),
    ...nudges.values()
  ])
  const { loss, right, assigned } = told!
  return {
    loss: owned(loss),
    right: right && owned(right),
    assigned: new Map([...assigned].map(([name, value]) => [name, owned(value)])),
    raw: slopes.slice(0, names.length),
    nudged: slopes.slice(names.length)
  }
}

/**
 * One step of training as operations on tensors: forward, loss, gradients, penalties, clipping. The one definition
 * of a step: an engine runs it operation by operation, or once to write it down as a graph. Call inside of tidy.
 */
export function trainStep(step: StepPlan, input: StepInput): StepOutput {
  const { plan, phase, ops, objective, knobs, clipping } = step
  const names = plan.networks[phase.learns]!.trained.map(({ name }) => name)
  const { loss, right, assigned, raw } = slopesOf(step, input)
  const penalties = knobs.penalties.filter(({ weight }) => names.includes(weight))
  const penalized = names.map((name, i) => {
    const penalty = penalties.find(({ weight }) => weight === name)
    return penalty ? objective.withPenalty(penalty, input.weights.get(name)!, raw[i]!, input.knobs) : raw[i]!
  })
  const clipped = clippings[clipping.type]!.apply(ops, penalized, clipping.config)
  return {
    loss,
    right,
    penalty: objective.penalty(penalties, input.weights, input.knobs),
    gradients: new Map(names.map((name, i) => [name, clipped[i]!])),
    assigned
  }
}

/** What a phase sees of a step; what its passes put into weights that are not trained goes to `assigned`. */
function phaseContext(
  step: StepPlan,
  input: StepInput,
  assigned: Map<string, Tensor>,
  nudges: TensorMap
): PhaseContext {
  const { plan, ops, configs, schemeConfig, objective } = step
  const { x, target, weights, knobs } = input
  const random = onePerNode(input.random)
  const passes = new Map<PhasePass, Pass>()
  return {
    ops,
    config: schemeConfig,
    x,
    run: (network, given) => {
      const examples = given ?? x.shape[0]!
      const pass = forward(plan.networks[network]!, examples, {
        ...{ ops, weights, knobs, configs, random, nudges }
      })
      for (const [name, value] of pass.assigned) assigned.set(name, value)
      passes.set(pass, pass)
      return pass
    },
    weightsOf: (type) => weightsOfLayer(plan, type, weights),
    random: random('step'),
    compare: (told) => {
      const pass = passes.get(told)!
      const counted = objective.counted(pass)
      const loss = objective.total(objective.perAnswer(pass, target!), counted)
      const hits = objective.right(pass, target!)
      const right = hits && (counted ? ops.mul(ops.sum(hits), objective.spread(counted)) : ops.sum(hits))
      return {
        minimised: ops.mul(loss, objective.share(x.shape[0]!)),
        loss,
        right
      }
    }
  }
}

/** A network that runs twice in a step draws on, instead of the same numbers again. */
function onePerNode(random: NodeRandom): NodeRandom {
  const begun = new Map<string, ReturnType<NodeRandom>>()
  return (nodeId) => {
    const found = begun.get(nodeId) ?? random(nodeId)
    begun.set(nodeId, found)
    return found
  }
}

/** The weights of the first layer of a type. */
export function weightsOfLayer(
  plan: SystemPlan,
  type: string,
  weights: TensorMap
): { readonly [name: string]: Tensor } {
  const node = plan.nodes.find(({ layer }) => layer.type === type)
  if (!node) throw new Error(`No network has a layer of the type ${type}.`)
  return Object.fromEntries(node.weights.map(({ name, spec }) => [spec.name, weights.get(name)!]))
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

/** The phase of a step, steps counted from 0. */
export function phaseOf({ scheme }: SystemPlan, document: Document, step: number): Phase {
  const id = scheme.phaseAt(document.training.scheme.config, step)
  return scheme.phases.find((phase) => phase.id === id)!
}

/** The loss of each answer as the networks are now, and where there is right or wrong a 1 for each right one. */
export function measureStep(
  step: StepPlan,
  input: Omit<StepInput, 'random'>
): {
  readonly losses: Tensor
  readonly right: Tensor | undefined
  /** Which of the answers count, where not all do. */
  readonly counted: Tensor | undefined
} {
  const { plan, ops, configs, objective, schemeConfig } = step
  const { x, target, weights, knobs } = input
  const run = (network: NetworkPlan, given: Tensor | number): Pass =>
    forward(network, given, { ops, weights, knobs, configs, random: undefined })
  if (plan.scheme.compares) {
    const pass = run(plan.main, x)
    return {
      losses: objective.perAnswer(pass, target!),
      right: objective.right(pass, target!),
      counted: objective.counted(pass)
    }
  }
  const losses = plan.scheme.measure!({
    ops,
    config: schemeConfig,
    x,
    run: (network, given) => run(plan.networks[network]!, given ?? x.shape[0]!),
    weightsOf: (type) => weightsOfLayer(plan, type, weights)
  })
  return { losses, right: undefined, counted: undefined }
}
