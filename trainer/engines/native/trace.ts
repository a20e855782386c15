import * as tf from '@tensorflow/tfjs-core'
import { nodeBackend, type Binding, type OpAttribute } from './binding'
import { standIn, type Known } from './standIn'
import {
  attribute,
  DType,
  type Attribute,
  type Attributes,
  type DTypeNumber,
  type Graph
} from '@core/export/tensorflow/graph'

/**
 * Writes down what TensorFlow.js computes as nodes of a graph. Every native operation of tfjs-node goes through
 * `binding.executeOp` with numbered tensors, so a binding that also takes notes misses nothing. What is computed on
 * the way is thrown away: only the notes matter, so the tensors may hold zeros, and what takes long is left out.
 */
export class Tracer {
  /** Outputs of graph nodes by tensor number. */
  private readonly outputs = new Map<number, string>()
  /** Values that JavaScript brought in, and which become constants when they are used. */
  private readonly values = new Map<number, PendingConstant>()

  private readonly shapes = new Map<number, readonly number[]>()

  constructor(private readonly graph: Graph) {}

  /** From now on this tensor stands for that output of the graph. */
  bind(tensor: tf.Tensor, output: string): void {
    this.outputs.set(idOf(tensor), output)
    this.shapes.set(idOf(tensor), tensor.shape)
  }

  /** A tensor of zeros that stands for an output of the graph. Call inside of tidy. */
  stand(output: string, shape: readonly number[]): tf.Tensor {
    const tensor = tf.zeros([...shape])
    this.bind(tensor, output)
    return tensor
  }

  /** The output of the graph that a tensor stands for. */
  output(tensor: tf.Tensor): string {
    return this.outputOf(idOf(tensor))
  }

  /** Runs `work` and takes notes. */
  run<T>(work: () => T): T {
    // Another network may have run on another backend in between. Takes effect at once: it has started.
    if (tf.getBackend() !== 'tensorflow') void tf.setBackend('tensorflow')
    const backend = nodeBackend()
    const { binding } = backend
    backend.binding = this.listening(binding)
    try {
      return work()
    } finally {
      backend.binding = binding
    }
  }

  private listening(binding: Binding): Binding {
    // Its own properties are read-only and live on the object itself, so they are copied.
    const copy = Object.fromEntries(
      Object.getOwnPropertyNames(binding).map((name) => [name, binding[name as keyof Binding]])
    ) as unknown as Binding
    return {
      ...copy,
      createTensor: (shape, type, values) => {
        const id = binding.createTensor(shape, type, values)
        this.values.set(id, { shape: [...shape], type: type as DTypeNumber, values })
        return id
      },
      tensorDataSync: () => {
        throw new NotTraceable('A value was read while the step was compiled.')
      },
      executeOp: (op, attributes, inputs, count) => {
        const known = inputs.map((id) => this.known(id))
        const made =
          standIn(binding, op, attributes, known) ?? binding.executeOp(op, attributes, inputs, count)
        const name = this.graph.add(
          op,
          inputs.map((id) => this.outputOf(id)),
          { ...omitted(op, made[0]?.dtype), ...encode(binding, attributes) }
        )
        for (const [i, { id, shape }] of made.entries()) {
          this.outputs.set(id, i === 0 ? name : `${name}:${i}`)
          this.shapes.set(id, shape)
        }
        return made
      }
    }
  }

  private known(id: number): Known | undefined {
    const pending = this.values.get(id)
    if (pending) return { shape: pending.shape, values: pending.values as ArrayLike<number> }
    const shape = this.shapes.get(id)
    return shape && { shape }
  }

  private outputOf(id: number): string {
    const known = this.outputs.get(id)
    if (known !== undefined) return known
    const pending = this.values.get(id)
    if (!pending) throw new NotTraceable('A tensor from outside of the step was used in it.')
    const name = this.graph.constant(pending.type, pending.shape, typed(pending))
    this.outputs.set(id, name)
    return name
  }
}

/** A step that cannot be written down as a graph. */
export class NotTraceable extends Error {}

interface PendingConstant {
  readonly shape: readonly number[]
  readonly type: DTypeNumber
  readonly values: ArrayBufferView | number[]
}

const idOf = (tensor: tf.Tensor): number => nodeBackend().getInputTensorIds([tensor])[0]!

function typed({ type, values }: PendingConstant): ArrayBufferView {
  const numbers = values as ArrayLike<number>
  if (type === DType.float) return values instanceof Float32Array ? values : Float32Array.from(numbers)
  if (type === DType.int32) return values instanceof Int32Array ? values : Int32Array.from(numbers)
  if (type === DType.bool || type === DType.uint8) return Uint8Array.from(numbers)
  throw new NotTraceable(`A constant of type ${type} has no place in a graph.`)
}

/** Eager TensorFlow works out types that are not said; a graph wants them, and tfjs-node leaves them out here. */
function omitted(op: string, type: number | undefined): Attributes {
  if (op !== 'ExpandDims' || type === undefined) return {}
  return { T: attribute.type(type), Tdim: attribute.type(DType.int32) }
}

function encode(binding: Binding, attributes: readonly OpAttribute[]): Attributes {
  return Object.fromEntries(attributes.map((a) => [a.name, encodeOne(binding, a)]))
}

function encodeOne(binding: Binding, { name, type, value }: OpAttribute): Attribute {
  const many = Array.isArray(value)
  switch (type) {
    case binding.TF_ATTR_STRING:
      return many ? attribute.texts(value as string[]) : attribute.text(value as string)
    case binding.TF_ATTR_INT:
      return many ? attribute.integers(value as number[]) : attribute.integer(value as number)
    case binding.TF_ATTR_FLOAT:
      return many ? attribute.floats(value as number[]) : attribute.float(value as number)
    case binding.TF_ATTR_BOOL:
      return many ? attribute.bools(value as boolean[]) : attribute.bool(value as boolean)
    case binding.TF_ATTR_TYPE:
      return attribute.type(value as number)
    case binding.TF_ATTR_SHAPE:
      return attribute.shape(value as number[])
    default:
      throw new NotTraceable(`The attribute ${name} is of a kind that cannot be written down.`)
  }
}
