import { signalText, sizeOf } from '../../graph/signal'
import { countText, numberText } from '../../words'
import { defineLayer, part } from '../define'

/** y = activation(x · kernel + bias); [features] → [units], [steps, features] → [steps, units]. Keras: Dense. */
export default defineLayer({
  type: 'dense',
  title: 'Dense',
  summary: 'Every input talks to every neuron',
  docs: 'Each neuron adds up all its inputs, each times a weight, adds a bias and bends the sum. Takes a row of n numbers and gives one number a neuron.',
  keras: 'Dense',
  group: 'Everyday',
  icon: 'layers',
  role: 'layer',
  fields: {
    units: {
      kind: 'int',
      label: 'Neurons',
      unit: 'neurons',
      help: 'Each neuron draws one soft line. Three lines can fence in a moon.',
      default: 8,
      min: 1,
      max: 4096
    },
    activation: {
      kind: 'part',
      registry: 'activation',
      label: 'Activation',
      help: 'How a neuron bends its sum. Without a bend, layers add nothing.',
      default: part('tanh')
    },
    kernelInitializer: {
      kind: 'part',
      registry: 'initializer',
      label: 'Starting weights',
      help: 'The random numbers that the weights start from.',
      default: part('glorotUniform')
    },
    kernelRegularizer: {
      kind: 'part',
      registry: 'regularizer',
      label: 'Keep weights small',
      help: 'A penalty on large weights. Helps when new points do worse than training points.',
      default: part('none'),
      hot: true
    },
    useBias: {
      kind: 'bool',
      label: 'Bias',
      help: 'Lets each neuron move its line away from the centre.',
      default: true,
      advanced: true
    },
    biasInitializer: {
      kind: 'part',
      registry: 'initializer',
      label: 'Starting bias',
      help: 'What the biases start from. Zeros is usual.',
      default: part('zeros'),
      advanced: true
    },
    kernelConstraint: {
      kind: 'part',
      registry: 'constraint',
      label: 'Hold weights to',
      help: 'A rule that the weights are held to after each step.',
      default: part('none'),
      advanced: true
    },
    biasRegularizer: {
      kind: 'part',
      registry: 'regularizer',
      label: 'Keep biases small',
      help: 'A penalty on large biases. Seldom needed.',
      default: part('none'),
      hot: true,
      advanced: true
    }
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ units }) => `${numberText(units)} ${units === 1 ? 'neuron' : 'neurons'}`,
  formula: ({ activation, useBias }) => {
    const sum = useBias ? 'x · W + b' : 'x · W'
    return activation.type === 'linear' ? `h = ${sum}` : `h = ${activation.type}(${sum})`
  },
  infer: ({ nodeId, config, inputs }) => {
    const input = inputs['input']
    const steps = input?.kind === 'numbers' && input.shape.length === 2 ? [input.shape[0]!] : []
    const outputs = { output: { kind: 'numbers', shape: [...steps, config.units] } } as const
    if (input?.kind !== 'numbers' || input.shape.length <= 2) return { outputs }
    return {
      outputs,
      problems: [
        {
          code: 'shape',
          nodeId,
          message: `Gets a ${signalText(input)} picture, needs a row of numbers.`,
          detail: `Flatten unrolls the picture into ${countText(sizeOf(input.shape))} numbers.`,
          fix: {
            label: 'Add Flatten before it',
            edit: { kind: 'insertBefore', nodeId, port: 'input', type: 'flatten' }
          }
        }
      ]
    }
  },
  weights: (config, inputs) => {
    const input = inputs['input']
    const fanIn = input?.kind === 'numbers' ? (input.shape.at(-1) ?? 0) : 0
    return [
      {
        name: 'kernel',
        shape: [fanIn, config.units],
        initializer: config.kernelInitializer,
        regularizer: config.kernelRegularizer,
        constraint: config.kernelConstraint,
        trainable: true
      },
      ...(config.useBias
        ? [
            {
              name: 'bias',
              shape: [config.units],
              initializer: config.biasInitializer,
              regularizer: config.biasRegularizer,
              trainable: true
            }
          ]
        : [])
    ]
  },
  forward: ({ ops, config, inputs, weights, activate }) => {
    const x = inputs['input']!
    const steps = x.shape.length === 3
    const rows = steps ? ops.reshape(x, [-1, x.shape[2]!]) : x
    const product = ops.matMul(rows as never, weights['kernel'] as never)
    const sum = weights['bias'] ? ops.add(product, weights['bias']) : product
    return activate(config.activation, steps ? ops.reshape(sum, [-1, x.shape[1]!, config.units]) : sum)
  },
  examples: [
    {
      title: 'three neurons on two inputs',
      config: { units: 3 },
      inputs: { input: { kind: 'numbers', shape: [2] } },
      outputs: { output: { kind: 'numbers', shape: [3] } },
      parameters: 9
    },
    {
      title: 'without biases',
      config: { units: 2, useBias: false, activation: part('sigmoid') },
      inputs: { input: { kind: 'numbers', shape: [6] } },
      outputs: { output: { kind: 'numbers', shape: [2] } },
      parameters: 12
    },
    {
      title: 'at each of eight steps',
      config: { units: 1 },
      inputs: { input: { kind: 'numbers', shape: [8, 16] } },
      outputs: { output: { kind: 'numbers', shape: [8, 1] } },
      parameters: 17
    }
  ]
})
