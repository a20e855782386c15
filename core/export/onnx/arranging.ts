import type { ReduceKind, StepOf, Value } from '../program/program'
import type { OnnxBuilder } from './builder'

const REDUCE: { readonly [K in ReduceKind]: string } = {
  sum: 'ReduceSum',
  mean: 'ReduceMean',
  max: 'ReduceMax',
  min: 'ReduceMin'
}

/** As far back as a slice can go. */
const BEYOND_THE_START = -(2 ** 31)

/** x with the places of some axes the other way round. */
export function reversed(build: OnnxBuilder, x: string, axes: readonly number[], wanted: string): string {
  const all = (value: number): string => build.integers(axes.map(() => value))
  return build.node('Slice', [x, all(-1), all(BEYOND_THE_START), build.integers(axes), all(-1)], {}, wanted)
}

export const arranging = {
  matMul: (build: OnnxBuilder, { inputs, output, attributes }: StepOf<'matMul'>): void => {
    const { transposeA, transposeB } = attributes
    const names = inputs.map((input) => build.last(input))
    const made =
      transposeA || transposeB
        ? build.node('Gemm', names, { transA: Number(transposeA), transB: Number(transposeB) }, output.name)
        : build.node('MatMul', names, {}, output.name)
    build.has(output, made)
  },
  reshape: (build: OnnxBuilder, { inputs, output, attributes }: StepOf<'reshape'>): void =>
    build.has(
      output,
      build.node('Reshape', [build.last(inputs[0]!), build.shape(attributes.to)], {}, output.name)
    ),
  transpose: (build: OnnxBuilder, { inputs, output, attributes }: StepOf<'transpose'>): void =>
    build.has(
      output,
      build.node('Transpose', [build.last(inputs[0]!)], { perm: attributes.order }, output.name)
    ),
  concat: (build: OnnxBuilder, { inputs, output, attributes: { axis } }: StepOf<'concat'>): void => {
    // Pictures side by side stay with their channels first.
    const turned = output.shape.length === 4 && inputs.every((input) => build.isChannelsFirst(input))
    const names = inputs.map((input) => (turned ? build.first(input) : build.last(input)))
    const made = build.node('Concat', names, { axis: turned ? [0, 2, 3, 1][axis]! : axis }, output.name)
    build.has(output, made, turned ? 'channelsFirst' : 'channelsLast')
  },
  slice: (build: OnnxBuilder, { inputs, output, attributes: { begin, size } }: StepOf<'slice'>): void => {
    const axes = begin.flatMap((_, axis) => (size[axis] === inputs[0]!.shape[axis] ? [] : [axis]))
    const starts = build.integers(axes.map((axis) => begin[axis]!))
    const ends = build.integers(axes.map((axis) => begin[axis]! + size[axis]!))
    const given = [build.last(inputs[0]!), starts, ends, build.integers(axes)]
    build.has(output, build.node('Slice', given, {}, output.name))
  },
  pad: (build: OnnxBuilder, { inputs, output, attributes: { pads, value } }: StepOf<'pad'>): void => {
    const sizes = build.integers([...pads.map(([before]) => before), ...pads.map(([, behind]) => behind)])
    const fill = build.tensor(`${output.name}/value`, 'float32', [], Float32Array.of(value))
    build.has(output, build.node('Pad', [build.last(inputs[0]!), sizes, fill], {}, output.name))
  },
  reverse: (build: OnnxBuilder, { inputs, output, attributes: { axes } }: StepOf<'reverse'>): void =>
    build.has(output, reversed(build, build.last(inputs[0]!), axes, output.name)),
  gather: (build: OnnxBuilder, { inputs, output }: StepOf<'gather'>): void =>
    build.has(
      output,
      build.node('Gather', [build.last(inputs[0]!), build.last(inputs[1]!)], { axis: 0 }, output.name)
    ),
  reduce: (build: OnnxBuilder, { inputs, output, attributes }: StepOf<'reduce'>): void => {
    const { kind, axes, keep } = attributes
    const op = REDUCE[kind]
    const x = build.last(inputs[0]!)
    const keepdims = Number(keep)
    // Of these operations only the sum takes its axes as an input in this operation set.
    const made =
      kind === 'sum'
        ? build.node(op, [x, build.integers(axes)], { keepdims }, output.name)
        : build.node(op, [x], { axes, keepdims }, output.name)
    build.has(output, made)
  },
  fill: (build: OnnxBuilder, { output, attributes }: StepOf<'fill'>): void => {
    const { value, shape } = attributes
    const value_ = { name: '', type: 'float32', dims: [1], values: Float32Array.of(value) } as const
    const sizes = build.node(
      'Concat',
      shape.map((size) => (size < 0 ? batches(build, -size) : build.integers([size]))),
      { axis: 0 },
      `${output.name}/shape`
    )
    build.has(output, build.node('ConstantOfShape', [sizes], { value: value_ }, output.name))
  }
}

/** So many times the batch, [1] as int64. */
function batches(build: OnnxBuilder, times: number): string {
  const all = build.node('Shape', [inputName(build)], { start: 0, end: 1 }, 'batch')
  return times === 1 ? all : build.node('Mul', [all, build.integers([times])], {}, 'batches')
}

const inputName = (build: OnnxBuilder): string => build.last(inputOf(build))
const inputOf = ({ program }: OnnxBuilder): Value => program.input
