import { defineLoss } from '../define'

/**
 * Mean over the outputs of max(1 − t·p, 0), where a true answer of 0 counts as −1. Keras: Hinge. With one output a
 * p above 0 means class 1; with one output a class every output asks "this class or another?".
 */
export default defineLoss({
  type: 'hinge',
  title: 'Hinge',
  summary: 'Content once each answer is on the right side by 1. For a last layer without activation.',
  fields: {},
  formula: 'mean of max(1 − t · p, 0) with t = ±1',
  answers: 'classes',
  cut: () => 0,
  keras: () => ({ class: 'Hinge', config: {} }),
  forward: (ops, { prediction, target }) => {
    const sign = ops.sub(target, ops.cast(ops.equal(target, 0), 'float32'))
    // Not relu, whose slope at 0 is 0: at a margin of exactly 1 Keras still pushes.
    return ops.mean(ops.maximum(ops.sub(1, ops.mul(sign, prediction)), 0), 1)
  },
  examples: [
    { config: {}, prediction: [[0.5], [2], [-0.5]], target: [[1], [1], [0]], loss: [0.5, 0, 0.5] },
    { config: {}, prediction: [[2, -0.5, 0]], target: [[1, 0, 0]], loss: [0.5] }
  ]
})
