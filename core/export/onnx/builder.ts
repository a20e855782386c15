import type { Constant, Program, Size, Value } from '../program/program'
import type { AttributeValue, OnnxNode, Tensor } from './messages'

type Attributes = OnnxNode['attributes']
type Order = 'channelsLast' | 'channelsFirst'

const TO_FIRST = [0, 3, 1, 2]
const TO_LAST = [0, 2, 3, 1]

/**
 * Gathers nodes and numbers. A picture may be there in both of two orders of axes: the program's, channels last, and
 * ONNX', channels first. It is turned only where somebody needs it in the other one.
 */
export class OnnxBuilder {
  readonly nodes: OnnxNode[] = []
  readonly initializers = new Map<string, Tensor>()
  private readonly names = new Set<string>()
  /** ONNX' names of program values, by order. */
  private readonly forms = new Map<string, { readonly [K in Order]?: string }>()

  constructor(readonly program: Program) {
    this.names.add('output')
    this.has(program.input, this.free(program.input.name))
  }

  free(wanted: string): string {
    let name = wanted
    for (let n = 2; this.names.has(name); n++) name = `${wanted}:${n}`
    this.names.add(name)
    return name
  }

  /** A node with one output, and that output's name. */
  node(
    op: string,
    inputs: readonly string[],
    attributes: { readonly [name: string]: AttributeValue } = {},
    wanted = op
  ): string {
    const output = this.free(wanted)
    this.add(op, inputs, [output], attributes, output)
    return output
  }

  /** A node whose outputs are named already; '' is one that is not wanted. */
  add(
    op: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Attributes = {},
    name = outputs.find((output) => output !== '')!
  ): void {
    this.nodes.push({ op, name, inputs, outputs, attributes })
  }

  tensor(wanted: string, type: Tensor['type'], dims: readonly number[], values: Tensor['values']): string {
    const name = this.free(wanted)
    this.initializers.set(name, { name, type, dims, values })
    return name
  }

  /** Whole numbers as ONNX wants shapes and places: int64. Equal ones are there once. */
  integers(values: readonly number[]): string {
    const name = `integers ${values.join(' ')}`
    if (!this.initializers.has(name))
      this.initializers.set(name, {
        name,
        type: 'int64',
        dims: [values.length],
        values: BigInt64Array.from(values, BigInt)
      })
    return name
  }

  /** The numbers of a value that are known ahead. */
  constant({ name }: Value): Constant | undefined {
    return this.program.constants.get(name)
  }

  /** Says that a value of the program is there. */
  has(value: Value, name: string, order: Order = 'channelsLast'): void {
    this.forms.set(value.name, { ...this.forms.get(value.name), [order]: name })
  }

  /** Was it made with channels first, and is not there in another order? */
  isChannelsFirst({ name }: Value): boolean {
    const forms = this.forms.get(name)
    return forms?.channelsFirst !== undefined && forms.channelsLast === undefined
  }

  /** The name of a value as the program has it. */
  last(value: Value): string {
    const constant = this.constant(value)
    const forms = this.forms.get(value.name) ?? {}
    if (forms.channelsLast !== undefined) return forms.channelsLast
    const name = constant
      ? this.tensor(value.name, value.type, value.shape, constant.values)
      : this.node('Transpose', [forms.channelsFirst!], { perm: TO_LAST }, value.name)
    this.has(value, name)
    return name
  }

  /** The name of a picture [batch, height, width, channels] turned to [batch, channels, height, width]. */
  first(value: Value): string {
    const found = this.forms.get(value.name)?.channelsFirst
    if (found !== undefined) return found
    const name = this.node('Transpose', [this.last(value)], { perm: TO_FIRST }, `${value.name}/channelsFirst`)
    this.has(value, name, 'channelsFirst')
    return name
  }

  /** A shape as an input of a node; at most one size has the batch. */
  shape(sizes: readonly Size[]): string {
    if (sizes.filter((size) => size < 0).length > 1) throw new Error('Two sizes have the batch.')
    return this.integers(sizes.map((size) => Math.max(size, -1)))
  }
}
