import { defineActivation } from '../define'

/** f(z) = z for z ≥ 0, slope · z below (Keras: LeakyReLU(negative_slope)). */
export default defineActivation({
  type: 'leakyRelu',
  title: 'Leaky',
  summary: 'Like ReLU, but lets a little through below zero.',
  fields: {
    negativeSlope: {
      kind: 'float',
      label: 'Slope below zero',
      help: 'How much of a negative number gets through.',
      default: 0.2,
      min: 0,
      max: 1,
      step: 0.01
    }
  },
  formula: 'max(slope · z, z)',
  glyph: { curve: (x) => (x < 0 ? 0.2 * x : x) },
  range: [-Infinity, Infinity],
  keras: ({ negativeSlope }, dialect) => ({
    class: 'LeakyReLU',
    config: { [dialect === 'keras3' ? 'negative_slope' : 'alpha']: negativeSlope }
  }),
  forward: (ops, x, config) => ops.leakyRelu(x, config.negativeSlope),
  examples: [
    { config: { negativeSlope: 0.2 }, x: [-2, 0, 3], y: [-0.4, 0, 3] },
    { config: { negativeSlope: 0.01 }, x: [-2, 1, 2], y: [-0.02, 1, 2] }
  ]
})
