import { forward } from '@core/graph/forward'
import type { SettledPlan } from '../step/settled'
import { toShares } from '../step/shares'
import { measureStep, trainStep } from '../step/trainStep'
import type { Phase } from '@core/registry/define'
import type { NetworkPlan } from '@core/graph/plan'
import { attribute, DType, float32 } from '@core/export/tensorflow/graph'
import { fedInputs, inTrace, type ProgramContext, type ProgramInputs } from './program'
import { tracedRandom } from './tracedOps'
import { addUpdates } from './update'
import { addVariable, afterNode, assign, done } from './variables'

/**
 * Keeps what the settled layers answer to `size` rows, in a variable [rows, …shape of the last one's answer]. Fed: rows
 * [size], knobs. Fetched: nothing but the word that it is done. Undefined where some steps of a sequence do not count:
 * that is not kept with the answers.
 */
export function addSettled(
  context: ProgramContext,
  { head, last, tail }: SettledPlan,
  size: number
): { readonly name: string; readonly cleared: string; readonly learning: ProgramContext } | undefined {
  const { graph, plan, configs, dataset } = context
  const name = 'settled'
  const kept = addVariable(graph, `${name}/kept`, [dataset.rows, ...last.shape])
  let masked = false
  inTrace(context, fedInputs(context, name, size), ({ tracer, knobs, x, ops, weights }) => {
    const network = { ...plan.main, nodes: head }
    const pass = forward(network, x, { ops, weights, knobs, configs, random: undefined })
    masked = pass.masks.has(last.id)
    const update = graph.add(
      'ResourceScatterUpdate',
      [kept.handle, `${name}/rows`, tracer.output(pass.outputs.get(last.id)!)],
      { dtype: attribute.type(DType.float), Tindices: attribute.type(DType.int32) }
    )
    done(graph, update, `${name}/done`)
  })
  if (masked) return undefined
  // A variable has to hold something before parts of it can be set.
  const zeros = graph.add('Fill', [graph.integers(...kept.shape), graph.scalar(0)], {
    ...float32,
    index_type: attribute.type(DType.int32)
  })
  return {
    name,
    cleared: done(graph, assign(graph, kept, zeros), `${name}/cleared`),
    learning: {
      ...context,
      plan: tail,
      data: { ...context.data, x: kept },
      dataset: { ...dataset, shape: last.shape, scale: 1 }
    }
  }
}

/**
 * One update of a phase from `size` rows. Fed: rows [size], knobs, step, and with `fed` what the rows show. Fetched: one
 * vector with the sums of losses and right answers and the penalty; all updates hang on it.
 */
export function addTraining(context: ProgramContext, phase: Phase, size: number, fed: boolean): string {
  const { graph, dataset } = context
  const name = `${phase.id}${size}`
  const step = graph.placeholder(`${name}/step`, DType.int32, [])
  const examples = fed
    ? graph.placeholder(`${name}/examples`, DType.float, [size, ...dataset.shape])
    : undefined
  const inputs = { ...fedInputs(context, name, size), examples }
  const { scores, updates } = addUpdate(context, phase, inputs, step)
  graph.add('Identity', [scores, ...updates.map(afterNode)], float32, `${name}/scores`)
  return name
}

/** What tells of an update, and the nodes that make it. */
interface AddedUpdate {
  /** The sums of losses and right answers, and the penalty. */
  readonly scores: string
  readonly updates: readonly string[]
}

/** An update of a phase; `step` places its random numbers. */
export function addUpdate(
  context: ProgramContext,
  phase: Phase,
  inputs: ProgramInputs,
  step: string
): AddedUpdate {
  const { graph, plan, configs, document } = context
  const { scheme, clipping, seed } = document.training
  let added!: AddedUpdate
  inTrace(context, inputs, (traced) => {
    const { tracer, knobs, x, target, objective, ops, weights } = traced
    const random = tracedRandom(graph, tracer, seed, step)
    const made = trainStep(
      { plan, phase, ops, configs, objective, knobs: context.knobs, schemeConfig: scheme.config, clipping },
      { x, target, weights, knobs, random }
    )
    const updates = addUpdates(context, traced, made)
    const told = [made.loss, made.right, made.penalty].map((t) => (t ? tracer.output(t) : graph.scalar(0)))
    const scores = graph.add('Pack', told, { N: attribute.integer(told.length), ...float32 })
    added = { scores, updates }
  })
  return added
}

/**
 * Answers to `size` rows as the network is now. Fed: rows [size], knobs. Fetched: losses and right answers
 * [2, size · positions], which of them count where not all do, the penalty, and what the network says.
 */
export function addEvaluation(context: ProgramContext, size: number): string {
  const { graph, plan, configs, document } = context
  const { scheme, clipping } = document.training
  const name = 'evaluate'
  inTrace(
    context,
    fedInputs(context, name, size),
    ({ tracer, knobs, x, target, objective, ops, weights }) => {
      const phase = plan.scheme.phases[0]!
      const measured = measureStep(
        { plan, phase, ops, configs, objective, knobs: context.knobs, schemeConfig: scheme.config, clipping },
        { x, target, weights, knobs }
      )
      const penalty = objective.penalty(context.knobs.penalties, weights, knobs)
      const pass = forward(plan.main, x, { ops, weights, knobs, configs, random: undefined })
      const told = objective.counts ? toShares(ops, pass, objective) : objective.rows(pass.prediction)
      const out = (output: string, as: string): void => {
        graph.add('Identity', [output], float32, `${name}/${as}`)
      }
      out(tracer.output(measured.losses), 'losses')
      out(measured.right ? tracer.output(measured.right) : graph.scalar(0), 'right')
      out(measured.counted ? tracer.output(measured.counted) : graph.scalar(0), 'counted')
      out(penalty ? tracer.output(penalty) : graph.scalar(0), 'penalty')
      out(tracer.output(told), 'told')
    }
  )
  return name
}

/**
 * What every node answers to `size` examples from outside. Fed: x [size, …shape], knobs, and weights where other
 * ones are wanted than those of the session. Fetched: each node's answers, and of the network that is given the data what it says.
 */
export function addAnswers(context: ProgramContext, network: NetworkPlan, size: number): string {
  const { graph, plan, configs } = context
  const name = `answer${plan.networks.indexOf(network)}`
  const x = graph.placeholder(`${name}/x`, DType.float, [size, ...network.source.shape])
  inTrace(context, fedInputs(context, name), ({ tracer, knobs, objective, ops, weights }) => {
    const stand = tracer.stand(x, [size, ...network.source.shape])
    const pass = forward(network, stand, { ops, weights, knobs, configs, random: undefined })
    for (const [nodeId, tensor] of pass.outputs)
      graph.add('Identity', [tracer.output(tensor)], float32, `${name}/nodes/${nodeId}`)
    if (network !== plan.main || !plan.scheme.compares) return
    const told = objective.counts ? toShares(ops, pass, objective) : objective.rows(pass.prediction)
    graph.add('Identity', [tracer.output(told)], float32, `${name}/told`)
  })
  return name
}
