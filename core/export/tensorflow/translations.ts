import type {
  BinaryKind,
  CompareKind,
  OpName,
  ReduceKind,
  StepOf,
  UnaryKind,
  WindowAttributes
} from '../program/program'
import { typed, type TensorflowBuilder } from './builder'
import { attribute, type Attributes } from './graph'

const UNARY: { readonly [K in UnaryKind]: string } = {
  neg: 'Neg',
  abs: 'Abs',
  sign: 'Sign',
  square: 'Square',
  sqrt: 'Sqrt',
  rsqrt: 'Rsqrt',
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
  add: 'AddV2',
  sub: 'Sub',
  mul: 'Mul',
  div: 'RealDiv',
  maximum: 'Maximum',
  minimum: 'Minimum',
  pow: 'Pow'
}
const COMPARE: { readonly [K in CompareKind]: string } = {
  greater: 'Greater',
  greaterEqual: 'GreaterEqual',
  less: 'Less',
  lessEqual: 'LessEqual',
  equal: 'Equal',
  notEqual: 'NotEqual'
}
const REDUCE: { readonly [K in ReduceKind]: string } = { sum: 'Sum', mean: 'Mean', max: 'Max', min: 'Min' }

const window = ({ strides, padding }: WindowAttributes): Attributes => ({
  strides: attribute.integers([1, ...strides, 1]),
  padding: attribute.text(padding.toUpperCase()),
  data_format: attribute.text('NHWC')
})

type Translations = { readonly [Op in OpName]: (build: TensorflowBuilder, step: StepOf<Op>) => void }

/** Each operation as a node of a TensorFlow graph (tensorflow.org/api_docs/python/tf/raw_ops). */
export const translations: Translations = {
  unary: (build, { inputs, output, attributes: { kind } }) =>
    build.node(UNARY[kind], build.all(inputs), {}, output),
  leakyRelu: (build, { inputs, output, attributes: { alpha } }) =>
    build.node('LeakyRelu', build.all(inputs), { alpha: attribute.float(alpha) }, output),
  binary: (build, { inputs, output, attributes: { kind } }) =>
    build.node(BINARY[kind], build.all(inputs), {}, output),
  compare: (build, { inputs, output, attributes: { kind } }) =>
    build.node(COMPARE[kind], build.all(inputs), {}, output, inputs[0]),
  where: (build, { inputs, output }) => build.node('SelectV2', build.all(inputs), {}, output),
  cast: (build, { inputs, output, attributes: { to } }) => {
    const types = { SrcT: typed(inputs[0]!.type), DstT: typed(to) }
    build.graph.add('Cast', build.all(inputs), types, output.name)
    build.has(output)
  },
  matMul: (build, { inputs, output, attributes: { transposeA, transposeB } }) =>
    build.node(
      'MatMul',
      build.all(inputs),
      { transpose_a: attribute.bool(transposeA), transpose_b: attribute.bool(transposeB) },
      output
    ),
  reshape: (build, { inputs, output, attributes: { to } }) => {
    const sizes = build.integers(to.map((size) => Math.max(size, -1)))
    build.node('Reshape', [build.of(inputs[0]!), sizes], { Tshape: typed('int32') }, output)
  },
  transpose: (build, { inputs, output, attributes: { order } }) =>
    build.node('Transpose', [build.of(inputs[0]!), build.integers(order)], { Tperm: typed('int32') }, output),
  concat: (build, { inputs, output, attributes: { axis } }) =>
    build.node(
      'ConcatV2',
      [...build.all(inputs), build.graph.integer(axis)],
      { N: attribute.integer(inputs.length), Tidx: typed('int32') },
      output
    ),
  slice: (build, { inputs, output, attributes: { begin, size } }) => {
    const sizes = build.integers(size.map((n) => Math.max(n, -1)))
    build.node(
      'Slice',
      [build.of(inputs[0]!), build.integers(begin), sizes],
      { Index: typed('int32') },
      output
    )
  },
  pad: (build, { inputs, output, attributes: { pads, value } }) => {
    const sizes = build.table(pads)
    const given = [build.of(inputs[0]!), sizes, build.graph.scalar(value)]
    build.node('PadV2', given, { Tpaddings: typed('int32') }, output)
  },
  reverse: (build, { inputs, output, attributes: { axes } }) =>
    build.node('ReverseV2', [build.of(inputs[0]!), build.integers(axes)], { Tidx: typed('int32') }, output),
  gather: (build, { inputs, output }) => {
    const types = { Tparams: typed('float32'), Tindices: typed('int32'), Taxis: typed('int32') }
    build.graph.add('GatherV2', [...build.all(inputs), build.graph.integer(0)], types, output.name)
    build.has(output)
  },
  reduce: (build, { inputs, output, attributes: { kind, axes, keep } }) =>
    build.node(
      REDUCE[kind],
      [build.of(inputs[0]!), build.integers(axes)],
      { Tidx: typed('int32'), keep_dims: attribute.bool(keep) },
      output
    ),
  softmax: (build, { inputs, output }) => build.node('Softmax', build.all(inputs), {}, output),
  conv2d: (build, { inputs, output, attributes }) =>
    build.node(
      'Conv2D',
      build.all(inputs),
      { ...window(attributes), dilations: attribute.integers([1, ...attributes.dilations, 1]) },
      output
    ),
  conv2dTranspose: (build, { inputs, output, attributes }) => {
    const [x, filter] = build.all(inputs) as [string, string]
    build.node('Conv2DBackpropInput', [build.shapeOf(output.shape), filter, x], window(attributes), output)
  },
  pool: (build, { inputs, output, attributes }) => {
    const ksize = attribute.integers([1, ...attributes.size, 1])
    const op = attributes.kind === 'max' ? 'MaxPool' : 'AvgPool'
    build.node(op, build.all(inputs), { ...window(attributes), ksize }, output)
  },
  enlarge: (build, { inputs, output }) => {
    const sides = build.integers(output.shape.slice(1, 3))
    build.node('ResizeNearestNeighbor', [build.of(inputs[0]!), sides], {}, output)
  },
  fill: (build, { output, attributes: { value, shape } }) => {
    const given = [build.shapeOf(shape), build.graph.scalar(value)]
    build.node('Fill', given, { index_type: typed('int32') }, output)
  },
  recurrent: () => {
    throw new Error('A TensorFlow graph has recurrent layers as steps.')
  }
}
