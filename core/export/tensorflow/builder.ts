import { memoryOf } from '../protobuf'
import type { Program, Size, Value, ValueType } from '../program/program'
import { attribute, DType, type Attribute, type Attributes, type Graph } from './graph'

const TYPES = { float32: DType.float, int32: DType.int32, bool: DType.bool } as const

/** An attribute that says with which type a node computes. */
export const typed = (type: ValueType): Attribute => attribute.type(TYPES[type])

/** Gathers the nodes of a program; values keep their names. */
export class TensorflowBuilder {
  private batch: string | undefined
  private readonly made = new Map<string, string>()

  constructor(
    readonly graph: Graph,
    readonly program: Program
  ) {
    const { name, shape } = program.input
    graph.placeholder(
      name,
      DType.float,
      shape.map((size) => Math.max(size, -1))
    )
    this.made.set(name, name)
  }

  /** The node that makes what a step makes. `T` is added to its attributes where they do not have it. */
  node(op: string, inputs: readonly string[], attributes: Attributes, output: Value, from?: Value): void {
    const T = typed((from ?? output).type)
    this.graph.add(op, inputs, { T, ...attributes }, output.name)
    this.has(output)
  }

  /** Says that a node by a value's name makes it. */
  has({ name }: Value): void {
    this.made.set(name, name)
  }

  /** A name to take a value by. */
  of(value: Value): string {
    const found = this.made.get(value.name)
    if (found !== undefined) return found
    const { values } = this.program.constants.get(value.name)!
    const content = value.type === 'bool' ? Uint8Array.from(values) : memoryOf(values)
    this.graph.add(
      'Const',
      [],
      {
        dtype: typed(value.type),
        value: attribute.tensor(TYPES[value.type], value.shape, content)
      },
      value.name
    )
    this.made.set(value.name, value.name)
    return value.name
  }

  all(values: readonly Value[]): string[] {
    return values.map((value) => this.of(value))
  }

  integers(values: readonly number[]): string {
    return this.graph.integers(...values)
  }

  /** Rows of whole numbers. */
  table(rows: readonly (readonly number[])[]): string {
    return this.graph.constant(DType.int32, [rows.length, rows[0]!.length], Int32Array.from(rows.flat()))
  }

  /** A shape that names the batch as a number: [rank] as int32, worked out when the graph runs. */
  shapeOf(sizes: readonly Size[]): string {
    const parts = sizes.map((size) => (size < 0 ? this.batches(-size) : this.graph.integer(size)))
    return this.graph.add('Pack', parts, {
      N: attribute.integer(parts.length),
      T: typed('int32'),
      axis: attribute.integer(0)
    })
  }

  private batches(times: number): string {
    const { graph } = this
    this.batch ??= graph.add(
      'StridedSlice',
      [
        graph.add('Shape', [this.program.input.name], { T: typed('float32'), out_type: typed('int32') }),
        graph.integers(0),
        graph.integers(1),
        graph.integers(1)
      ],
      { T: typed('int32'), Index: typed('int32'), shrink_axis_mask: attribute.integer(1) }
    )
    if (times === 1) return this.batch
    return graph.add('Mul', [this.batch, graph.integer(times)], { T: typed('int32') })
  }
}
