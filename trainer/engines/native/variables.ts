import { attribute, DType, type DTypeNumber, type Graph } from '@core/export/tensorflow/graph'

/** A variable of a session: its handle, what reads it, and what sets it. */
export interface Variable {
  readonly handle: string
  /** Reads it as it is at the beginning of a run. Feeding this node puts another value in its place. */
  readonly read: string
  /** Placeholder with the value that fetching `set` puts into it. */
  readonly fed: string
  readonly set: string
  readonly type: DTypeNumber
  readonly shape: readonly number[]
}

/** Adds a variable. Its name is unique in the graph. */
export function addVariable(
  graph: Graph,
  name: string,
  shape: readonly number[],
  type: DTypeNumber = DType.float
): Variable {
  const dtype = { dtype: attribute.type(type) }
  const handle = graph.add(
    'VarHandleOp',
    [],
    { ...dtype, shape: attribute.shape(shape), shared_name: attribute.text(name) },
    name
  )
  const read = graph.add('ReadVariableOp', [handle], dtype, `${name}/read`)
  const fed = graph.placeholder(`${name}/fed`, type, shape)
  // What is fed is memory of JavaScript, which only its own thread may let go of. A variable lets go of its old value on
  // whichever thread gives it a new one, so it gets a copy.
  const copy = graph.add('DeepCopy', [fed], { T: attribute.type(type) }, `${name}/copy`)
  const assigned = graph.add('AssignVariableOp', [handle, copy], dtype, `${name}/assign`)
  return { handle, read, fed, set: done(graph, assigned, `${name}/set`), type, shape }
}

/** A node of this name to fetch so that another is run: a run can fetch values only, so what it should do hangs on one. */
export function done(graph: Graph, node: string, name: string): string {
  return graph.add('Identity', [graph.integer(0), `^${node}`], { T: attribute.type(DType.int32) }, name)
}

/** Sets a float variable to an output, after all of `after`. Answers with the node that does it. */
export function assign(
  graph: Graph,
  variable: Variable,
  output: string,
  after: readonly string[] = []
): string {
  return graph.add('AssignVariableOp', [variable.handle, output, ...after], {
    dtype: attribute.type(variable.type)
  })
}

/** The control input that waits for the node of an output: "Relu_3:1" → "^Relu_3". */
export const afterNode = (output: string): string => `^${output.split(':')[0]!}`
