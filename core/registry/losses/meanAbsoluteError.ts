import { defineLoss } from '../define'

/** Mean over the outputs of |t − p|. Keras: MeanAbsoluteError. */
export default defineLoss({
  type: 'meanAbsoluteError',
  title: 'Mean absolute error',
  summary: 'The distance between answer and truth. A few big misses do not take over.',
  fields: {},
  formula: 'mean of |t − p|',
  answers: 'both',
  keras: () => ({ class: 'MeanAbsoluteError', config: {} }),
  tfjs: () => 'tf.metrics.meanAbsoluteError(yTrue, yPred)',
  forward: (ops, { prediction, target }) => {
    const error = ops.sub(prediction, target)
    // |e| with the slope 0 at 0, where TensorFlow.js gives abs the slope −1: a perfect answer would be spoiled.
    return ops.mean(ops.mul(error, ops.sign(error)), 1)
  },
  examples: [
    {
      config: {},
      prediction: [
        [0.5, 2],
        [1, 1]
      ],
      target: [
        [1, 0],
        [1, 1]
      ],
      loss: [1.25, 0]
    }
  ]
})
