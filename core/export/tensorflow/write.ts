import type { OpName, Program, StepOf } from '../program/program'
import { TensorflowBuilder, typed } from './builder'
import { Graph } from './graph'
import { translations } from './translations'

/** The name by which serving programs ask a model, unless they are told another. */
const SIGNATURE = 'serving_default'

/**
 * The bytes of a saved_model.pb with the program: its signature takes "input" [batch, …] and gives "output". Weights are
 * constants of the graph, so there are no variables beside it.
 */
export function savedModelFile(program: Program): Uint8Array {
  const graph = new Graph()
  const build = new TensorflowBuilder(graph, program)
  for (const step of program.steps)
    (translations[step.op] as (build: TensorflowBuilder, step: StepOf<OpName>) => void)(build, step)
  const output = graph.add('Identity', [build.of(program.output)], { T: typed('float32') }, 'output')
  const { input } = program
  const dims = (shape: readonly number[]): number[] => shape.map((size) => Math.max(size, -1))
  return graph.savedModel({
    name: SIGNATURE,
    inputs: [{ name: 'input', output: input.name, dims: dims(input.shape) }],
    outputs: [{ name: 'output', output, dims: dims(program.output.shape) }]
  })
}
