import { sizeOf } from '../../graph/signal'
import { numberText } from '../../words'
import { defineLayer, part } from '../define'

/**
 * A restricted Boltzmann machine: σ(v · kernel + hiddenBias), how likely each hidden unit is on; [visible] → [units].
 * The same kernel, turned, leads back. Smolensky, "Information processing in dynamical systems", 1986.
 */
export default defineLayer({
  type: 'rbm',
  title: 'Boltzmann machine',
  summary: 'Learns what its inputs look like, without answers',
  docs: 'Hidden units that switch on and off by chance, and a way back from them to the input. It learns to find real examples likely, and can dream up new ones. Takes numbers between 0 and 1; a picture is unrolled.',
  group: 'Everyday',
  icon: 'brain',
  role: 'layer',
  fields: {
    units: {
      kind: 'int',
      label: 'Hidden units',
      unit: 'units',
      help: 'Each one learns a part that examples are put together from.',
      default: 64,
      min: 1,
      max: 4096
    },
    kernelInitializer: {
      kind: 'part',
      registry: 'initializer',
      label: 'Starting weights',
      help: 'The random numbers that the weights start from. Small ones are best here.',
      default: part('randomNormal', { mean: 0, std: 0.01 })
    },
    kernelRegularizer: {
      kind: 'part',
      registry: 'regularizer',
      label: 'Keep weights small',
      help: 'A penalty on large weights.',
      default: part('none'),
      hot: true
    }
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ units }) => `${numberText(units)} hidden`,
  formula: () => 'h = σ(v · W + c)',
  infer: ({ config }) => ({ outputs: { output: { kind: 'numbers', shape: [config.units] } } }),
  weights: (config, inputs) => {
    const input = inputs['input']
    const visible = input?.kind === 'numbers' ? sizeOf(input.shape) : 0
    return [
      {
        name: 'kernel',
        shape: [visible, config.units],
        initializer: config.kernelInitializer,
        regularizer: config.kernelRegularizer,
        trainable: true
      },
      { name: 'visibleBias', shape: [visible], initializer: part('zeros'), trainable: true },
      { name: 'hiddenBias', shape: [config.units], initializer: part('zeros'), trainable: true }
    ]
  },
  forward: ({ ops, inputs, weights }) => {
    const x = inputs['input']!
    const rows = ops.reshape(x, [x.shape[0]!, -1])
    return ops.sigmoid(ops.add(ops.matMul(rows as never, weights['kernel'] as never), weights['hiddenBias']!))
  },
  examples: [
    {
      title: '64 hidden units on a digit',
      config: {},
      inputs: { input: { kind: 'numbers', shape: [28, 28, 1] } },
      outputs: { output: { kind: 'numbers', shape: [64] } },
      parameters: 51_024
    }
  ]
})
