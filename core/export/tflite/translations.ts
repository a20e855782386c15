import type {
  BinaryKind,
  CompareKind,
  OpName,
  ReduceKind,
  StepOf,
  UnaryKind,
  Value,
  WindowAttributes
} from '../program/program'
import type { TfliteBuilder } from './builder'
import type { FlatFields } from './flat'
import { OPTIONS, TYPES, type Operator } from './schema'

const UNARY: { readonly [K in Exclude<UnaryKind, 'softplus'>]: Operator } = {
  neg: 'NEG',
  abs: 'ABS',
  sign: 'SIGN',
  square: 'SQUARE',
  sqrt: 'SQRT',
  rsqrt: 'RSQRT',
  exp: 'EXP',
  log: 'LOG',
  sin: 'SIN',
  cos: 'COS',
  tanh: 'TANH',
  sigmoid: 'LOGISTIC',
  relu: 'RELU',
  elu: 'ELU'
}
const BINARY: { readonly [K in BinaryKind]: Operator } = {
  add: 'ADD',
  sub: 'SUB',
  mul: 'MUL',
  div: 'DIV',
  maximum: 'MAXIMUM',
  minimum: 'MINIMUM',
  pow: 'POW'
}
const COMPARE: { readonly [K in CompareKind]: Operator } = {
  greater: 'GREATER',
  greaterEqual: 'GREATER_EQUAL',
  less: 'LESS',
  lessEqual: 'LESS_EQUAL',
  equal: 'EQUAL',
  notEqual: 'NOT_EQUAL'
}
const REDUCE: { readonly [K in ReduceKind]: Operator } = {
  sum: 'SUM',
  mean: 'MEAN',
  max: 'REDUCE_MAX',
  min: 'REDUCE_MIN'
}

/** Padding and strides, which conv, transposed conv and pool have in the same places. */
const window = ({ padding, strides }: WindowAttributes): FlatFields => ({
  0: { int8: padding === 'same' ? 0 : 1 },
  1: { int32: strides[1] },
  2: { int32: strides[0] }
})

/** Zeros in the place of a bias: not every runtime lets it be left out. */
const noBias = (build: TfliteBuilder, units: number): number => {
  const value: Value = { name: `no bias ${units}`, type: 'float32', shape: [units] }
  return build.extra(value, new Float32Array(units))
}

/** −|x|, which the exponential of never overflows: softplus x = max(x, 0) + log(1 + e^−|x|). */
function softplus(build: TfliteBuilder, { inputs, output }: StepOf<'unary'>): void {
  const x = build.of(inputs[0]!)
  const through = (op: Operator, given: readonly number[], wanted: string): number => {
    const made = build.scratch(`${output.name}/${wanted}`, 'float32', output.shape)
    build.operator(op, given, [made])
    return made
  }
  const size = through('NEG', [through('ABS', [x], 'abs')], 'neg')
  const one = build.scalar(1)
  const rest = through('LOG', [through('ADD', [through('EXP', [size], 'exp'), one], 'sum')], 'log')
  build.operator('ADD', [through('RELU', [x], 'relu'), rest], [build.makes(output)])
}

type Translations = { readonly [Op in OpName]: (build: TfliteBuilder, step: StepOf<Op>) => void }

/** Each operation as an operator of TensorFlow Lite (ai.google.dev/edge/litert/models/ops_compatibility). */
export const translations: Translations = {
  unary: (build, step) => {
    const { inputs, output, attributes } = step
    if (attributes.kind === 'softplus') softplus(build, step)
    else build.operator(UNARY[attributes.kind], build.all(inputs), [build.makes(output)])
  },
  leakyRelu: (build, { inputs, output, attributes: { alpha } }) =>
    build.operator('LEAKY_RELU', build.all(inputs), [build.makes(output)], {
      type: OPTIONS.leakyRelu,
      fields: { 0: { float32: alpha } }
    }),
  binary: (build, { inputs, output, attributes: { kind } }) =>
    build.operator(BINARY[kind], build.all(inputs), [build.makes(output)]),
  compare: (build, { inputs, output, attributes: { kind } }) =>
    build.operator(COMPARE[kind], build.all(inputs), [build.makes(output)]),
  where: (build, { inputs, output }) => build.operator('SELECT_V2', build.all(inputs), [build.makes(output)]),
  cast: (build, { inputs, output, attributes: { to } }) =>
    build.operator('CAST', build.all(inputs), [build.makes(output)], {
      type: OPTIONS.cast,
      fields: { 0: { int8: TYPES[inputs[0]!.type] }, 1: { int8: TYPES[to] } }
    }),
  matMul: (build, { inputs, output, attributes: { transposeA, transposeB } }) => {
    const [a, b] = inputs as [Value, Value]
    if (transposeA || !build.isConstant(b))
      return build.operator('BATCH_MATMUL', build.all(inputs), [build.makes(output)], {
        type: OPTIONS.batchMatMul,
        fields: { 0: { bool: transposeA }, 1: { bool: transposeB } }
      })
    // Weights [units, inputs].
    const kernel = build.weights(b, transposeB ? [0, 1] : [1, 0])
    const given = [build.of(a), kernel, noBias(build, output.shape[1]!)]
    build.operator('FULLY_CONNECTED', given, [build.makes(output)], {
      type: OPTIONS.fullyConnected,
      fields: {}
    })
  },
  reshape: (build, { inputs, output, attributes: { to } }) => {
    const sizes = build.integers(to.map((size) => Math.max(size, -1)))
    build.operator('RESHAPE', [build.of(inputs[0]!), sizes], [build.makes(output)])
  },
  transpose: (build, { inputs, output, attributes: { order } }) =>
    build.operator('TRANSPOSE', [build.of(inputs[0]!), build.integers(order)], [build.makes(output)]),
  concat: (build, { inputs, output, attributes: { axis } }) =>
    build.operator('CONCATENATION', build.all(inputs), [build.makes(output)], {
      type: OPTIONS.concatenation,
      fields: { 0: { int32: axis } }
    }),
  slice: (build, { inputs, output, attributes: { begin, size } }) => {
    const sizes = build.integers(size.map((n) => Math.max(n, -1)))
    build.operator('SLICE', [build.of(inputs[0]!), build.integers(begin), sizes], [build.makes(output)])
  },
  pad: (build, { inputs, output, attributes: { pads, value } }) => {
    const sizes = build.integers(pads.flat(), [pads.length, 2])
    build.operator('PADV2', [build.of(inputs[0]!), sizes, build.scalar(value)], [build.makes(output)])
  },
  reverse: (build, { inputs, output, attributes: { axes } }) =>
    build.operator('REVERSE_V2', [build.of(inputs[0]!), build.integers(axes)], [build.makes(output)]),
  gather: (build, { inputs, output }) =>
    build.operator('GATHER', build.all(inputs), [build.makes(output)], {
      type: OPTIONS.gather,
      fields: { 0: { int32: 0 } }
    }),
  reduce: (build, { inputs, output, attributes: { kind, axes, keep } }) =>
    build.operator(REDUCE[kind], [build.of(inputs[0]!), build.integers(axes)], [build.makes(output)], {
      type: OPTIONS.reducer,
      fields: { 0: { bool: keep } }
    }),
  softmax: (build, { inputs, output }) =>
    build.operator('SOFTMAX', build.all(inputs), [build.makes(output)], {
      type: OPTIONS.softmax,
      fields: { 0: { float32: 1 } }
    }),
  conv2d: (build, { inputs, output, attributes }) => {
    const [x, filter] = inputs as [Value, Value]
    // Filters [filters, height, width, channels].
    const given = [build.of(x), build.weights(filter, [3, 0, 1, 2]), noBias(build, output.shape[3]!)]
    build.operator('CONV_2D', given, [build.makes(output)], {
      type: OPTIONS.conv2d,
      fields: {
        ...window(attributes),
        4: { int32: attributes.dilations[1] },
        5: { int32: attributes.dilations[0] }
      }
    })
  },
  conv2dTranspose: (build, { inputs, output, attributes }) => {
    const [x, filter] = inputs as [Value, Value]
    const kernel = build.weights(filter, [2, 0, 1, 3])
    build.operator(
      'TRANSPOSE_CONV',
      [build.shapeOf(output.shape), kernel, build.of(x)],
      [build.makes(output)],
      { type: OPTIONS.transposeConv, fields: window(attributes) }
    )
  },
  pool: (build, { inputs, output, attributes }) => {
    const { kind, size } = attributes
    const op = kind === 'max' ? 'MAX_POOL_2D' : 'AVERAGE_POOL_2D'
    build.operator(op, build.all(inputs), [build.makes(output)], {
      type: OPTIONS.pool2d,
      fields: { ...window(attributes), 3: { int32: size[1] }, 4: { int32: size[0] } }
    })
  },
  enlarge: (build, { inputs, output }) => {
    const sides = build.integers(output.shape.slice(1, 3))
    build.operator('RESIZE_NEAREST_NEIGHBOR', [build.of(inputs[0]!), sides], [build.makes(output)])
  },
  fill: (build, { output, attributes: { value, shape } }) => {
    const sizes = build.shapeOf(shape)
    build.operator('FILL', [sizes, build.scalar(value)], [build.makes(output)])
  },
  recurrent: () => {
    throw new Error('A TensorFlow Lite model has recurrent layers as steps.')
  }
}
