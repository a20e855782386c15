import { binaryScript, smoothedScript } from '../scripts'
import { defineLoss } from '../define'
import { fromLogits, labelSmoothing } from '../sharedFields'
import { smoothed, yesNoCrossEntropy } from '../yesNoCrossEntropy'

/**
 * Mean over the outputs of −t · log p − (1 − t) · log(1 − p): every output is a yes or no of its own. Keras:
 * BinaryCrossentropy. From logits where the last activation is sigmoid.
 */
export default defineLoss({
  type: 'binaryCrossentropy',
  title: 'Yes-or-no cross-entropy',
  summary: 'Takes every output as a question of its own: yes or no. For answers between 0 and 1.',
  fields: { fromLogits, labelSmoothing },
  formula: 'mean of −t·log p − (1 − t)·log(1 − p)',
  answers: 'both',
  cut: (config) => (config.fromLogits ? 0 : 0.5),
  keras: ({ fromLogits, labelSmoothing }) => ({
    class: 'BinaryCrossentropy',
    config: { from_logits: fromLogits, label_smoothing: labelSmoothing }
  }),
  tfjs: ({ fromLogits, labelSmoothing }) =>
    binaryScript(labelSmoothing === 0 ? 'yTrue' : smoothedScript(labelSmoothing, 2), fromLogits),
  forward: (ops, { prediction, logits, target }, config) => {
    const z = logits?.kind === 'binary' ? logits.tensor : config.fromLogits ? prediction : undefined
    const answers = smoothed(ops, target, config.labelSmoothing, 2)
    return ops.mean(yesNoCrossEntropy(ops, prediction, z, answers), 1)
  },
  examples: [
    { config: {}, prediction: [[0.8, 0.5]], target: [[1, 0]], loss: [0.4581454] },
    { config: { fromLogits: true }, prediction: [[-1.5]], target: [[1]], loss: [1.7014133] }
  ]
})
