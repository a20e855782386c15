import { bytes, float, integer, joined, memoryOf, message, text } from '../protobuf'

/* ONNX' messages (onnx.proto3) as far as files of this app have them. */

/** TensorProto.DataType. */
export const DataType = { float32: 1, int32: 6, int64: 7, bool: 9 } as const
export type DataTypeName = keyof typeof DataType

/** Numbers that travel with a model. */
export interface Tensor {
  readonly name: string
  readonly type: DataTypeName
  readonly dims: readonly number[]
  readonly values: Float32Array | Int32Array | BigInt64Array
}

export type AttributeValue = number | string | readonly number[] | readonly string[] | FloatAttribute | Tensor

/** A number that is written as a float even where it is whole. */
export interface FloatAttribute {
  readonly float: number
}

export interface OnnxNode {
  readonly op: string
  readonly name: string
  /** An input that is left out is ''. */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: { readonly [name: string]: AttributeValue }
}

/** A named input or output; a text is a size that is open, by its name. */
export interface OnnxValue {
  readonly name: string
  readonly dims: readonly (number | string)[]
}

export interface OnnxModel {
  readonly name: string
  readonly nodes: readonly OnnxNode[]
  readonly initializers: readonly Tensor[]
  readonly input: OnnxValue
  readonly output: OnnxValue
  readonly metadata: { readonly [key: string]: string }
}

/** The first IR version that has operation set 17. */
const IR_VERSION = 8
export const OPSET = 17

/** The bytes of an .onnx file: ModelProto. */
export function encodeModel({ name, nodes, initializers, input, output, metadata }: OnnxModel): Uint8Array {
  const graph = joined([
    ...nodes.map((node) => bytes(1, nodeMessage(node))),
    text(2, name),
    ...initializers.map((tensor) => bytes(5, tensorMessage(tensor))),
    bytes(11, valueMessage(input)),
    bytes(12, valueMessage(output))
  ])
  return joined([
    integer(1, IR_VERSION),
    text(2, 'Netloom'),
    bytes(7, graph),
    message(8, integer(2, OPSET)),
    ...Object.entries(metadata).map(([key, value]) => message(14, text(1, key), text(2, value)))
  ])
}

function nodeMessage({ op, name, inputs, outputs, attributes }: OnnxNode): Uint8Array {
  return joined([
    ...inputs.map((input) => text(1, input)),
    ...outputs.map((output) => text(2, output)),
    text(3, name),
    text(4, op),
    ...Object.entries(attributes).map(([key, value]) => bytes(5, attributeMessage(key, value)))
  ])
}

/** AttributeProto: the value in a field of its own for each type, and the type's number. */
function attributeMessage(name: string, value: AttributeValue): Uint8Array {
  const typed = (type: number, ...fields: readonly Uint8Array[]): Uint8Array =>
    joined([text(1, name), ...fields, integer(20, type)])
  if (typeof value === 'number') return typed(2, integer(3, value))
  if (typeof value === 'string') return typed(3, text(4, value))
  if ('float' in value) return typed(1, float(2, value.float))
  if ('dims' in value) return typed(4, bytes(5, tensorMessage(value)))
  return typeof value[0] === 'string'
    ? typed(8, ...value.map((one) => text(9, one as string)))
    : typed(7, ...value.map((one) => integer(8, one as number)))
}

function tensorMessage({ name, type, dims, values }: Tensor): Uint8Array {
  const raw = type === 'bool' ? Uint8Array.from(values as Int32Array) : memoryOf(values)
  return joined([
    ...dims.map((size) => integer(1, size)),
    integer(2, DataType[type]),
    text(8, name),
    bytes(9, raw)
  ])
}

function valueMessage({ name, dims }: OnnxValue): Uint8Array {
  const shape = dims.map((size) => message(1, typeof size === 'number' ? integer(1, size) : text(2, size)))
  return joined([text(1, name), message(2, message(1, integer(1, DataType.float32), message(2, ...shape)))])
}
