import * as tf from '@tensorflow/tfjs-core'
import type { Dataset } from '@core/data/dataset'
import type { Document } from '@core/document/schema'
import { sizeOf } from '@core/graph/signal'
import type { Ops } from '@core/registry/define'
import type { Config } from '@core/registry/fields'
import type { SystemPlan } from '@core/graph/plan'
import type { TensorMap } from '@core/graph/forward'
import type { Knobs } from '../step/knobs'
import { Objective } from '../step/objective'
import { attribute, DType, float32, type Graph } from '@core/export/tensorflow/graph'
import { Tracer } from './trace'
import { tracedOps } from './tracedOps'
import { addVariable, type Variable } from './variables'

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

/** What stands for a program's inputs while it is written down. */
export interface Traced {
  readonly tracer: Tracer
  readonly ops: Ops
  readonly objective: Objective
  readonly weights: TensorMap
  readonly knobs: TensorMap
  readonly x: tf.Tensor
  readonly target: tf.Tensor | undefined
}

/** Where a program finds what it works on, as outputs of the graph. */
export interface ProgramInputs {
  /** A vector with all knobs. */
  readonly knobs: string
  /** Numbers of rows of the data set. */
  readonly rows?: { readonly output: string; readonly size: number }
  /** What these rows show, in the place of what the data set has for them. */
  readonly examples?: string | undefined
}

/** Inputs that are fed: `name`/knobs and `name`/rows, where a size is given. */
export function fedInputs({ graph, knobs }: ProgramContext, name: string, size?: number): ProgramInputs {
  return {
    knobs: graph.placeholder(`${name}/knobs`, DType.float, [knobs.names.length]),
    ...(size === undefined
      ? {}
      : { rows: { output: graph.placeholder(`${name}/rows`, DType.int32, [size]), size } })
  }
}

/** Runs `work` with tensors that stand for weights, knobs and, where there are rows, examples and their answers. */
export function inTrace(
  context: ProgramContext,
  inputs: ProgramInputs,
  work: (traced: Traced) => void
): void {
  const { graph, plan, knobs, weights, document, dataset } = context
  const size = inputs.rows?.size
  const tracer = new Tracer(graph)
  const ops = tracedOps(graph, tracer, context.ops)
  const objective = new Objective(plan, ops, document, dataset)
  tracer.run(() =>
    tf.tidy(() => {
      const rows = inputs.rows && addRows(context, inputs.rows.output, objective, inputs.examples)
      const none = tf.zeros([0])
      work({
        tracer,
        ops,
        objective,
        weights: new Map([...weights].map(([key, { read, shape }]) => [key, tracer.stand(read, shape)])),
        knobs: new Map(
          knobOutputs(graph, inputs.knobs, knobs).map(([key, output]) => [key, tracer.stand(output, [])])
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
function knobOutputs(graph: Graph, vector: string, { names }: Knobs): [string, string][] {
  if (names.length === 0) return []
  const apart = graph.add('Unpack', [vector], {
    num: attribute.integer(names.length),
    axis: attribute.integer(0),
    ...float32
  })
  return names.map((key, i) => [key, i === 0 ? apart : `${apart}:${i}`])
}

/** Examples and answers of rows, as floats. */
function addRows(
  { graph, data, dataset, plan }: ProgramContext,
  rows: string,
  { outputs }: Objective,
  examples: string | undefined
): { x: string; target: string | undefined } {
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
  const gathered = (): string => {
    const raw = toFloat(gather(data.x), data.x.type)
    return dataset.scale === 1 ? raw : graph.add('Mul', [raw, graph.scalar(dataset.scale)], float32)
  }
  const x = examples ?? gathered()
  if (!plan.scheme.compares) return { x, target: undefined }
  if (!data.y) return { x, target: reshape(x, DType.float, -1, outputs) }
  const y = gather(data.y)
  if (dataset.target.classes === undefined || outputs === 1)
    return { x, target: reshape(toFloat(y, data.y.type), DType.float, -1, outputs) }
  const flat = reshape(y, DType.int32, -1)
  const target = graph.add('OneHot', [flat, graph.integer(outputs), graph.scalar(1), graph.scalar(0)], {
    ...float32,
    TI: attribute.type(DType.int32),
    axis: attribute.integer(-1)
  })
  return { x, target }
}
