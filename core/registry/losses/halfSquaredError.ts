import { defineLoss } from '../define'

/** ½ Σ over the outputs of (t − p)²: its slope is p − t, without the 2. */
export default defineLoss({
  type: 'halfSquaredError',
  title: 'Half squared error',
  summary: 'Half the sum of squared misses, as textbooks on back-propagation have it.',
  fields: {},
  formula: '½ Σ (t − p)²',
  answers: 'both',
  keras: () => ({ sumOf: '0.5 * keras.ops.square(y_true - y_pred)' }),
  tfjs: () => 'tf.squaredDifference(yTrue, yPred).sum(-1).mul(0.5)',
  forward: (ops, { prediction, target }) =>
    ops.mul(ops.sum(ops.squaredDifference(prediction, target), 1), 0.5),
  examples: [
    {
      config: {},
      prediction: [
        [0.5, 0.5],
        [1, -1]
      ],
      target: [
        [1, 0],
        [1, 1]
      ],
      loss: [0.25, 2]
    }
  ]
})
