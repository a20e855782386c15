/*
 * A network as a list of primitive operations: what remains when every layer has said what it computes. Formats that
 * speak in operations (ONNX, SavedModel, TensorFlow Lite) are written from it.
 */

/** A size of a shape: a number, or below 0 as many times the batch: −1 is the batch, −3 three times the batch. */
export type Size = number

export type ValueType = 'float32' | 'int32' | 'bool'

/** What an operation takes or makes. */
export interface Value {
  /** Unique in its program, and fit for a name in a file: "hidden/matMul". */
  readonly name: string
  readonly type: ValueType
  readonly shape: readonly Size[]
}

export type UnaryKind =
  | 'neg'
  | 'abs'
  | 'sign'
  | 'square'
  | 'sqrt'
  | 'rsqrt'
  | 'exp'
  | 'log'
  | 'sin'
  | 'cos'
  | 'tanh'
  | 'sigmoid'
  | 'relu'
  | 'elu'
  | 'softplus'
export type BinaryKind = 'add' | 'sub' | 'mul' | 'div' | 'maximum' | 'minimum' | 'pow'
export type CompareKind = 'greater' | 'greaterEqual' | 'less' | 'lessEqual' | 'equal' | 'notEqual'
export type ReduceKind = 'sum' | 'mean' | 'max' | 'min'

/** Rows and columns of zeros around a picture: [before, after] for height and for width. */
export type Pads = readonly [readonly [number, number], readonly [number, number]]
type Pair = readonly [number, number]

/** A window that moves over pictures. `pads` are what `padding` comes to for these sizes. */
export interface WindowAttributes {
  readonly strides: Pair
  readonly padding: 'same' | 'valid'
  readonly pads: Pads
}

/** The activations that a recurrent layer as a whole may have. */
export interface RecurrentAttributes {
  readonly cell: 'simpleRnn' | 'lstm' | 'gru'
  readonly units: number
  readonly activation: string
  /** Of the gates; not there in a simple RNN. */
  readonly gate: string | undefined
  /** GRU: the reset gate works on the product, and there is a bias for it. */
  readonly resetAfter: boolean
  readonly bias: boolean
  readonly backwards: boolean
  /** All steps in the order of reading [batch, steps, units], or the last one [batch, units]. */
  readonly sequences: boolean
}

/** What each operation is told besides its inputs. Pictures are [batch, height, width, channels]. */
export interface AttributesOf {
  readonly unary: { readonly kind: UnaryKind }
  readonly leakyRelu: { readonly alpha: number }
  /** Shapes are stretched to each other as in NumPy. */
  readonly binary: { readonly kind: BinaryKind }
  readonly compare: { readonly kind: CompareKind }
  /** condition, where true, where false */
  readonly where: Readonly<Record<never, never>>
  readonly cast: { readonly to: ValueType }
  /** Of two matrices. */
  readonly matMul: { readonly transposeA: boolean; readonly transposeB: boolean }
  readonly reshape: { readonly to: readonly Size[] }
  readonly transpose: { readonly order: readonly number[] }
  readonly concat: { readonly axis: number }
  /** From `begin` on `size` places of each axis; a size is that of the output. */
  readonly slice: { readonly begin: readonly number[]; readonly size: readonly Size[] }
  readonly pad: { readonly pads: readonly Pair[]; readonly value: number }
  readonly reverse: { readonly axes: readonly number[] }
  /** Rows of a table [rows, width] by number: numbers of any shape → […, width]. */
  readonly gather: Readonly<Record<never, never>>
  readonly reduce: { readonly kind: ReduceKind; readonly axes: readonly number[]; readonly keep: boolean }
  /** Over the last axis. */
  readonly softmax: Readonly<Record<never, never>>
  /** x, filter [height, width, channels, filters]; either strides or dilations are 1. */
  readonly conv2d: WindowAttributes & { readonly dilations: Pair }
  /** x, filter [height, width, filters, channels] */
  readonly conv2dTranspose: WindowAttributes
  readonly pool: WindowAttributes & { readonly kind: 'max' | 'average'; readonly size: Pair }
  /** Each pixel as often as the sizes go into the new ones. */
  readonly enlarge: { readonly factor: Pair }
  /** One number everywhere, in a shape that has the batch; it takes nothing, the batch is that of the program's input. */
  readonly fill: { readonly value: number; readonly shape: readonly Size[] }
  /** x [batch, steps, inputs], kernel, recurrent kernel, and bias where there is one, in Keras' order of gates. */
  readonly recurrent: RecurrentAttributes
}

export type OpName = keyof AttributesOf

/** One operation. */
export interface StepOf<Op extends OpName> {
  readonly op: Op
  readonly inputs: readonly Value[]
  readonly output: Value
  readonly attributes: AttributesOf[Op]
  /** The node of the document that it belongs to. */
  readonly nodeId: string
}
export type Step = { [Op in OpName]: StepOf<Op> }[OpName]

/** Numbers that are known: weights, and what follows from settings alone. Row-major. */
export interface Constant {
  readonly value: Value
  readonly values: Float32Array | Int32Array
}

export interface Program {
  /** Steps stand behind those they need. */
  readonly steps: readonly Step[]
  /** By the value's name. */
  readonly constants: ReadonlyMap<string, Constant>
  readonly input: Value
  readonly output: Value
}

/** The sizes as numbers for this many examples. */
export function sizesFor(shape: readonly Size[], batch: number): number[] {
  return shape.map((size) => (size < 0 ? -size * batch : size))
}
