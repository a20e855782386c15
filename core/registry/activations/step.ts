import { defineActivation } from '../define'

/** The Heaviside step: 1 for z ≥ 0, else 0. Its slope is zero, so gradients do not pass it. */
export default defineActivation({
  type: 'step',
  title: 'Step',
  summary: 'Says only yes or no. Learns by the perceptron rule, not by gradients.',
  fields: {},
  formula: '1 if z ≥ 0, else 0',
  glyph: { curve: (x) => (x >= 0 ? 1 : 0) },
  range: [0, 1],
  // Greater-or-equal has no gradient in TensorFlow.js; multiplying x by zero keeps the tape whole.
  forward: (ops, x) => ops.add(ops.cast(ops.greaterEqual(x, 0), 'float32'), ops.mul(x, 0)),
  logits: 'step',
  examples: [{ config: {}, x: [-0.1, 0, 2], y: [0, 1, 1] }]
})
