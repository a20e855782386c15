import { bytes, float, integer, joined, memoryOf, message, text } from '../protobuf'

/** TensorFlow's numbers for types (tensorflow/core/framework/types.proto). */
export const DType = { float: 1, int32: 3, uint8: 4, int64: 9, bool: 10, resource: 20, uint64: 23 } as const
export type DTypeNumber = (typeof DType)[keyof typeof DType]

/** An attribute of a node, ready to be written: AttrValue in attr_value.proto. */
export type Attribute = Uint8Array

const shapeMessage = (dims: readonly number[]): Uint8Array =>
  joined(dims.map((size) => message(2, integer(1, size))))

const list = (items: readonly Uint8Array[]): Uint8Array => message(1, ...items)

/** Makes attributes. */
export const attribute = {
  text: (value: string): Attribute => text(2, value),
  integer: (value: number): Attribute => integer(3, value),
  float: (value: number): Attribute => float(4, value),
  bool: (value: boolean): Attribute => integer(5, value ? 1 : 0),
  type: (value: number): Attribute => integer(6, value),
  shape: (dims: readonly number[]): Attribute => bytes(7, shapeMessage(dims)),
  tensor: (type: number, dims: readonly number[], content: Uint8Array): Attribute =>
    message(8, integer(1, type), bytes(2, shapeMessage(dims)), bytes(4, content)),
  texts: (values: readonly string[]): Attribute => list(values.map((v) => text(2, v))),
  integers: (values: readonly number[]): Attribute => list(values.map((v) => integer(3, v))),
  floats: (values: readonly number[]): Attribute => list(values.map((v) => float(4, v))),
  bools: (values: readonly boolean[]): Attribute => list(values.map((v) => integer(5, v ? 1 : 0)))
}

/** Says that a node computes with floats. */
export const float32 = { T: attribute.type(DType.float) }

/** Attributes by name. */
export type Attributes = { readonly [name: string]: Attribute }

interface GraphNode {
  readonly name: string
  readonly op: string
  readonly inputs: readonly string[]
  readonly attributes: Attributes
}

/** The kind of GraphDef this is; libtensorflow 2.12 writes the same number. */
const PRODUCER = 1395

/** A TensorFlow graph that is being written down: nodes by name, each naming the outputs it takes. */
export class Graph {
  private readonly nodes = new Map<string, GraphNode>()
  private constants = new Map<string, string>()
  /** What the constants of a loop's body wait for. */
  private pivot: string | undefined
  private count = 0

  get size(): number {
    return this.nodes.size
  }

  /** Adds a node and answers with its name, which is also that of its first output; the second is "name:1". */
  add(op: string, inputs: readonly string[] = [], attributes: Attributes = {}, name?: string): string {
    const own = name ?? `${op}_${this.count++}`
    if (this.nodes.has(own)) throw new Error(`The graph has a node ${own} already.`)
    this.nodes.set(own, { name: own, op, inputs, attributes })
    return own
  }

  /** A constant; small equal ones are one node. */
  constant(type: DTypeNumber, dims: readonly number[], values: ArrayBufferView): string {
    const content = memoryOf(values)
    const key = content.length <= 256 ? `${type} ${dims.join()} ${content.join()}` : undefined
    const found = key === undefined ? undefined : this.constants.get(key)
    if (found !== undefined) return found
    const name = this.add('Const', this.pivot === undefined ? [] : [`^${this.pivot}`], {
      dtype: attribute.type(type),
      value: attribute.tensor(type, dims, content)
    })
    if (key !== undefined) this.constants.set(key, name)
    return name
  }

  /**
   * Runs `work`, whose nodes are the body of a loop: a node is in the loop that its inputs are in, so constants, which
   * have none, wait for `pivot`, and those from outside are not used again.
   */
  within<T>(pivot: string, work: () => T): T {
    const { constants } = this
    this.constants = new Map()
    this.pivot = pivot
    try {
      return work()
    } finally {
      this.constants = constants
      this.pivot = undefined
    }
  }

  scalar(value: number): string {
    return this.constant(DType.float, [], Float32Array.of(value))
  }

  integers(...values: number[]): string {
    return this.constant(DType.int32, [values.length], Int32Array.from(values))
  }

  integer(value: number): string {
    return this.constant(DType.int32, [], Int32Array.of(value))
  }

  placeholder(name: string, type: DTypeNumber, dims: readonly number[]): string {
    return this.add('Placeholder', [], { dtype: attribute.type(type), shape: attribute.shape(dims) }, name)
  }

  /**
   * The bytes of a saved_model.pb with this graph, and what it is asked by where that is said: SavedModel in
   * saved_model.proto.
   */
  savedModel(signature?: Signature): Uint8Array {
    const nodes = [...this.nodes.values()].map((node) => bytes(1, nodeMessage(node)))
    const graph = joined([...nodes, message(4, integer(1, PRODUCER))])
    return joined([
      integer(1, 1),
      message(
        2,
        message(1, text(4, TAG)),
        bytes(2, graph),
        ...(signature ? [signatureMessage(signature)] : [])
      )
    ])
  }
}

/** The tag under which the graph is saved. */
export const TAG = 'serve'

/** A float32 input or output of a signature; −1 is a size that is open. */
export interface Endpoint {
  readonly name: string
  /** Of the graph. */
  readonly output: string
  readonly dims: readonly number[]
}

/** What a saved graph is asked by: SignatureDef in meta_graph.proto. */
export interface Signature {
  readonly name: string
  readonly inputs: readonly Endpoint[]
  readonly outputs: readonly Endpoint[]
}

function signatureMessage({ name, inputs, outputs }: Signature): Uint8Array {
  const endpoint = (field: number, { name: own, output, dims }: Endpoint): Uint8Array =>
    message(
      field,
      text(1, own),
      message(2, text(1, `${output}:0`), integer(2, DType.float), bytes(3, shapeMessage(dims)))
    )
  return message(
    5,
    text(1, name),
    message(
      2,
      ...inputs.map((one) => endpoint(1, one)),
      ...outputs.map((one) => endpoint(2, one)),
      text(3, 'tensorflow/serving/predict')
    )
  )
}

function nodeMessage({ name, op, inputs, attributes }: GraphNode): Uint8Array {
  return joined([
    text(1, name),
    text(2, op),
    ...inputs.map((input) => text(3, input)),
    ...Object.entries(attributes).map(([key, value]) => message(5, text(1, key), bytes(2, value)))
  ])
}
