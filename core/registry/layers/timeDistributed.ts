import { defineLayer, part } from '../define'
import { activated, kernelAndBias, kernelFields, weightedSum, kerasDense } from '../kernelFields'
import { arranged, many, numbersOut, shapeAt } from '../shapes'

/** The same Dense at each step: [steps, inputs] → [steps, units]. Keras: TimeDistributed around Dense. */
export default defineLayer({
  type: 'timeDistributed',
  title: 'Dense at each step',
  summary: 'The same neurons answer at each step',
  docs: 'Uses one and the same layer of neurons at each step of a sequence, so that every step gets an answer. Takes a sequence of steps with some numbers each and gives a sequence with one number a neuron at each step.',
  keras: (context) => ({
    class: 'TimeDistributed',
    config: {
      layer: { module: 'layers', class: 'Dense', config: { name: 'dense', ...kerasDense(context) } }
    },
    place: (weight) => `layer/${weight}`
  }),
  fromKeras: {
    TimeDistributed: ({ layer, alike, refuse }) => {
      const inner = layer('layer')
      if (inner.class !== 'Dense') refuse(`is around a ${inner.class} layer`)
      return { config: alike(inner.settings) }
    }
  },
  group: 'Sequences',
  icon: 'rows-3',
  role: 'layer',
  fields: {
    units: {
      kind: 'int',
      label: 'Neurons',
      unit: 'neurons',
      help: 'How many numbers each step gets.',
      default: 8,
      min: 1,
      max: 4096
    },
    activation: {
      kind: 'part',
      registry: 'activation',
      label: 'Activation',
      help: 'How a neuron bends its sum.',
      default: part('tanh')
    },
    ...kernelFields
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ units }) => many(units, 'neuron'),
  formula: ({ activation, useBias }) => `hₜ = ${activated(activation, useBias ? 'xₜ · W + b' : 'xₜ · W')}`,
  infer: (context) => arranged(context, 'sequence', ([steps = 0]) => numbersOut(steps, context.config.units)),
  weights: (config, inputs) =>
    kernelAndBias(config, [shapeAt(inputs)?.[1] ?? 0, config.units], [config.units]),
  forward: ({ ops, config, inputs, weights, activate }) =>
    activate(config.activation, weightedSum(ops, inputs['input']!, weights)),
  examples: [
    {
      title: 'one answer a step',
      config: { units: 1, activation: part('sigmoid') },
      inputs: { input: { kind: 'numbers', shape: [8, 16] } },
      outputs: { output: { kind: 'numbers', shape: [8, 1] } },
      parameters: 17
    }
  ]
})
