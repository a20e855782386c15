import { numberText } from '../../words'
import { defineLayer, part, type FoundInKeras, type KerasLayer } from '../define'
import { numbersOut, shapeAt } from '../shapes'

/**
 * y = (x − mean) / √variance, same shape: one mean and variance that are given, or those of each column, the last axis,
 * which are weights that do not learn. Keras: Normalization.
 */
export default defineLayer({
  type: 'normalization',
  title: 'Normalization',
  summary: 'Brings numbers of known mean and spread to around 0',
  docs: 'Subtracts a mean from every number and divides by the spread, so that the network gets numbers around 0 that are about 1 large. Mean and variance are those that you set, or those that each column had when a model was made elsewhere; they do not learn. The shape stays as it is.',
  keras: ({ config: { axis, mean, variance }, dialect, refuse }): KerasLayer => {
    if (axis === 'last') {
      if (dialect === 'tfjs') refuse('knows a mean for each column, which TensorFlow.js has not')
      return {
        class: 'Normalization',
        config: { axis: -1, mean: null, variance: null },
        also: [{ place: 'count', shape: [], values: Float32Array.of(0) }]
      }
    }
    if (dialect !== 'tfjs') return { class: 'Normalization', config: { axis: null, mean, variance } }
    // TensorFlow.js has no Normalization.
    const spread = Math.max(Math.sqrt(variance), 1e-7)
    return { class: 'Rescaling', config: { scale: 1 / spread, offset: -mean / spread } }
  },
  fromKeras: {
    Normalization: ({ settings, alike, shapes: [shape = []], refuse }): FoundInKeras => {
      const { axis, mean, variance, ...others } = settings
      if (typeof mean === 'number' && typeof variance === 'number')
        return { config: { mean, variance }, said: ['axis'] }
      const [one] = Array.isArray(axis) ? axis : [axis]
      const isLast = one === -1 || one === shape.length
      if (mean !== null || variance !== null || !isLast || (Array.isArray(axis) && axis.length !== 1))
        refuse('normalizes along other axes than the last')
      return { config: { ...alike(others), axis: 'last' }, said: ['axis'] }
    }
  },
  group: 'Everyday',
  icon: 'scale',
  role: 'layer',
  fields: {
    axis: {
      kind: 'choice',
      label: 'Mean and variance',
      help: 'The same for all numbers, or those that each column or channel had when a model was made elsewhere.',
      default: 'none',
      options: [
        { value: 'none', label: 'Same for all' },
        { value: 'last', label: 'Of each column' }
      ],
      advanced: true
    },
    mean: {
      kind: 'float',
      label: 'Mean',
      help: 'What is subtracted from every number.',
      default: 0,
      min: -1_000_000,
      max: 1_000_000,
      step: 0.1
    },
    variance: {
      kind: 'float',
      label: 'Variance',
      help: 'The square of the spread. Numbers are divided by its root.',
      default: 1,
      min: 0,
      max: 1_000_000_000,
      step: 0.1
    }
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ axis, mean }) => (axis === 'last' ? 'each column' : `mean ${numberText(mean)}`),
  formula: ({ axis, mean, variance }) =>
    axis === 'last'
      ? 'h = (x − mean) / √variance'
      : `h = (x − ${numberText(mean)}) / √${numberText(variance)}`,
  weights: ({ axis }, inputs) => {
    if (axis !== 'last') return []
    const shape = [shapeAt(inputs)?.at(-1) ?? 0]
    return [
      { name: 'mean', shape, initializer: part('zeros'), trainable: false },
      { name: 'variance', shape, initializer: part('ones'), trainable: false }
    ]
  },
  infer: ({ inputs }) => numbersOut(...(shapeAt(inputs) ?? [0])),
  forward: ({ ops, config, inputs, weights: { mean, variance } }) => {
    if (mean && variance)
      return ops.div(ops.sub(inputs['input']!, mean), ops.maximum(ops.sqrt(variance), 1e-7))
    // Keras' smallest divisor.
    const spread = Math.max(Math.sqrt(config.variance), 1e-7)
    const shifted = config.mean === 0 ? inputs['input']! : ops.sub(inputs['input']!, config.mean)
    return ops.div(shifted, spread)
  },
  examples: [
    {
      title: 'keeps the shape',
      config: { mean: 2, variance: 4 },
      inputs: { input: { kind: 'numbers', shape: [4] } },
      outputs: { output: { kind: 'numbers', shape: [4] } },
      parameters: 0
    },
    {
      title: 'of each column',
      config: { axis: 'last' },
      inputs: { input: { kind: 'numbers', shape: [4] } },
      outputs: { output: { kind: 'numbers', shape: [4] } },
      parameters: 8
    }
  ]
})
