import type { Phase } from '@core/registry/define'
import { attribute, DType, float32, type DTypeNumber } from '@core/export/tensorflow/graph'
import type { ProgramContext } from './program'
import { addUpdate } from './programs'
import { addVariable, afterNode, assign, type Variable } from './variables'

/** Updates in one call at most. */
export const MOST_STEPS = 64
/** Numbers that tell of an update. */
export const TOLD = 3

const int32 = { T: attribute.type(DType.int32) }

/**
 * Some updates of a phase in a row, each from `size` rows: what a call into TensorFlow costs is paid once for all of
 * them. A loop as TensorFlow 1 writes it, of Enter, Merge, Switch, NextIteration and Exit (Yu et al. 2018, Dynamic
 * Control Flow in Large-Scale Machine Learning). Fed: how many, at most `MOST_STEPS`; rows [many, size]; knobs [many,
 * knobs]; the number of the first step. Fetched: [MOST_STEPS, TOLD], a line an update as in `addTraining`, kept in a
 * variable because nothing can be fetched from within a loop.
 */
export function addSteps(context: ProgramContext, phase: Phase, size: number): string {
  const { graph, knobs, data } = context
  const name = `${phase.id}${size}`
  const told = addVariable(graph, `${name}/told`, [MOST_STEPS, TOLD])

  const enter = (output: string, type: DTypeNumber, changes = false): string =>
    graph.add('Enter', [output], {
      T: attribute.type(type),
      frame_name: attribute.text(name),
      is_constant: attribute.bool(!changes),
      parallel_iterations: attribute.integer(1)
    })
  const fed = (what: string, type: DTypeNumber, dims: readonly number[]): string =>
    enter(graph.placeholder(`${name}/${what}`, type, dims), type)
  const many = fed('many', DType.int32, [])
  const first = fed('step', DType.int32, [])
  const rows = fed('rows', DType.int32, [-1, size])
  const settings = fed('knobs', DType.float, [-1, knobs.names.length])
  const handle = ({ handle: outside }: Variable): string => enter(outside, DType.resource)

  // A variable has to hold something before a line of it can be set.
  const blank = graph.add('Fill', [graph.integers(...told.shape), graph.scalar(0)], {
    ...float32,
    index_type: attribute.type(DType.int32)
  })
  const ready = graph.add('Identity', [graph.integer(0), afterNode(assign(graph, told, blank))], int32)
  const start = enter(ready, DType.int32, true)
  const next = `${name}/next`
  const count = graph.add('Merge', [start, next], { ...int32, N: attribute.integer(2) })
  const goesOn = graph.add('LoopCond', [graph.add('Less', [count, many], int32)])
  const either = graph.add('Switch', [count, goesOn], int32)
  const index = graph.add('Identity', [`${either}:1`], int32)

  graph.within(index, () => {
    const read = (variable: Variable): Variable => {
      const own = handle(variable)
      const dtype = { dtype: attribute.type(variable.type) }
      // Waits for the updates of the round before.
      return { ...variable, handle: own, read: graph.add('ReadVariableOp', [own, `^${index}`], dtype) }
    }
    const inside = (variables: ReadonlyMap<string, Variable>): ReadonlyMap<string, Variable> =>
      new Map([...variables].map(([key, variable]) => [key, read(variable)]))
    const still = (variable: Variable): Variable => ({
      ...variable,
      read: enter(variable.read, variable.type)
    })
    const line = (matrix: string, type: DTypeNumber): string =>
      graph.add('GatherV2', [matrix, index, graph.integer(0)], {
        Tparams: attribute.type(type),
        Tindices: attribute.type(DType.int32),
        Taxis: attribute.type(DType.int32),
        batch_dims: attribute.integer(0)
      })
    const { scores, updates } = addUpdate(
      {
        ...context,
        weights: inside(context.weights),
        slots: inside(context.slots),
        data: { x: still(data.x), y: data.y && still(data.y) }
      },
      phase,
      { knobs: line(settings, DType.float), rows: { output: line(rows, DType.int32), size } },
      graph.add('AddV2', [first, index], int32)
    )
    const noted = graph.add('ResourceScatterUpdate', [handle(told), index, scores], {
      dtype: attribute.type(DType.float),
      Tindices: attribute.type(DType.int32)
    })
    const after = [...updates, noted].map(afterNode)
    const following = graph.add('AddV2', [index, graph.integer(1), ...after], int32)
    graph.add('NextIteration', [following], int32, next)
  })

  const over = graph.add('Exit', [either], int32)
  const all = graph.add('ReadVariableOp', [told.handle, `^${over}`], { dtype: attribute.type(DType.float) })
  graph.add('Identity', [all], float32, `${name}/scores`)
  return name
}
