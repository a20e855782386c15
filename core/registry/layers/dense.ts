import { sizeOf } from '../../graph/signal'
import { countText, numberText } from '../../words'
import { defineLayer, part } from '../define'
import { activated, kernelAndBias, kernelFields, weightedSum, kerasDense } from '../kernelFields'
import { shapeAt, wrongArrangement } from '../shapes'

/** y = activation(x · kernel + bias); [features] → [units], [steps, features] → [steps, units]. Keras: Dense. */
export default defineLayer({
  type: 'dense',
  title: 'Dense',
  summary: 'Every input talks to every neuron',
  docs: 'Each neuron adds up all its inputs, each times a weight, adds a bias and bends the sum. Takes a row of n numbers and gives one number a neuron.',
  keras: (context) => ({ class: 'Dense', config: kerasDense(context) }),
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
    ...kernelFields
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ units }) => `${numberText(units)} ${units === 1 ? 'neuron' : 'neurons'}`,
  formula: ({ activation, useBias }) => `h = ${activated(activation, useBias ? 'x · W + b' : 'x · W')}`,
  infer: ({ nodeId, config, inputs }) => {
    const shape = shapeAt(inputs) ?? []
    const steps = shape.length === 2 ? [shape[0]!] : []
    const outputs = { output: { kind: 'numbers', shape: [...steps, config.units] } } as const
    if (shape.length <= 2) return { outputs }
    const detail = `Flatten unrolls the picture into ${countText(sizeOf(shape))} numbers.`
    return { outputs, problems: [{ ...wrongArrangement(nodeId, shape, 'row'), detail }] }
  },
  weights: (config, inputs) =>
    kernelAndBias(config, [shapeAt(inputs)?.at(-1) ?? 0, config.units], [config.units]),
  forward: ({ ops, config, inputs, weights, activate }) =>
    activate(config.activation, weightedSum(ops, inputs['input']!, weights)),
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
