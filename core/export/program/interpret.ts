import { arrangingKernels } from './kernels/arranging'
import { elementwiseKernels } from './kernels/elementwise'
import { pictureKernels } from './kernels/pictures'
import { sizesFor, type AttributesOf, type Constant, type OpName, type Program, type Step } from './program'

/** Numbers of a shape, row-major; true and false are 1 and 0. */
export interface Numbers {
  readonly shape: readonly number[]
  readonly values: Float32Array | Int32Array
}

/** Computes an operation: `shape` is that of what it makes. */
export type Kernel<Op extends OpName> = (
  inputs: readonly Numbers[],
  attributes: AttributesOf[Op],
  shape: readonly number[]
) => Float32Array | Int32Array

/** The operations that are computed here; a recurrent layer comes as its steps. */
export type Kernels = { readonly [Op in Exclude<OpName, 'recurrent'>]: Kernel<Op> }

const kernels: Kernels = { ...elementwiseKernels, ...arrangingKernels, ...pictureKernels }

/** What a step makes of its inputs, in float32. */
export function computeStep(step: Step, inputs: readonly Numbers[], batch: number): Numbers {
  if (step.op === 'recurrent') throw new Error('A program to be computed has recurrent layers as steps.')
  const shape = sizesFor(step.output.shape, batch)
  const kernel = kernels[step.op] as Kernel<OpName>
  return { shape, values: kernel(inputs, step.attributes, shape) }
}

/** Changes what a step has made before it goes on; for looking at it, or for rounding it. */
export type Through = (step: Step, made: Numbers) => Numbers

/**
 * What a program answers to examples [batch, …shape], computed in plain JavaScript, slowly: an independent look at what
 * was traced, and the way to see what rounding does.
 */
export function interpret(
  program: Program,
  x: Float32Array,
  batch: number,
  through: Through = (_step, made) => made
): Numbers {
  const { input, output, constants, steps } = program
  const known = new Map<string, Numbers>([
    [input.name, { shape: sizesFor(input.shape, batch), values: x }],
    ...[...constants].map(([name, constant]) => [name, numbersOf(constant)] as const)
  ])
  const uses = new Map<string, number>()
  for (const { name } of steps.flatMap(({ inputs }) => inputs)) uses.set(name, (uses.get(name) ?? 0) + 1)
  for (const step of steps) {
    const inputs = step.inputs.map(({ name }) => known.get(name)!)
    known.set(step.output.name, through(step, computeStep(step, inputs, batch)))
    for (const { name } of step.inputs) {
      const left = uses.get(name)! - 1
      uses.set(name, left)
      if (left === 0 && name !== output.name) known.delete(name)
    }
  }
  return known.get(output.name)!
}

const numbersOf = ({ value, values }: Constant): Numbers => ({ shape: value.shape, values })
