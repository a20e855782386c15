import { defineLayer } from '../define'
import { numbersOut, shapeAt } from '../shapes'

/** y = x above 0, negativeSlope · x below; same shape. Keras: LeakyReLU. */
export default defineLayer({
  type: 'leakyRelu',
  title: 'Leaky relu',
  summary: 'Lets positive numbers through and a little of negative ones',
  docs: 'Keeps positive numbers and makes negative ones smaller by a factor, so that no neuron goes silent for good. The shape stays as it is. It has no weights.',
  keras: ({ config, dialect }) => ({
    class: 'LeakyReLU',
    config: { [dialect === 'keras3' ? 'negative_slope' : 'alpha']: config.negativeSlope }
  }),
  fromKeras: {
    // Keras 2 calls it alpha.
    LeakyReLU: ({ settings }) => ({
      config: { negativeSlope: Number(settings['negative_slope'] ?? settings['alpha'] ?? 0.3) },
      said: ['negative_slope', 'alpha']
    })
  },
  group: 'Everyday',
  icon: 'trending-up',
  role: 'layer',
  fields: {
    negativeSlope: {
      kind: 'float',
      label: 'Slope below 0',
      help: 'What negative numbers are multiplied by. 0 is relu.',
      default: 0.3,
      min: 0,
      max: 1,
      step: 0.05
    }
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ negativeSlope }) => `slope ${negativeSlope}`,
  formula: ({ negativeSlope }) => `h = max(x, ${negativeSlope} · x)`,
  infer: ({ inputs }) => numbersOut(...(shapeAt(inputs) ?? [0])),
  forward: ({ ops, config, inputs }) => ops.leakyRelu(inputs['input']!, config.negativeSlope),
  examples: [
    {
      title: 'keeps the shape',
      config: { negativeSlope: 0.1 },
      inputs: { input: { kind: 'numbers', shape: [4] } },
      outputs: { output: { kind: 'numbers', shape: [4] } },
      parameters: 0
    }
  ]
})
