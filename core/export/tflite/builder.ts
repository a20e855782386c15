import { memoryOf } from '../protobuf'
import type { Program, Size, Value, ValueType } from '../program/program'
import { turn } from '../program/turn'
import {
  flatBytes,
  flatFile,
  flatFloats,
  flatInts,
  flatList,
  flatLongs,
  flatTable,
  flatText,
  type FlatFields,
  type Part
} from './flat'
import { OPERATORS, OPTIONS, TYPES, type Operator, type TensorType } from './schema'
import { store, type NumberKind } from './rounding'

/** An operator's options: which table of the union, and its fields. */
export interface Options {
  readonly type: number
  readonly fields: FlatFields
}

interface Quantized {
  readonly scales: Float32Array
  readonly axis: number
}

/** Gathers tensors, operators and the numbers of a model with one graph. Tensors go by their number. */
export class TfliteBuilder {
  private readonly tensors: Part[] = []
  /** The first one is empty, for tensors that are computed. */
  private readonly buffers: Part[] = [flatTable({})]
  private readonly operators: Part[] = []
  private readonly codes: Operator[] = []
  private readonly places = new Map<string, number>()
  private readonly shared = new Map<string, number>()
  private batch: number | undefined

  constructor(
    readonly program: Program,
    private readonly kind: NumberKind
  ) {
    this.makes(program.input)
  }

  private buffer(content: Uint8Array): number {
    return this.buffers.push(flatTable({ 0: { part: flatBytes(content) } })) - 1
  }

  private tensor(
    name: string,
    type: TensorType,
    shape: readonly Size[],
    buffer = 0,
    quantized?: Quantized
  ): number {
    const quantization = flatTable(
      quantized
        ? {
            2: { part: flatFloats([...quantized.scales]) },
            3: { part: flatLongs([...quantized.scales].map(() => 0)) },
            6: { int32: quantized.axis }
          }
        : {}
    )
    const table = flatTable({
      0: { part: flatInts(shape.map(Math.abs)) },
      1: { int8: TYPES[type] },
      2: { int32: buffer },
      3: { part: flatText(name) },
      4: { part: quantization },
      ...(buffer === 0 ? { 7: { part: flatInts(shape.map((size) => Math.max(size, -1))) } } : {}),
      8: { bool: true }
    })
    return this.tensors.push(table) - 1
  }

  /** A tensor that will be computed. */
  scratch(name: string, type: ValueType, shape: readonly Size[]): number {
    return this.tensor(name, type, shape)
  }

  /** The tensor of a value that is about to be computed. */
  makes(value: Value): number {
    const place = this.scratch(value.name, value.type, value.shape)
    this.places.set(value.name, place)
    return place
  }

  /** The value is the same as this tensor. */
  is(value: Value, place: number): void {
    this.places.set(value.name, place)
  }

  operator(op: Operator, inputs: readonly number[], outputs: readonly number[], options?: Options): void {
    const known = this.codes.indexOf(op)
    const code = known >= 0 ? known : this.codes.push(op) - 1
    this.operators.push(
      flatTable({
        0: { int32: code },
        1: { part: flatInts(inputs) },
        2: { part: flatInts(outputs) },
        3: { uint8: options?.type ?? 0 },
        ...(options ? { 4: { part: flatTable(options.fields) } } : {})
      })
    )
  }

  integers(values: readonly number[], shape: readonly number[] = [values.length]): number {
    const key = `integers ${shape.join(' ')}: ${values.join(' ')}`
    const found = this.shared.get(key)
    if (found !== undefined) return found
    const place = this.tensor(key, 'int32', shape, this.buffer(memoryOf(Int32Array.from(values))))
    this.shared.set(key, place)
    return place
  }

  scalar(value: number): number {
    return this.extra({ name: `number ${value}`, type: 'float32', shape: [] }, Float32Array.of(value))
  }

  /** Numbers that the program does not have; there once by their name. */
  extra({ name, type, shape }: Value, values: Float32Array): number {
    const found = this.shared.get(name)
    if (found !== undefined) return found
    const place = this.tensor(name, type, shape, this.buffer(memoryOf(values)))
    this.shared.set(name, place)
    return place
  }

  isConstant({ name }: Value): boolean {
    return this.program.constants.has(name)
  }

  of(value: Value): number {
    const found = this.places.get(value.name)
    if (found !== undefined) return found
    const place = this.weights(value)
    this.places.set(value.name, place)
    return place
  }

  all(values: readonly Value[]): number[] {
    return values.map((value) => this.of(value))
  }

  /** Known numbers, their axes in this order. Rounded ones go through an operator that gives floats again. */
  weights(value: Value, order: readonly number[] = value.shape.map((_, axis) => axis)): number {
    const constant = this.program.constants.get(value.name)!
    const { kind, values, scales } = store(constant, this.kind)
    const shape = order.map((axis) => value.shape[axis]!)
    const turned = turn(values, value.shape, order)
    const content = value.type === 'bool' ? Uint8Array.from(turned) : memoryOf(turned)
    const type = kind === 'float32' ? value.type : kind
    const quantized = scales && { scales, axis: order.indexOf(order.length - 1) }
    const stored = this.tensor(value.name, type, shape, this.buffer(content), quantized)
    if (kind === 'float32') return stored
    const floats = this.scratch(`${value.name}/float32`, 'float32', shape)
    this.operator('DEQUANTIZE', [stored], [floats])
    return floats
  }

  /** A shape that names the batch as a number, worked out when the model runs. */
  shapeOf(sizes: readonly Size[]): number {
    if (sizes.every((size) => size > 0)) return this.integers(sizes)
    const made = this.scratch('shape', 'int32', [sizes.length])
    const parts = sizes.map((size) => (size < 0 ? this.batches(-size) : this.integers([size], [])))
    this.operator('PACK', parts, [made], { type: OPTIONS.pack, fields: { 0: { int32: parts.length } } })
    return made
  }

  private batches(times: number): number {
    if (this.batch === undefined) {
      const { input } = this.program
      const shape = this.scratch('input/shape', 'int32', [input.shape.length])
      this.operator('SHAPE', [this.of(input)], [shape], {
        type: OPTIONS.shape,
        fields: { 0: { int8: TYPES.int32 } }
      })
      this.batch = this.scratch('batch', 'int32', [])
      const places = [[0], [1], [1]].map((one) => this.integers(one))
      this.operator('STRIDED_SLICE', [shape, ...places], [this.batch], {
        type: OPTIONS.stridedSlice,
        fields: { 4: { int32: 1 } }
      })
    }
    if (times === 1) return this.batch
    const made = this.scratch('batches', 'int32', [])
    this.operator('MUL', [this.batch, this.integers([times], [])], [made])
    return made
  }

  /** The file: its signature takes "input" and gives "output". */
  file(output: number, description: string, metadata: { readonly [name: string]: Uint8Array }): Uint8Array {
    const notes = Object.entries(metadata).map(([name, content]) =>
      flatTable({ 0: { part: flatText(name) }, 1: { int32: this.buffer(content) } })
    )
    const named = (name: string, place: number): Part =>
      flatList([flatTable({ 0: { part: flatText(name) }, 1: { int32: place } })])
    const input = this.of(this.program.input)
    const codes = this.codes.map((op) =>
      flatTable({
        0: { int8: Math.min(OPERATORS[op], 127) },
        2: { int32: 1 },
        3: { int32: OPERATORS[op] }
      })
    )
    const graph = flatTable({
      0: { part: flatList(this.tensors) },
      1: { part: flatInts([input]) },
      2: { part: flatInts([output]) },
      3: { part: flatList(this.operators) },
      4: { part: flatText('main') }
    })
    const signature = flatTable({
      0: { part: named('input', input) },
      1: { part: named('output', output) },
      2: { part: flatText('serving_default') },
      4: { int32: 0 }
    })
    return flatFile(
      flatTable({
        0: { int32: 3 },
        1: { part: flatList(codes) },
        2: { part: flatList([graph]) },
        3: { part: flatText(description) },
        4: { part: flatList(this.buffers) },
        6: { part: flatList(notes) },
        7: { part: flatList([signature]) }
      }),
      'TFL3'
    )
  }
}
