import type { StepOf, Value, WindowAttributes } from '../program/program'
import { turn } from '../program/turn'
import type { OnnxBuilder } from './builder'

const padsOf = ({ pads: [down, across] }: WindowAttributes): number[] => [
  down[0],
  across[0],
  down[1],
  across[1]
]

/** A filter that is known, or made by nodes, with its axes in another order. */
function turned(build: OnnxBuilder, filter: Value, perm: readonly number[]): string {
  const constant = build.constant(filter)
  if (!constant) return build.node('Transpose', [build.last(filter)], { perm }, `${filter.name}/turned`)
  const { shape } = filter
  const values = turn(constant.values, shape, perm)
  const dims = perm.map((axis) => shape[axis]!)
  return build.tensor(filter.name, 'float32', dims, values)
}

export const pictures = {
  conv2d: (build: OnnxBuilder, { inputs, output, attributes }: StepOf<'conv2d'>): void => {
    const [x, filter] = inputs as [Value, Value]
    const { strides, dilations } = attributes
    const kernel = turned(build, filter, [3, 2, 0, 1])
    const settings = { strides, dilations, pads: padsOf(attributes), kernel_shape: filter.shape.slice(0, 2) }
    build.has(output, build.node('Conv', [build.first(x), kernel], settings, output.name), 'channelsFirst')
  },
  conv2dTranspose: (build: OnnxBuilder, { inputs, output, attributes }: StepOf<'conv2dTranspose'>): void => {
    const [x, filter] = inputs as [Value, Value]
    const { strides, pads } = attributes
    const sides = [0, 1] as const
    const settings = {
      strides,
      pads: padsOf(attributes),
      kernel_shape: filter.shape.slice(0, 2),
      output_padding: sides.map((side) => {
        const reached = (x.shape[side + 1]! - 1) * strides[side] + filter.shape[side]!
        return output.shape[side + 1]! - reached + pads[side][0] + pads[side][1]
      })
    }
    const kernel = turned(build, filter, [3, 2, 0, 1])
    build.has(
      output,
      build.node('ConvTranspose', [build.first(x), kernel], settings, output.name),
      'channelsFirst'
    )
  },
  pool: (build: OnnxBuilder, { inputs, output, attributes }: StepOf<'pool'>): void => {
    const { kind, size, strides } = attributes
    const settings = { kernel_shape: size, strides, pads: padsOf(attributes) }
    const op = kind === 'max' ? 'MaxPool' : 'AveragePool'
    build.has(output, build.node(op, [build.first(inputs[0]!)], settings, output.name), 'channelsFirst')
  },
  enlarge: (build: OnnxBuilder, { inputs, output, attributes: { factor } }: StepOf<'enlarge'>): void => {
    const scales = build.tensor(`${output.name}/scales`, 'float32', [4], Float32Array.of(1, 1, ...factor))
    const settings = {
      mode: 'nearest',
      coordinate_transformation_mode: 'asymmetric',
      nearest_mode: 'floor'
    }
    const made = build.node('Resize', [build.first(inputs[0]!), '', scales], settings, output.name)
    build.has(output, made, 'channelsFirst')
  }
}
