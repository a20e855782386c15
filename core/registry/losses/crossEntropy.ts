import { binaryScript, smoothedScript } from '../scripts'
import { defineLoss } from '../define'
import { fromLogits, labelSmoothing } from '../sharedFields'
import { smoothed, yesNoCrossEntropy } from '../yesNoCrossEntropy'

/**
 * −Σ t · log p. With one output for two classes: −t · log p − (1 − t) · log(1 − p). Keras: CategoricalCrossentropy
 * (and its sparse form, where the data holds class numbers), BinaryCrossentropy for one output.
 * Works from logits where the last activation is softmax or sigmoid, which Keras does too, so that a saturated
 * output keeps an exact gradient. Probabilities are scaled to a sum of 1 and kept within [1e-7, 1 − 1e-7] (Keras'
 * epsilon).
 */
export default defineLoss({
  type: 'crossEntropy',
  title: 'Cross-entropy',
  summary: 'Counts how surprised the network is by the true class. The usual choice for classes.',
  fields: { fromLogits, labelSmoothing },
  formula: '−Σ t · log p',
  answers: 'classes',
  cut: (config) => (config.fromLogits ? 0 : 0.5),
  keras: ({ fromLogits, labelSmoothing }, { outputs }) => {
    const config = { from_logits: fromLogits }
    if (outputs > 1 && labelSmoothing === 0)
      return { class: 'SparseCategoricalCrossentropy', config, numbered: true }
    return {
      class: outputs === 1 ? 'BinaryCrossentropy' : 'CategoricalCrossentropy',
      config: { ...config, label_smoothing: labelSmoothing }
    }
  },
  tfjs: ({ fromLogits, labelSmoothing }, { outputs }) => {
    const target = labelSmoothing === 0 ? 'yTrue' : smoothedScript(labelSmoothing, Math.max(2, outputs))
    if (outputs === 1) return binaryScript(target, fromLogits)
    return fromLogits
      ? `tf.neg(tf.sum(tf.mul(${target}, tf.logSoftmax(yPred)), -1))`
      : `tf.metrics.categoricalCrossentropy(${target}, yPred)`
  },
  forward: (ops, { prediction, logits, target }, config) => {
    const outputs = prediction.shape[1]!
    const binary = outputs === 1
    const z =
      logits?.kind === (binary ? 'binary' : 'categorical')
        ? logits.tensor
        : config.fromLogits
          ? prediction
          : undefined
    const answers = smoothed(ops, target, config.labelSmoothing, binary ? 2 : outputs)
    if (binary) return ops.sum(yesNoCrossEntropy(ops, prediction, z, answers), 1)
    if (z) return ops.softmaxCrossEntropy(z, answers)
    const shares = ops.div(prediction, ops.sum(prediction, 1, true))
    const clipped = ops.clipByValue(shares, 1e-7, 1 - 1e-7)
    return ops.neg(ops.sum(ops.mul(answers, ops.log(clipped)), 1))
  },
  examples: [
    { config: {}, prediction: [[0.7, 0.2, 0.1]], target: [[1, 0, 0]], loss: [0.3566749] },
    { config: { fromLogits: true }, prediction: [[2, 1, 0]], target: [[0, 1, 0]], loss: [1.4076059] },
    { config: {}, prediction: [[0.8]], target: [[1]], loss: [0.2231436] },
    { config: { fromLogits: true }, prediction: [[-1.5]], target: [[1]], loss: [1.7014133] },
    { config: { labelSmoothing: 0.2 }, prediction: [[0.8]], target: [[1]], loss: [0.361773] }
  ]
})
