import { defineActivation } from '../define'

/** f(z)ᵢ = exp(zᵢ) / Σⱼ exp(zⱼ), over the last axis. */
export default defineActivation({
  type: 'softmax',
  title: 'Softmax',
  summary: 'Turns the numbers into shares that add up to 1, one a class.',
  fields: {},
  formula: 'exp(z) / Σ exp(z)',
  glyph: { bars: [0.28, 0.5, 1, 0.4, 0.18] },
  range: [0, 1],
  keras: () => 'softmax',
  forward: (ops, x) => ops.softmax(x),
  logits: 'categorical',
  examples: [{ config: {}, x: [1, 2, 3], y: [0.0900306, 0.2447285, 0.6652409] }]
})
