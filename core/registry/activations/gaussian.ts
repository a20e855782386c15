import { defineActivation } from '../define'

/** f(z) = exp(−z²), a bump around zero. */
export default defineActivation({
  type: 'gaussian',
  title: 'Gauss',
  summary: 'Answers only near zero: a bump.',
  fields: {},
  formula: 'exp(−z²)',
  glyph: { curve: (x) => Math.exp(-x * x) },
  range: [0, 1],
  forward: (ops, x) => ops.exp(ops.neg(ops.square(x))),
  examples: [{ config: {}, x: [-1, 0, 2], y: [0.3678794, 1, 0.0183156] }]
})
