import { defineConstraint } from '../define'

/**
 * Scales down what comes into a neuron where √Σw² is above the value: w · min(‖w‖, value) / (‖w‖ + 1e-7). The norm is
 * taken over all axes but the last: for a dense kernel [inputs, units] Keras' MaxNorm(value), for a convolution
 * MaxNorm(value, axis=[0, 1, 2]), one norm a filter; a vector counts as a whole.
 */
export default defineConstraint({
  type: 'maxNorm',
  title: 'Largest norm',
  summary: 'Holds the weights that come into each neuron to a length that you choose.',
  fields: {
    value: {
      kind: 'float',
      label: 'Longest',
      help: 'The square root of the sum of squares that the weights of a neuron may reach. 3 is common.',
      default: 3,
      min: 0.001,
      max: 1000,
      step: 0.5
    }
  },
  apply: (ops, weight, { value }) => {
    const axes = weight.rank < 2 ? undefined : weight.shape.slice(0, -1).map((_, axis) => axis)
    const norm = ops.sqrt(ops.sum(ops.square(weight), axes, true))
    return ops.mul(weight, ops.div(ops.minimum(norm, value), ops.add(norm, 1e-7)))
  },
  keras: ({ value }, axes) => ({
    class: 'MaxNorm',
    config: { max_value: value, axis: axes <= 2 ? 0 : Array.from({ length: axes - 1 }, (_, axis) => axis) }
  }),
  fromKeras: { value: 'max_value' },
  examples: [
    {
      config: { value: 1 },
      weight: [
        [3, 0.3],
        [-4, 0.4]
      ],
      held: [
        [0.6, 0.3],
        [-0.8, 0.4]
      ]
    }
  ]
})
