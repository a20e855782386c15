import { countText } from '../words'
import type { Fix, Problem } from '../result'
import { sizeOf } from '../graph/signal'
import type { Inferred, InferContext } from './define'

/* What layers that need numbers in a certain arrangement share: asking for it, and what to say where it is another. */

const RANKS = { row: 1, sequence: 2, picture: 3 } as const
const WANTED = { row: 'a row of numbers', sequence: 'a sequence', picture: 'a picture' } as const

/** A row is [numbers], a sequence [steps, numbers], a picture [height, width, channels]. */
export type Arrangement = keyof typeof RANKS

/** "a row of 784 numbers", "a sequence of 8 steps with 2 numbers each", "a picture of 28 × 28 × 1". */
export function shapeText(shape: readonly number[]): string {
  const [first = 0, second = 0] = shape
  switch (shape.length) {
    case 0:
      return 'a single number'
    case 1:
      return `a row of ${many(first, 'number')}`
    case 2:
      return `a sequence of ${many(first, 'step')} with ${many(second, 'number')} each`
    case 3:
      return `a picture of ${shape.join(' × ')}`
    default:
      return `numbers arranged as ${shape.join(' × ')}`
  }
}

/** The shape as an output, if it is one: every size a whole number of at least 1. */
export function numbersOut(...shape: readonly number[]): Inferred {
  if (!shape.every((size) => Number.isInteger(size) && size >= 1)) return { outputs: {} }
  return { outputs: { output: { kind: 'numbers', shape } } }
}

/** The shape that an input port gets; undefined where it gets no numbers. */
export function shapeAt(
  inputs: InferContext['inputs'],
  port: string = 'input'
): readonly number[] | undefined {
  const signal = inputs[port]
  return signal?.kind === 'numbers' ? signal.shape : undefined
}

/** What `use` makes of an input arranged as wanted; else the problem, with a layer that would arrange it. */
export function arranged(
  { nodeId, inputs }: Pick<InferContext, 'nodeId' | 'inputs'>,
  wanted: Arrangement,
  use: (shape: readonly number[]) => Inferred
): Inferred {
  const shape = shapeAt(inputs)
  if (!shape) return { outputs: {} }
  if (shape.length !== RANKS[wanted])
    return { outputs: {}, problems: [wrongArrangement(nodeId, shape, wanted)] }
  return use(shape)
}

/** The problem of a layer whose input is arranged in another way. */
export function wrongArrangement(nodeId: string, shape: readonly number[], wanted: Arrangement): Problem {
  const fix = rearrange(nodeId, shape, wanted)
  return {
    code: 'shape',
    nodeId,
    message: `Gets ${shapeText(shape)}, needs ${WANTED[wanted]}.`,
    ...(fix ? { fix } : {})
  }
}

/** The layer that puts numbers of this shape into the wanted arrangement, if one does without guessing. */
function rearrange(nodeId: string, shape: readonly number[], wanted: Arrangement): Fix | undefined {
  if (wanted === 'row')
    return {
      label: 'Add Flatten before it',
      edit: { kind: 'insertBefore', nodeId, port: 'input', type: 'flatten' }
    }
  const to = wanted === 'picture' ? asPicture(shape) : asSequence(shape)
  if (!to?.every((size) => size >= 1 && size <= 65_536)) return undefined
  const [height, width, channels] = to
  return {
    label: `Add Reshape to ${to.join(' × ')}`,
    edit: {
      kind: 'insertBefore',
      nodeId,
      port: 'input',
      type: 'reshape',
      config: {
        to: wanted,
        height: height!,
        width: width!,
        ...(channels === undefined ? {} : { channels })
      }
    }
  }
}

/** A table of grey values, or a row that is a square of them or of colours. */
function asPicture(shape: readonly number[]): readonly number[] | undefined {
  if (shape.length === 2) return [...shape, 1]
  if (shape.length !== 1) return undefined
  for (const channels of [1, 3]) {
    const side = Math.sqrt(shape[0]! / channels)
    if (Number.isInteger(side) && side >= 2) return [side, side, channels]
  }
  return undefined
}

/** A row is read number by number, a picture line by line. */
function asSequence(shape: readonly number[]): readonly number[] | undefined {
  if (shape.length === 1) return [shape[0]!, 1]
  return shape.length === 3 ? [shape[0]!, sizeOf(shape.slice(1))] : undefined
}

/** "1 number", "1,200 numbers". */
export function many(n: number, noun: string): string {
  return `${countText(n)} ${noun}${n === 1 ? '' : 's'}`
}
