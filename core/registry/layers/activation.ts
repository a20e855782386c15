import { defineLayer, part } from '../define'

/** y = activation(x), same shape. Keras: Activation. */
export default defineLayer({
  type: 'activation',
  title: 'Activation',
  summary: 'Bends the signal, so lines can curve',
  docs: 'Applies an activation function to every number it gets. The shape stays as it is. It has no weights.',
  keras: ({ config, endsWith }) => ({
    class: 'Activation',
    config: { activation: endsWith(config.activation) }
  }),
  fromKeras: {
    ReLU: ({ settings, refuse }) => {
      if (settings['max_value'] != null || settings['threshold'])
        refuse('ends at a number, or begins above 0')
      const slope = Number(settings['negative_slope'] ?? 0)
      return {
        config: { activation: slope === 0 ? part('relu') : part('leakyRelu', { negativeSlope: slope }) },
        said: ['max_value', 'negative_slope', 'threshold']
      }
    },
    ELU: ({ settings, refuse }) => {
      if (settings['alpha'] !== 1) refuse('ends at another number than −1')
      return { config: { activation: part('elu') }, said: ['alpha'] }
    }
  },
  group: 'Everyday',
  icon: 'gauge',
  role: 'layer',
  fields: {
    activation: {
      kind: 'part',
      registry: 'activation',
      label: 'Activation',
      help: 'How each number is bent.',
      default: part('relu')
    }
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ activation }) => activation.type,
  formula: ({ activation }) => `h = ${activation.type}(x)`,
  infer: ({ inputs }) => ({ outputs: inputs['input'] ? { output: inputs['input'] } : {} }),
  forward: ({ inputs, config, activate }) => activate(config.activation, inputs['input']!),
  examples: [
    {
      title: 'keeps the shape',
      config: { activation: part('relu') },
      inputs: { input: { kind: 'numbers', shape: [4] } },
      outputs: { output: { kind: 'numbers', shape: [4] } },
      parameters: 0
    }
  ]
})
