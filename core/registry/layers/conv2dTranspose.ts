import { kerasConvolution } from '../kerasConvolution'
import { defineLayer, part } from '../define'
import { activated, kernelAndBias, kernelFields } from '../kernelFields'
import { arranged, many, numbersOut, shapeAt } from '../shapes'
import { paddingField, type Padding } from '../windows'

/**
 * The slope of a Conv2D towards its input, as a layer: [height, width, channels] → [height, width, filters], larger
 * by the step. The kernel is [height, width, filters, channels]. Keras: Conv2DTranspose.
 */
export default defineLayer({
  type: 'conv2dTranspose',
  title: 'Conv2D transpose',
  summary: 'Paints a larger picture with small patterns',
  docs: 'The reverse of a Conv2D: every pixel stamps a small pattern of weights, stronger or weaker, onto a larger picture, and the stamps add up. Takes a picture of height × width × channels and gives a larger one with a channel for each filter.',
  keras: (context) => ({
    class: 'Conv2DTranspose',
    config: { ...kerasConvolution(context, 2), output_padding: null }
  }),
  group: 'Pictures',
  icon: 'stamp',
  role: 'layer',
  oneDnn: () => 'wrong',
  fields: {
    filters: {
      kind: 'int',
      label: 'Filters',
      unit: 'filters',
      help: 'How many channels the new picture has.',
      default: 16,
      min: 1,
      max: 1024
    },
    kernelSize: {
      kind: 'int',
      label: 'Window',
      help: 'Side of the stamped pattern in pixels.',
      default: 3,
      min: 1,
      max: 31
    },
    strides: {
      kind: 'int',
      label: 'Step',
      help: 'How many times larger the picture becomes.',
      default: 2,
      min: 1,
      max: 16
    },
    activation: {
      kind: 'part',
      registry: 'activation',
      label: 'Activation',
      help: 'How each new pixel is bent.',
      default: part('relu')
    },
    padding: {
      ...paddingField,
      label: 'Size',
      help: 'Exact multiplies the size by the step. With edges keeps what is stamped beyond.',
      default: 'same',
      options: [
        { value: 'same', label: 'Exact' },
        { value: 'valid', label: 'With edges' }
      ]
    },
    ...kernelFields
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ filters, strides }) => `${many(filters, 'filter')}, × ${strides}`,
  formula: ({ activation, useBias }) => `h = ${activated(activation, useBias ? 'x ∗ᵀ W + b' : 'x ∗ᵀ W')}`,
  infer: (context) =>
    arranged(context, 'picture', ([height = 0, width = 0]) =>
      numbersOut(stamped(height, context.config), stamped(width, context.config), context.config.filters)
    ),
  weights: (config, inputs) => {
    const { kernelSize, filters } = config
    return kernelAndBias(config, [kernelSize, kernelSize, filters, shapeAt(inputs)?.[2] ?? 0], [filters])
  },
  forward: ({ ops, config, inputs, weights, activate }) => {
    const { strides, padding, filters } = config
    const x = inputs['input']!
    const [batch, height, width] = x.shape
    const sum = ops.conv2dTranspose(
      x as never,
      weights['kernel'] as never,
      [batch!, stamped(height!, config), stamped(width!, config), filters],
      [strides, strides],
      padding
    )
    return activate(config.activation, weights['bias'] ? ops.add(sum, weights['bias']) : sum)
  },
  examples: [
    {
      title: 'twice as large',
      config: { filters: 2, activation: part('tanh') },
      inputs: { input: { kind: 'numbers', shape: [3, 2, 3] } },
      outputs: { output: { kind: 'numbers', shape: [6, 4, 2] } },
      parameters: 56
    },
    {
      title: 'with edges',
      config: { filters: 8, kernelSize: 5, padding: 'valid' },
      inputs: { input: { kind: 'numbers', shape: [7, 7, 16] } },
      outputs: { output: { kind: 'numbers', shape: [17, 17, 8] } },
      parameters: 3208
    }
  ]
})

/** Side of the new picture for one side of the old. */
function stamped(
  length: number,
  { kernelSize, strides, padding }: { kernelSize: number; strides: number; padding: Padding }
): number {
  return padding === 'same' ? length * strides : length * strides + Math.max(kernelSize - strides, 0)
}
