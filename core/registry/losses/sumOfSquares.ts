import { defineLoss } from '../define'

/** Σ over the outputs of (t − p)². With a linear last layer and the sum over a batch, Adaline's loss. */
export default defineLoss({
  type: 'sumOfSquares',
  title: 'Sum of squares',
  summary: 'All misses of an answer squared and added up. With a linear neuron this is Adaline.',
  fields: {},
  formula: 'Σ (t − p)²',
  answers: 'both',
  keras: () => ({ sumOf: 'keras.ops.square(y_true - y_pred)' }),
  tfjs: () => 'tf.squaredDifference(yTrue, yPred).sum(-1)',
  forward: (ops, { prediction, target }) => ops.sum(ops.squaredDifference(prediction, target), 1),
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
      loss: [0.5, 4]
    }
  ]
})
