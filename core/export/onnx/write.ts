import type { OpName, Program, StepOf } from '../program/program'
import { arranging } from './arranging'
import { OnnxBuilder } from './builder'
import { elementwise } from './elementwise'
import { encodeModel } from './messages'
import { pictures } from './pictures'
import { recurrent } from './recurrent'

/** Adds the nodes of one operation, and says under which name what it makes is there. */
type Translations = { readonly [Op in OpName]: (build: OnnxBuilder, step: StepOf<Op>) => void }

const translations: Translations = { ...elementwise, ...arranging, ...pictures, ...recurrent }

/** An .onnx file with the program: "input" [batch, …] goes in, "output" comes out. */
export function onnxFile(
  program: Program,
  name: string,
  metadata: { readonly [key: string]: string }
): Uint8Array {
  const build = new OnnxBuilder(program)
  for (const step of program.steps)
    (translations[step.op] as (build: OnnxBuilder, step: StepOf<OpName>) => void)(build, step)
  build.add('Identity', [build.last(program.output)], ['output'])
  const dims = (shape: readonly number[]): (number | string)[] =>
    shape.map((size) => (size === -1 ? 'batch' : size < 0 ? `${-size}*batch` : size))
  return encodeModel({
    name,
    nodes: build.nodes,
    initializers: [...build.initializers.values()],
    input: { name: program.input.name, dims: dims(program.input.shape) },
    output: { name: 'output', dims: dims(program.output.shape) },
    metadata
  })
}
