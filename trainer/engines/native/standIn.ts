import type { Binding, OpAttribute, OutputHandle } from './binding'
import { DType } from '@core/export/tensorflow/graph'

/** What is known of a tensor while notes are taken: its shape, and its values where JavaScript brought them in. */
export interface Known {
  readonly shape: readonly number[]
  readonly values?: ArrayLike<number>
}

type Attributes = { readonly [name: string]: unknown }
type ShapeOf = (inputs: readonly Known[], attributes: Attributes) => readonly number[] | undefined

const dimensions = ({ values }: Known): readonly number[] | undefined => values && Array.from(values)

/** [batch, height, width, channels]; as TensorFlow's convolution works it out. */
const convolved: ShapeOf = ([x, filter], { padding, strides, dilations, data_format: format }) => {
  if (format !== 'NHWC' || (padding !== 'SAME' && padding !== 'VALID')) return undefined
  const side = (axis: 1 | 2): number => {
    const step = (strides as readonly number[])[axis]!
    const window = (filter!.shape[axis - 1]! - 1) * ((dilations as readonly number[])[axis] ?? 1)
    return Math.ceil((x!.shape[axis]! - (padding === 'SAME' ? 0 : window)) / step)
  }
  return [x!.shape[0]!, side(1), side(2), filter!.shape[3]!]
}

const multiplied =
  (leftTurned: string, rightTurned: string): ShapeOf =>
  ([a, b], attributes) => [
    ...a!.shape.slice(0, -2),
    a!.shape.at(attributes[leftTurned] ? -1 : -2)!,
    b!.shape.at(attributes[rightTurned] ? -2 : -1)!
  ]

/** The operations whose numbers take long, with the shape of what they compute. */
const costly: { readonly [op: string]: ShapeOf } = {
  Conv2D: convolved,
  Conv2DBackpropInput: ([sizes]) => dimensions(sizes!),
  Conv2DBackpropFilter: ([, sizes]) => dimensions(sizes!),
  MatMul: multiplied('transpose_a', 'transpose_b'),
  BatchMatMul: multiplied('adj_x', 'adj_y'),
  BatchMatMulV2: multiplied('adj_x', 'adj_y')
}

/**
 * Zeros in the place of what an operation would compute, where computing takes long and nobody looks at the numbers;
 * undefined where it is quick, or where its shape cannot be told without it.
 */
export function standIn(
  binding: Binding,
  op: string,
  attributes: readonly OpAttribute[],
  inputs: readonly (Known | undefined)[]
): readonly OutputHandle[] | undefined {
  if (!Object.hasOwn(costly, op) || !inputs.every((input) => input !== undefined)) return undefined
  const shape = costly[op]!(inputs, Object.fromEntries(attributes.map(({ name, value }) => [name, value])))
  return shape && zeros(binding, shape)
}

function zeros(binding: Binding, shape: readonly number[]): readonly OutputHandle[] {
  const type = (name: string, value: number): OpAttribute => ({ name, type: binding.TF_ATTR_TYPE, value })
  const dims = binding.createTensor([shape.length], DType.int32, Int32Array.from(shape))
  const zero = binding.createTensor([], DType.float, new Float32Array(1))
  const made = binding.executeOp(
    'Fill',
    [type('T', DType.float), type('index_type', DType.int32)],
    [dims, zero],
    1
  )
  binding.deleteTensor(dims)
  binding.deleteTensor(zero)
  return made
}
