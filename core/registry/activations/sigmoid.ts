import { defineActivation } from '../define'

/** f(z) = 1 / (1 + exp(−z)) */
export default defineActivation({
  type: 'sigmoid',
  title: 'Sigmoid',
  summary: 'Squeezes every number between 0 and 1.',
  fields: {},
  formula: '1 / (1 + exp(−z))',
  glyph: { curve: (x) => 1 / (1 + Math.exp(-2 * x)) },
  range: [0, 1],
  flat: 'ends',
  keras: () => 'sigmoid',
  forward: (ops, x) => ops.sigmoid(x),
  logits: 'binary',
  examples: [{ config: {}, x: [-1, 0, 2], y: [0.2689414, 0.5, 0.8807971] }]
})
