import { defineLayer, part } from '../define'
import { numbersOut, shapeAt } from '../shapes'

/** y = max(0, x) + alpha · min(0, x) with a learned alpha at each place or for each channel. Keras: PReLU. */
export default defineLayer({
  type: 'prelu',
  title: 'PReLU',
  summary: 'A leaky relu that learns its slope',
  docs: 'Keeps positive numbers and multiplies negative ones with a slope that is learned, at each place or for each channel. The shape stays as it is.',
  keras: ({ config, shapes: [shape = []], initializer, regularizer, constraint }) => ({
    class: 'PReLU',
    config: {
      alpha_initializer: initializer(config.alphaInitializer, shape.length),
      alpha_regularizer: regularizer(config.alphaRegularizer),
      alpha_constraint: constraint(config.alphaConstraint, shape.length),
      shared_axes:
        config.sharedAxes && shape.length > 1 ? shape.slice(0, -1).map((_, axis) => axis + 1) : null
    }
  }),
  fromKeras: {
    PReLU: ({ settings, alike }) => {
      const { shared_axes: axes, ...others } = settings
      return { config: { ...alike(others), sharedAxes: Array.isArray(axes) && axes.length > 0 } }
    }
  },
  group: 'Everyday',
  icon: 'trending-up-down',
  role: 'layer',
  fields: {
    sharedAxes: {
      kind: 'bool',
      label: 'One slope a channel',
      help: 'All places of a picture, or all steps of a sequence, share one slope a channel.',
      default: false
    },
    alphaInitializer: {
      kind: 'part',
      registry: 'initializer',
      label: 'Starting slopes',
      help: 'What the slopes start from. With zeros it starts as relu.',
      default: part('zeros')
    },
    alphaRegularizer: {
      kind: 'part',
      registry: 'regularizer',
      label: 'Keep slopes small',
      help: 'A penalty on large slopes.',
      default: part('none'),
      hot: true,
      advanced: true
    },
    alphaConstraint: {
      kind: 'part',
      registry: 'constraint',
      label: 'Hold slopes to',
      help: 'A rule that the slopes are held to after each step.',
      default: part('none'),
      advanced: true
    }
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ sharedAxes }) => (sharedAxes ? 'a slope a channel' : 'a slope a place'),
  formula: () => 'h = max(0, x) + α · min(0, x)',
  infer: ({ inputs }) => numbersOut(...(shapeAt(inputs) ?? [0])),
  weights: (config, inputs) => [
    {
      name: 'alpha',
      shape: (shapeAt(inputs) ?? []).map((size, axis, all) =>
        config.sharedAxes && axis < all.length - 1 ? 1 : size
      ),
      initializer: config.alphaInitializer,
      regularizer: config.alphaRegularizer,
      constraint: config.alphaConstraint,
      trainable: true
    }
  ],
  forward: ({ ops, inputs, weights }) => {
    const x = inputs['input']!
    // −relu(−x) is the part below 0; a kernel of TensorFlow.js' own would give alpha no slope on every engine.
    return ops.sub(ops.relu(x), ops.mul(weights['alpha']!, ops.relu(ops.neg(x))))
  },
  examples: [
    {
      title: 'a slope at each place',
      config: {},
      inputs: { input: { kind: 'numbers', shape: [2, 3, 2] } },
      outputs: { output: { kind: 'numbers', shape: [2, 3, 2] } },
      parameters: 12
    },
    {
      title: 'a slope for each channel',
      config: { sharedAxes: true },
      inputs: { input: { kind: 'numbers', shape: [2, 3, 2] } },
      outputs: { output: { kind: 'numbers', shape: [2, 3, 2] } },
      parameters: 2
    }
  ]
})
