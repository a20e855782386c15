import { defineActivation } from '../define'

/** f(z) = max(0, z) */
export default defineActivation({
  type: 'relu',
  title: 'ReLU',
  summary: 'Cuts off everything below zero.',
  fields: {},
  formula: 'max(0, z)',
  glyph: { curve: (x) => Math.max(0, x) },
  range: [0, Infinity],
  flat: 'below',
  keras: () => 'relu',
  forward: (ops, x) => ops.relu(x),
  examples: [{ config: {}, x: [-2, 0, 3], y: [0, 0, 3] }]
})
