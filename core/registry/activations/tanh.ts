import { defineActivation } from '../define'

/** f(z) = tanh(z) */
export default defineActivation({
  type: 'tanh',
  title: 'Tanh',
  summary: 'Squeezes every number between −1 and 1.',
  fields: {},
  formula: 'tanh(z)',
  glyph: { curve: (x) => Math.tanh(1.6 * x) },
  range: [-1, 1],
  flat: 'ends',
  keras: () => 'tanh',
  forward: (ops, x) => ops.tanh(x),
  examples: [{ config: {}, x: [-1, 0, 2], y: [-0.7615942, 0, 0.9640276] }]
})
