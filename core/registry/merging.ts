import type { ForwardContext, Inferred, InferContext, PortDefinition, Tensor } from './define'
import { numbersOut, shapeAt, shapeText } from './shapes'
import type { Problem } from '../result'

/* What layers with several inputs share. */

/** Two inputs that must be there, two that may be. */
export const mergePorts: readonly PortDefinition[] = [
  { id: 'input', label: 'First', carries: 'numbers' },
  { id: 'second', label: 'Second', carries: 'numbers' },
  { id: 'third', label: 'Third', carries: 'numbers', optional: true },
  { id: 'fourth', label: 'Fourth', carries: 'numbers', optional: true }
]

/** What is there, in the order of the ports. */
export function present<T>(byPort: { readonly [port: string]: T | undefined }): readonly T[] {
  return mergePorts.flatMap(({ id }) => (byPort[id] === undefined ? [] : [byPort[id]]))
}

/** Shapes of the inputs that are there, with their labels; undefined where a required one is not. */
export function mergedShapes(
  inputs: InferContext['inputs']
): readonly { readonly label: string; readonly shape: readonly number[] }[] | undefined {
  if (!shapeAt(inputs, 'input') || !shapeAt(inputs, 'second')) return undefined
  return mergePorts.flatMap(({ id, label }) => {
    const shape = shapeAt(inputs, id)
    return shape ? [{ label, shape }] : []
  })
}

/** Inputs whose shapes do not go together: names the two, and what they would have to share. */
export function mismatch(
  nodeId: string,
  [one, other]: readonly { readonly label: string; readonly shape: readonly number[] }[],
  needs: string
): Problem {
  return {
    code: 'shape',
    nodeId,
    message: `${one!.label} is ${shapeText(one!.shape)}, ${other!.label.toLowerCase()} ${shapeText(other!.shape)}; ${needs}.`
  }
}

/** The shape of what is computed number by number; a size of 1 is repeated, as in Keras. */
export function elementwise({ nodeId, inputs }: Pick<InferContext, 'nodeId' | 'inputs'>): Inferred {
  const given = mergedShapes(inputs)
  if (!given) return { outputs: {} }
  let shape = given[0]!.shape
  for (const next of given.slice(1)) {
    const fits =
      next.shape.length === shape.length &&
      next.shape.every((size, axis) => size === shape[axis] || size === 1 || shape[axis] === 1)
    if (!fits)
      return { outputs: {}, problems: [mismatch(nodeId, [given[0]!, next], 'they need the same shape')] }
    shape = shape.map((size, axis) => Math.max(size, next.shape[axis]!))
  }
  return numbersOut(...shape)
}

/** All inputs joined by one operation, two at a time. Steps count that count in any of them, as in Keras. */
export function joined(
  { ops, inputs, masks, setMask }: ForwardContext,
  join: (a: Tensor, b: Tensor) => Tensor
): Tensor {
  const tensors = present(inputs)
  const counted = present(masks)
  setMask(counted.length === tensors.length ? counted.reduce((a, b) => ops.maximum(a, b)) : undefined)
  return tensors.reduce(join)
}
