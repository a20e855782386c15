import { numberText } from '../../words'
import { defineLayer, type KerasLayer } from '../define'
import { numbersOut, shapeAt } from '../shapes'

/** y = (x − mean) / √variance, same shape. Keras: Normalization with a mean and a variance that are given. */
export default defineLayer({
  type: 'normalization',
  title: 'Normalization',
  summary: 'Brings numbers of known mean and spread to around 0',
  docs: 'Subtracts a mean from every number and divides by the spread, so that the network gets numbers around 0 that are about 1 large. Mean and variance are those that you set. The shape stays as it is. It has no weights.',
  keras: ({ config: { mean, variance }, dialect }): KerasLayer => {
    if (dialect !== 'tfjs') return { class: 'Normalization', config: { axis: null, mean, variance } }
    // TensorFlow.js has no Normalization.
    const spread = Math.max(Math.sqrt(variance), 1e-7)
    return { class: 'Rescaling', config: { scale: 1 / spread, offset: -mean / spread } }
  },
  group: 'Everyday',
  icon: 'scale',
  role: 'layer',
  fields: {
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
  fact: ({ mean }) => `mean ${numberText(mean)}`,
  formula: ({ mean, variance }) => `h = (x − ${numberText(mean)}) / √${numberText(variance)}`,
  infer: ({ inputs }) => numbersOut(...(shapeAt(inputs) ?? [0])),
  forward: ({ ops, config, inputs }) => {
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
    }
  ]
})
