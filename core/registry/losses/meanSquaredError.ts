import { defineLoss } from '../define'

/** Mean over the outputs of (t − p)². Keras: MeanSquaredError. */
export default defineLoss({
  type: 'meanSquaredError',
  title: 'Mean squared error',
  summary: 'The distance between answer and truth, squared. Big misses count most.',
  fields: {},
  formula: 'mean of (t − p)²',
  answers: 'both',
  keras: () => ({ class: 'MeanSquaredError', config: {} }),
  tfjs: () => 'tf.metrics.meanSquaredError(yTrue, yPred)',
  forward: (ops, { prediction, target }) => ops.mean(ops.squaredDifference(prediction, target), 1),
  examples: [
    { config: {}, prediction: [[0.5, 0.5]], target: [[1, 0]], loss: [0.25] },
    { config: {}, prediction: [[0.8], [2]], target: [[1], [0]], loss: [0.04, 4] }
  ]
})
