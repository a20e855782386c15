import { defineActivation } from '../define'

/** f(z) = z for z ≥ 0, exp(z) − 1 below (Clevert et al., 2015). */
export default defineActivation({
  type: 'elu',
  title: 'ELU',
  summary: 'Like ReLU, with a soft curve below zero.',
  fields: {},
  formula: 'z, or exp(z) − 1 below 0',
  glyph: { curve: (x) => (x < 0 ? Math.expm1(x) : x) },
  range: [-1, Infinity],
  keras: () => 'elu',
  forward: (ops, x) => ops.elu(x),
  examples: [{ config: {}, x: [-1, 0, 2], y: [-0.6321206, 0, 2] }]
})
