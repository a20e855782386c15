import * as tf from '@tensorflow/tfjs-core'
import type { Dataset } from '@core/data/dataset'
import type { Document } from '@core/document/schema'
import { sizeOf } from '@core/graph/signal'
import { constraints, optimizers } from '@core/registry'
import type { Config } from '@core/registry/fields'
import type { NetworkPlan, SystemPlan } from '../plan'
import { forward, type TensorMap } from '../step/forward'
import { optimizerKnob, type Knobs } from '../step/knobs'
import { toShares } from '../step/shares'
import { Objective } from '../step/objective'
import { measureStep, trainStep, type StepOutput } from '../step/trainStep'
import type { Ops, Phase } from '@core/registry/define'
import { addVariable, afterNode, assign, type Variable } from './variables'
import { attribute, DType, type Graph } from './graph'
import { Tracer } from './trace'
import { tracedOps, tracedRandom } from './tracedOps'

const float = { T: attribute.type(DType.float) }

/** What all programs of a network are made from. */
export interface ProgramContext {
  readonly graph: Graph
  readonly ops: Ops
  readonly plan: SystemPlan
  readonly document: Document
  readonly dataset: Dataset
  readonly knobs: Knobs
  readonly configs: { readonly [nodeId: string]: Config }
  /** By full weight name. */
  readonly weights: ReadonlyMap<string, Variable>
  /** By weight/slot. */
  readonly slots: ReadonlyMap<string, Variable>
  readonly data: DataVariables
}

/** The data set, living in the session. */
export interface DataVariables {
  readonly x: Variable
  /** Undefined where the answer is the example itself. */
  readonly y: Variable | undefined
}

/** Puts the data set into variables: bytes stay bytes. */
export function dataVariables(graph: Graph, { x, y, rows, shape, target }: Dataset): DataVariables {
  const bytes = x instanceof Uint8Array
  return {
    x: addVariable(graph, 'data/x', [rows, ...shape], bytes ? DType.uint8 : DType.float),
    y:
      y &&
      addVariable(
        graph,
        'data/y',
        [rows, sizeOf(target.shape)],
        y instanceof Int32Array ? DType.int32 : DType.float
      )
  }
}

/**
 * One update of a phase from `size` rows. Fed: rows [size], knobs, step. Fetched: one vector with the sums of losses and right
 * answers and the penalty; all updates hang on it.
 */
export function addTraining(context: ProgramContext, phase: Phase, size: number): string {
  const { graph } = context
  const name = `${phase.id}${size}`
  const step = graph.placeholder(`${name}/step`, DType.int32, [])
  inTrace(context, name, size, (traced) => {
    const { tracer, knobs, x, target, objective, ops } = traced
    const { plan, configs, document } = context
    const { scheme, clipping } = document.training
    const random = tracedRandom(graph, tracer, document.training.seed, step)
    const made = trainStep(
      { plan, phase, ops, configs, objective, knobs: context.knobs, schemeConfig: scheme.config, clipping },
      { x, target, weights: traced.weights, knobs, random }
    )
    const updates = addUpdates(context, traced, made)
    const zero = graph.scalar(0)
    const told = [made.loss, made.right, made.penalty].map((t) => (t ? tracer.output(t) : zero))
    const scores = graph.add('Pack', told, { N: attribute.integer(told.length), ...float })
    graph.add('Identity', [scores, ...updates.map(afterNode)], float, `${name}/scores`)
  })
  return name
}

/** Puts new values into weights and slots, once every gradient is known. Answers with the nodes that do it. */
function addUpdates(
  { graph, plan, document, weights, slots }: ProgramContext,
  traced: Traced,
  step: StepOutput
): string[] {
  const { tracer, knobs, ops } = traced
  const { type, config } = document.training.optimizer
  const rule = optimizers[type]!
  const kernel = rule.kernel?.(config)
  const gradients = [...step.gradients].map(([name, tensor]) => [name, tracer.output(tensor)] as const)
  // A weight that is changed while somebody still reads it is copied first; waiting is cheaper.
  const barrier = [...new Set(gradients.map(([, output]) => afterNode(output)))]
  const updates: string[] = []
  for (const [name, gradient] of gradients) {
    const variable = weights.get(name)!
    const constraint = plan.trained.find((w) => w.name === name)!.spec.constraint
    const held = constraint && constraint.type !== 'none' ? constraint : undefined
    const holdTo = (value: tf.Tensor): tf.Tensor =>
      held ? constraints[held.type]!.apply(ops, value, held.config) : value
    const slotNames = Object.keys(rule.slots(config))
    if (kernel) {
      const input = (from: string | number): string => {
        if (typeof from === 'number') return graph.scalar(from)
        if (from === 'weight') return variable.handle
        if (from === 'gradient') return gradient
        const [kind, key] = from.split(':') as [string, string]
        return kind === 'slot'
          ? slots.get(`${name}/${key}`)!.handle
          : tracer.output(knobs.get(optimizerKnob(key))!)
      }
      const flags = Object.entries(kernel.flags ?? {}).map(([k, v]) => [k, attribute.bool(v)] as const)
      const update = graph.add(kernel.op, [...kernel.inputs.map(input), ...barrier], {
        ...float,
        ...Object.fromEntries(flags)
      })
      if (!held) updates.push(update)
      else {
        const after = graph.add('ReadVariableOp', [variable.handle, `^${update}`], {
          dtype: attribute.type(DType.float)
        })
        const value = holdTo(tracer.stand(after, variable.shape))
        updates.push(assign(graph, variable, tracer.output(value)))
      }
    } else {
      const numbers = Object.keys(rule.numbers(config, 1, 1))
      const next = rule.update({
        ops,
        config,
        numbers: Object.fromEntries(numbers.map((n) => [n, knobs.get(optimizerKnob(n))!])),
        value: traced.weights.get(name)!,
        gradient: step.gradients.get(name)!,
        slots: Object.fromEntries(
          slotNames.map((slot) => {
            const { read, shape } = slots.get(`${name}/${slot}`)!
            return [slot, tracer.stand(read, shape)]
          })
        )
      })
      updates.push(assign(graph, variable, tracer.output(holdTo(next.value)), barrier))
      for (const slot of slotNames) {
        const value = next.slots[slot]
        const remembered = slots.get(`${name}/${slot}`)!
        // What it becomes need not come from what it was: then nothing else would make it wait to be read.
        const read = [...barrier, afterNode(remembered.read)]
        if (value) updates.push(assign(graph, remembered, tracer.output(value), read))
      }
    }
  }
  for (const [name, tensor] of step.assigned)
    updates.push(assign(graph, weights.get(name)!, tracer.output(tensor), barrier))
  return updates
}

/**
 * Answers to `size` rows as the network is now. Fed: rows [size], knobs. Fetched: losses and right answers
 * [2, size · positions], the penalty, and what the network says.
 */
export function addEvaluation(context: ProgramContext, size: number): string {
  const { graph, plan, configs, document } = context
  const { scheme, clipping } = document.training
  const name = 'evaluate'
  inTrace(context, name, size, ({ tracer, knobs, x, target, objective, ops, weights }) => {
    const phase = plan.scheme.phases[0]!
    const measured = measureStep(
      { plan, phase, ops, configs, objective, knobs: context.knobs, schemeConfig: scheme.config, clipping },
      { x, target, weights, knobs }
    )
    const penalty = objective.penalty(context.knobs.penalties, weights, knobs)
    const pass = forward(plan.main, x, { ops, weights, knobs, configs, random: undefined })
    const told = objective.counts ? toShares(ops, pass, objective) : objective.rows(pass.prediction)
    const out = (output: string, as: string): void => {
      graph.add('Identity', [output], float, `${name}/${as}`)
    }
    out(tracer.output(measured.losses), 'losses')
    out(measured.right ? tracer.output(measured.right) : graph.scalar(0), 'right')
    out(penalty ? tracer.output(penalty) : graph.scalar(0), 'penalty')
    out(tracer.output(told), 'told')
  })
  return name
}

/**
 * What every node answers to `size` examples from outside. Fed: x [size, …shape], knobs, and weights where other
 * ones are wanted than those of the session. Fetched: each node's answers, and the shares of the classes.
 */
export function addAnswers(context: ProgramContext, network: NetworkPlan, size: number): string {
  const { graph, plan, configs } = context
  const name = `answer${plan.networks.indexOf(network)}`
  const x = graph.placeholder(`${name}/x`, DType.float, [size, ...network.source.shape])
  inTrace(context, name, undefined, ({ tracer, knobs, objective, ops, weights }) => {
    const stand = tracer.stand(x, [size, ...network.source.shape])
    const pass = forward(network, stand, { ops, weights, knobs, configs, random: undefined })
    for (const [nodeId, tensor] of pass.outputs)
      graph.add('Identity', [tracer.output(tensor)], float, `${name}/nodes/${nodeId}`)
    if (objective.counts)
      graph.add('Identity', [tracer.output(toShares(ops, pass, objective))], float, `${name}/shares`)
  })
  return name
}

interface Traced {
  readonly tracer: Tracer
  readonly ops: Ops
  readonly objective: Objective
  readonly weights: TensorMap
  readonly knobs: TensorMap
  readonly x: tf.Tensor
  readonly target: tf.Tensor | undefined
}

/** Runs `work` with tensors that stand for weights, knobs and, where a size is given, rows of the data set. */
function inTrace(
  context: ProgramContext,
  name: string,
  size: number | undefined,
  work: (traced: Traced) => void
): void {
  const { graph, plan, knobs, weights, document, dataset } = context
  const tracer = new Tracer(graph)
  const ops = tracedOps(graph, tracer, context.ops)
  const objective = new Objective(plan, ops, document, dataset)
  tracer.run(() =>
    tf.tidy(() => {
      const rows = size === undefined ? undefined : addRows(context, name, size, objective)
      const none = tf.zeros([0])
      work({
        tracer,
        ops,
        objective,
        weights: new Map([...weights].map(([key, { read, shape }]) => [key, tracer.stand(read, shape)])),
        knobs: new Map(
          knobOutputs(graph, name, knobs).map(([key, output]) => [key, tracer.stand(output, [])])
        ),
        x: rows ? tracer.stand(rows.x, [size!, ...dataset.shape]) : none,
        target:
          rows?.target === undefined
            ? undefined
            : tracer.stand(rows.target, [size! * objective.positions, objective.outputs])
      })
    })
  )
}

/** The knobs come as one vector. */
function knobOutputs(graph: Graph, name: string, knobs: Knobs): [string, string][] {
  const { names } = knobs
  const fed = graph.placeholder(`${name}/knobs`, DType.float, [names.length])
  if (names.length === 0) return []
  const apart = graph.add('Unpack', [fed], {
    num: attribute.integer(names.length),
    axis: attribute.integer(0),
    ...float
  })
  return names.map((key, i) => [key, i === 0 ? apart : `${apart}:${i}`])
}

/** Examples and answers of the rows that are fed, as floats. */
function addRows(
  { graph, data, dataset, plan }: ProgramContext,
  name: string,
  size: number,
  { outputs }: Objective
): { x: string; target: string | undefined } {
  const rows = graph.placeholder(`${name}/rows`, DType.int32, [size])
  const gather = ({ read, type }: Variable): string =>
    graph.add('GatherV2', [read, rows, graph.integer(0)], {
      Tparams: attribute.type(type),
      Tindices: attribute.type(DType.int32),
      Taxis: attribute.type(DType.int32),
      batch_dims: attribute.integer(0)
    })
  const toFloat = (output: string, from: number): string =>
    from === DType.float
      ? output
      : graph.add('Cast', [output], { SrcT: attribute.type(from), DstT: attribute.type(DType.float) })
  const reshape = (output: string, type: number, ...shape: number[]): string =>
    graph.add('Reshape', [output, graph.integers(...shape)], {
      T: attribute.type(type),
      Tshape: attribute.type(DType.int32)
    })
  const raw = toFloat(gather(data.x), data.x.type)
  const x = dataset.scale === 1 ? raw : graph.add('Mul', [raw, graph.scalar(dataset.scale)], float)
  if (!plan.scheme.compares) return { x, target: undefined }
  if (!data.y) return { x, target: reshape(x, DType.float, -1, outputs) }
  const y = gather(data.y)
  if (dataset.target.classes === undefined || outputs === 1)
    return { x, target: reshape(toFloat(y, data.y.type), DType.float, -1, outputs) }
  const flat = reshape(y, DType.int32, -1)
  const target = graph.add('OneHot', [flat, graph.integer(outputs), graph.scalar(1), graph.scalar(0)], {
    ...float,
    TI: attribute.type(DType.int32),
    axis: attribute.integer(-1)
  })
  return { x, target }
}
