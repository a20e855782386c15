import type { Tensor } from '../../registry/define'
import type { AttributesOf, Constant, OpName, Size, Step, Value, ValueType } from './program'

/**
 * The batch while notes are taken. A layer reckons with the sizes it finds, and a size that comes from the batch is to be
 * known again: it is a multiple of this prime number, which nobody's settings reach.
 */
export const BATCH = 2 ** 31 - 1

/** The network does something that cannot be written down as operations; the message says what. */
export class NotRecordable extends Error {
  constructor(
    what: string,
    readonly nodeId: string
  ) {
    super(what)
  }
}

/** What stands for a tensor while notes are taken: it has a shape and a type, and no numbers. */
class Recorded {
  readonly rank: number
  readonly dtype: ValueType
  constructor(
    readonly value: Value,
    readonly shape: readonly number[]
  ) {
    this.rank = shape.length
    this.dtype = value.type
  }
}

const toSize = (n: number): Size => (n > 0 && n % BATCH === 0 ? -n / BATCH : n)

/** The sizes as a program has them. */
export const toSizes = (shape: readonly number[]): readonly Size[] => shape.map(toSize)

/** The number of values, and how often the batch goes into it; exact where a product of sizes would not be. */
export function countOf(shape: readonly number[]): { readonly count: number; readonly batches: number } {
  const sizes = toSizes(shape)
  return {
    count: sizes.reduce((product, size) => product * Math.abs(size), 1),
    batches: sizes.filter((size) => size < 0).length
  }
}

/** Takes notes of what is computed. */
export class Recorder {
  readonly steps: Step[] = []
  readonly constants = new Map<string, Constant>()
  /** Whose operations are being written down. */
  nodeId = ''
  private readonly names = new Set<string>()
  private readonly scalars = new Map<string, Tensor>()

  /** A name that nobody has yet: "hidden/matMul", "hidden/matMul_2". */
  private free(wanted: string): string {
    let name = wanted
    for (let n = 2; this.names.has(name); n++) name = `${wanted}_${n}`
    this.names.add(name)
    return name
  }

  /** What is given from outside, by its own name. */
  input(name: string, shape: readonly number[]): Tensor {
    return this.tensor({ name: this.free(name), type: 'float32', shape: toSizes(shape) }, shape)
  }

  /** Numbers that are known; equal single numbers are one. */
  constant(
    values: Float32Array | Int32Array,
    shape: readonly number[],
    type: ValueType = 'float32',
    wanted = `${this.nodeId}/constant`
  ): Tensor {
    const key = shape.length === 0 ? `${type} ${values[0]}` : undefined
    const found = key === undefined ? undefined : this.scalars.get(key)
    if (found) return found
    const value: Value = { name: this.free(wanted), type, shape: toSizes(shape) }
    this.constants.set(value.name, { value, values })
    const tensor = this.tensor(value, shape)
    if (key !== undefined) this.scalars.set(key, tensor)
    return tensor
  }

  /** Writes an operation down. `shape` is that of what it makes. */
  step<Op extends OpName>(
    op: Op,
    inputs: readonly Tensor[],
    attributes: AttributesOf[Op],
    shape: readonly number[],
    type: ValueType = 'float32'
  ): Tensor {
    const kind = 'kind' in attributes ? (attributes.kind as string) : op
    const output: Value = { name: this.free(`${this.nodeId}/${kind}`), type, shape: toSizes(shape) }
    const step = { op, inputs: inputs.map((x) => this.valueOf(x)), output, attributes, nodeId: this.nodeId }
    this.steps.push(step as Step)
    return this.tensor(output, shape)
  }

  valueOf(tensor: Tensor): Value {
    return recorded(tensor).value
  }

  refuse(what: string): never {
    throw new NotRecordable(what, this.nodeId)
  }

  private tensor(value: Value, shape: readonly number[]): Tensor {
    return new Recorded(value, shape) as unknown as Tensor
  }
}

function recorded(tensor: Tensor): Recorded {
  if (!((tensor as unknown) instanceof Recorded)) throw new Error('A tensor of another engine was recorded.')
  return tensor as unknown as Recorded
}
