import { kerasConvolution } from '../kerasConvolution'
import { defineLayer, part } from '../define'
import { activated, kernelAndBias, kernelFields } from '../kernelFields'
import { arranged, many, numbersOut, shapeAt } from '../shapes'
import { convolve, gapProblem, paddingField, windowPlaces, windowProblem } from '../windows'

/** y = activation(x * kernel + bias): [height, width, channels] → [height, width, filters]. Keras: Conv2D. */
export default defineLayer({
  type: 'conv2d',
  title: 'Conv2D',
  summary: 'Looks for small patterns all over a picture',
  docs: 'Each filter is a small window of weights that slides over the picture and answers at every place how much of its pattern is there. Takes a picture of height × width × channels and gives one with a channel for each filter.',
  keras: (context) => ({ class: 'Conv2D', config: { ...kerasConvolution(context, 2), groups: 1 } }),
  group: 'Pictures',
  icon: 'grid-3x3',
  role: 'layer',
  oneDnn: ({ strides, dilationRate }) => (strides === 1 && dilationRate === 1 ? 'faster' : 'wrong'),
  fields: {
    filters: {
      kind: 'int',
      label: 'Filters',
      unit: 'filters',
      help: 'Each filter looks for one pattern and gives one channel.',
      default: 16,
      min: 1,
      max: 1024
    },
    kernelSize: {
      kind: 'int',
      label: 'Window',
      help: 'Side of the window in pixels. 3 is usual, 5 sees more at once.',
      default: 3,
      min: 1,
      max: 31
    },
    activation: {
      kind: 'part',
      registry: 'activation',
      label: 'Activation',
      help: 'How each answer is bent. Relu keeps only places that match.',
      default: part('relu')
    },
    padding: paddingField,
    strides: {
      kind: 'int',
      label: 'Step',
      help: 'How many pixels the window moves at a time. 2 halves the picture.',
      default: 1,
      min: 1,
      max: 16
    },
    dilationRate: {
      kind: 'int',
      label: 'Gaps',
      help: 'Distance of the pixels that the window looks at. 1 leaves no gaps.',
      default: 1,
      min: 1,
      max: 16,
      advanced: true
    },
    ...kernelFields
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ filters, kernelSize }) => `${many(filters, 'filter')}, ${kernelSize} × ${kernelSize}`,
  formula: ({ activation, useBias }) => `h = ${activated(activation, useBias ? 'x ∗ W + b' : 'x ∗ W')}`,
  infer: (context) =>
    arranged(context, 'picture', ([height = 0, width = 0]) => {
      const { config, nodeId } = context
      const { kernelSize: size, strides, padding, dilationRate: dilation, filters } = config
      const window = { size, strides, padding, dilation }
      const problem =
        gapProblem(nodeId, window) ?? windowProblem(nodeId, [height, width], window, 'kernelSize', 'picture')
      if (problem) return { outputs: {}, problems: [problem] }
      return numbersOut(windowPlaces(height, window), windowPlaces(width, window), filters)
    }),
  weights: (config, inputs) => {
    const { kernelSize, filters } = config
    return kernelAndBias(config, [kernelSize, kernelSize, shapeAt(inputs)?.[2] ?? 0, filters], [filters])
  },
  forward: ({ ops, config, inputs, weights, activate }) => {
    const { strides, padding, dilationRate } = config
    const sum = convolve(
      ops,
      inputs['input']!,
      weights['kernel']!,
      { strides: [strides, strides], padding },
      [dilationRate, dilationRate]
    )
    return activate(config.activation, weights['bias'] ? ops.add(sum, weights['bias']) : sum)
  },
  examples: [
    {
      title: 'filled edges keep the size',
      config: { filters: 32, kernelSize: 5, padding: 'same' },
      inputs: { input: { kind: 'numbers', shape: [28, 28, 1] } },
      outputs: { output: { kind: 'numbers', shape: [28, 28, 32] } },
      parameters: 832
    },
    {
      title: 'every second place, inside only',
      config: { filters: 4, kernelSize: 3, strides: 2, useBias: false },
      inputs: { input: { kind: 'numbers', shape: [6, 5, 2] } },
      outputs: { output: { kind: 'numbers', shape: [2, 2, 4] } },
      parameters: 72
    },
    {
      title: 'with gaps',
      config: { filters: 1, kernelSize: 3, dilationRate: 2, activation: part('tanh') },
      inputs: { input: { kind: 'numbers', shape: [6, 5, 1] } },
      outputs: { output: { kind: 'numbers', shape: [2, 1, 1] } },
      parameters: 10
    }
  ]
})
