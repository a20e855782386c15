import type { KerasConfig, KerasContext } from './define'
import type { ConfigOf, Part } from './fields'
import { kerasKernel, type kernelFields } from './kernelFields'

/** The settings of a convolution over so many axes in Keras. */
export function kerasConvolution(
  context: Pick<KerasContext, 'initializer' | 'regularizer' | 'constraint' | 'endsWith'> & {
    readonly config: ConfigOf<typeof kernelFields> & {
      readonly filters: number
      readonly kernelSize: number
      readonly strides: number
      readonly padding: string
      readonly dilationRate?: number
      readonly activation: Part
    }
  },
  axes: number
): KerasConfig {
  const { filters, kernelSize, strides, padding, dilationRate = 1, activation } = context.config
  const all = (value: number): number[] => Array.from({ length: axes }, () => value)
  return {
    filters,
    kernel_size: all(kernelSize),
    strides: all(strides),
    padding,
    data_format: 'channels_last',
    dilation_rate: all(dilationRate),
    activation: context.endsWith(activation),
    ...kerasKernel(context, axes + 2)
  }
}
