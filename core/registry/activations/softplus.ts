import { defineActivation } from '../define'

/** f(z) = log(1 + exp(z)) */
export default defineActivation({
  type: 'softplus',
  title: 'Softplus',
  summary: 'ReLU with its corner rounded off.',
  fields: {},
  formula: 'log(1 + exp(z))',
  glyph: { curve: (x) => Math.log1p(Math.exp(2 * x)) / 2 },
  range: [0, Infinity],
  keras: () => 'softplus',
  forward: (ops, x) => ops.softplus(x),
  examples: [{ config: {}, x: [-1, 0, 2], y: [0.3132617, 0.6931472, 2.126928] }]
})
