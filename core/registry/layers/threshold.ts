import { defineLayer } from '../define'
import { numbersOut, shapeAt } from '../shapes'
import { withoutSlope } from '../slopes'

/** y = x where x > theta, else `value`; same shape. Keras has it as a function: keras.activations.threshold. */
export default defineLayer({
  type: 'threshold',
  title: 'Threshold',
  summary: 'Lets only numbers above a limit through',
  docs: 'Keeps numbers above a limit and puts one value in the place of all others. The shape stays as it is. It has no weights.',
  group: 'Everyday',
  icon: 'toggle-right',
  role: 'layer',
  fields: {
    theta: {
      kind: 'float',
      label: 'Limit',
      help: 'Numbers above it go through.',
      default: 1,
      min: -1000,
      max: 1000,
      step: 0.1
    },
    value: {
      kind: 'float',
      label: 'Otherwise',
      help: 'What stands in the place of all other numbers.',
      default: 0,
      min: -1000,
      max: 1000,
      step: 0.1
    }
  },
  keras: ({ config, dialect, refuse }) => {
    if (dialect !== 'tfjs') refuse('is not in Keras')
    if (config.value !== 0) refuse('gives another number than 0 below its limit, which TensorFlow.js cannot')
    return { class: 'ThresholdedReLU', config: { theta: config.theta } }
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ theta }) => `above ${theta}`,
  formula: ({ theta, value }) => `h = x where x > ${theta}, else ${value}`,
  infer: ({ inputs }) => numbersOut(...(shapeAt(inputs) ?? [0])),
  forward: ({ ops, config, inputs }) => {
    const x = inputs['input']!
    const above = withoutSlope(ops, x, (numbers) => ops.cast(ops.greater(numbers, config.theta), 'float32'))
    const kept = ops.mul(x, above)
    return config.value === 0 ? kept : ops.add(kept, ops.mul(ops.sub(1, above), config.value))
  },
  examples: [
    {
      title: 'keeps the shape',
      config: { theta: 0.5 },
      inputs: { input: { kind: 'numbers', shape: [4] } },
      outputs: { output: { kind: 'numbers', shape: [4] } },
      parameters: 0
    }
  ]
})
