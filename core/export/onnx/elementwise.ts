import type { BinaryKind, CompareKind, StepOf, UnaryKind, Value } from '../program/program'
import type { OnnxBuilder } from './builder'
import { DataType } from './messages'

const UNARY: { readonly [K in UnaryKind]: string } = {
  neg: 'Neg',
  abs: 'Abs',
  sign: 'Sign',
  square: 'Mul',
  sqrt: 'Sqrt',
  rsqrt: 'Sqrt',
  exp: 'Exp',
  log: 'Log',
  sin: 'Sin',
  cos: 'Cos',
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
  relu: 'Relu',
  elu: 'Elu',
  softplus: 'Softplus'
}
const BINARY: { readonly [K in BinaryKind]: string } = {
  add: 'Add',
  sub: 'Sub',
  mul: 'Mul',
  div: 'Div',
  maximum: 'Max',
  minimum: 'Min',
  pow: 'Pow'
}
const COMPARE: { readonly [K in CompareKind]: string } = {
  greater: 'Greater',
  greaterEqual: 'GreaterOrEqual',
  less: 'Less',
  lessEqual: 'LessOrEqual',
  equal: 'Equal',
  notEqual: 'Equal'
}

/** One input, number by number, in the order of axes in which it is there. */
function each(build: OnnxBuilder, x: Value, output: Value, make: (name: string) => string): void {
  if (build.isChannelsFirst(x)) build.has(output, make(build.first(x)), 'channelsFirst')
  else build.has(output, make(build.last(x)))
}

export const elementwise = {
  unary: (build: OnnxBuilder, { inputs, output, attributes: { kind } }: StepOf<'unary'>): void =>
    each(build, inputs[0]!, output, (x) => {
      const made = build.node(UNARY[kind], kind === 'square' ? [x, x] : [x], {}, output.name)
      return kind === 'rsqrt' ? build.node('Reciprocal', [made], {}, `${output.name}/reciprocal`) : made
    }),
  leakyRelu: (build: OnnxBuilder, { inputs, output, attributes }: StepOf<'leakyRelu'>): void =>
    each(build, inputs[0]!, output, (x) =>
      build.node('LeakyRelu', [x], { alpha: { float: attributes.alpha } }, output.name)
    ),
  binary: (build: OnnxBuilder, step: StepOf<'binary'>): void => {
    const { inputs, output, attributes } = step
    const first = inputs.map((input) => asChannelsFirst(build, input, output))
    const turned = first.every((name) => name !== undefined) && inputs.some((x) => build.isChannelsFirst(x))
    const names = turned ? first.map((name) => name!()) : inputs.map((input) => build.last(input))
    const made = build.node(BINARY[attributes.kind], names, {}, output.name)
    build.has(output, made, turned ? 'channelsFirst' : 'channelsLast')
  },
  compare: (build: OnnxBuilder, { inputs, output, attributes: { kind } }: StepOf<'compare'>): void => {
    const names = inputs.map((input) => build.last(input))
    const made = build.node(COMPARE[kind], names, {}, output.name)
    build.has(output, kind === 'notEqual' ? build.node('Not', [made], {}, `${output.name}/not`) : made)
  },
  where: (build: OnnxBuilder, { inputs, output }: StepOf<'where'>): void => {
    const names = inputs.map((input) => build.last(input))
    build.has(output, build.node('Where', names, {}, output.name))
  },
  cast: (build: OnnxBuilder, { inputs, output, attributes: { to } }: StepOf<'cast'>): void =>
    each(build, inputs[0]!, output, (x) => build.node('Cast', [x], { to: DataType[to] }, output.name)),
  softmax: (build: OnnxBuilder, { inputs, output }: StepOf<'softmax'>): void =>
    build.has(output, build.node('Softmax', [build.last(inputs[0]!)], { axis: -1 }, output.name))
}

/** How an input is had with channels first: pictures, single numbers, and one number a channel; else undefined. */
function asChannelsFirst(build: OnnxBuilder, x: Value, { shape }: Value): (() => string) | undefined {
  if (shape.length !== 4) return undefined
  const constant = build.constant(x)
  if (!constant) return x.shape.length === 4 ? () => build.first(x) : undefined
  if (x.shape.length === 0) return () => build.last(x)
  const channels = x.shape.length === 1 && x.shape[0] === shape[3]
  return channels
    ? () => build.tensor(`${x.name}/channelsFirst`, x.type, [channelsOf(x), 1, 1], constant.values)
    : undefined
}

const channelsOf = ({ shape }: Value): number => shape[0]!
