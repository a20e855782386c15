import { kerasConvolution } from '../kerasConvolution'
import { defineLayer, part } from '../define'
import { activated, kernelAndBias, kernelFields } from '../kernelFields'
import { arranged, many, numbersOut, shapeAt } from '../shapes'
import { convolve, gapProblem, paddingField, windowPlaces, windowProblem } from '../windows'

/** y = activation(x * kernel + bias): [steps, channels] → [steps, filters]. Keras: Conv1D. */
export default defineLayer({
  type: 'conv1d',
  title: 'Conv1D',
  summary: 'Looks for short patterns all along a sequence',
  docs: 'Each filter is a short window of weights that slides along the sequence and answers at every step how much of its pattern is there. Takes a sequence of steps with some numbers each and gives one number for each filter and step.',
  keras: (context) => {
    if (context.dialect === 'tfjs' && context.config.padding === 'causal')
      context.refuse('sees only the past at its edges, which TensorFlow.js has not')
    return { class: 'Conv1D', config: { ...kerasConvolution(context, 1), groups: 1 } }
  },
  group: 'Sequences',
  icon: 'scan-line',
  role: 'layer',
  oneDnn: ({ strides, dilationRate }) => (strides === 1 && dilationRate === 1 ? 'faster' : 'wrong'),
  fields: {
    filters: {
      kind: 'int',
      label: 'Filters',
      unit: 'filters',
      help: 'Each filter looks for one pattern.',
      default: 16,
      min: 1,
      max: 1024
    },
    kernelSize: {
      kind: 'int',
      label: 'Window',
      unit: 'steps',
      help: 'How many neighbouring steps a filter sees at once.',
      default: 3,
      min: 1,
      max: 255
    },
    activation: {
      kind: 'part',
      registry: 'activation',
      label: 'Activation',
      help: 'How each answer is bent. Relu keeps only places that match.',
      default: part('relu')
    },
    padding: {
      ...paddingField,
      help: 'Filled edges keep the length where the step is 1. Only the past never looks ahead.',
      options: [...paddingField.options, { value: 'causal', label: 'Only the past' }]
    },
    strides: {
      kind: 'int',
      label: 'Step',
      help: 'How far the window moves each time. 2 halves the sequence.',
      default: 1,
      min: 1,
      max: 64
    },
    dilationRate: {
      kind: 'int',
      label: 'Gaps',
      help: 'Distance of the steps that the window looks at. 1 leaves no gaps.',
      default: 1,
      min: 1,
      max: 64,
      advanced: true
    },
    ...kernelFields
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ filters, kernelSize }) => `${many(filters, 'filter')}, ${many(kernelSize, 'step')}`,
  formula: ({ activation, useBias }) => `h = ${activated(activation, useBias ? 'x ∗ W + b' : 'x ∗ W')}`,
  infer: (context) =>
    arranged(context, 'sequence', ([steps = 0]) => {
      const { config, nodeId } = context
      const { kernelSize: size, strides, padding, dilationRate: dilation, filters } = config
      const window = { size, strides, padding, dilation }
      const problem =
        gapProblem(nodeId, window) ?? windowProblem(nodeId, [steps], window, 'kernelSize', 'sequence')
      if (problem) return { outputs: {}, problems: [problem] }
      return numbersOut(windowPlaces(steps, window), filters)
    }),
  weights: (config, inputs) => {
    const { kernelSize, filters } = config
    return kernelAndBias(config, [kernelSize, shapeAt(inputs)?.[1] ?? 0, filters], [filters])
  },
  forward: ({ ops, config, inputs, weights, activate, setMask }) => {
    const { strides, padding, dilationRate, kernelSize, filters } = config
    const [, steps, channels] = inputs['input']!.shape
    // A picture of one line.
    const line = ops.reshape(inputs['input']!, [-1, 1, steps!, channels!])
    const past = padding === 'causal' ? (kernelSize - 1) * dilationRate : 0
    const sum = convolve(
      ops,
      past > 0
        ? ops.pad(line, [
            [0, 0],
            [0, 0],
            [past, 0],
            [0, 0]
          ])
        : line,
      ops.reshape(weights['kernel']!, [1, kernelSize, channels!, filters]),
      { strides: [1, strides], padding: padding === 'same' ? 'same' : 'valid' },
      [1, dilationRate]
    )
    setMask(undefined)
    const answers = ops.reshape(sum, [-1, sum.shape[2]!, filters])
    return activate(config.activation, weights['bias'] ? ops.add(answers, weights['bias']) : answers)
  },
  examples: [
    {
      title: 'inside only',
      config: { filters: 4, kernelSize: 3 },
      inputs: { input: { kind: 'numbers', shape: [8, 2] } },
      outputs: { output: { kind: 'numbers', shape: [6, 4] } },
      parameters: 28
    },
    {
      title: 'only the past, with gaps',
      config: { filters: 2, kernelSize: 2, padding: 'causal', dilationRate: 4, activation: part('tanh') },
      inputs: { input: { kind: 'numbers', shape: [7, 3] } },
      outputs: { output: { kind: 'numbers', shape: [7, 2] } },
      parameters: 14
    }
  ]
})
