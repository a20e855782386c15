import { defineLoss } from '../define'

/**
 * −Σ t · log p. With one output for two classes: −t · log p − (1 − t) · log(1 − p).
 * Works from logits where the last activation is softmax or sigmoid, which Keras does too, so that a saturated
 * output keeps an exact gradient. Probabilities are kept within [1e-7, 1 − 1e-7] (Keras' epsilon).
 */
export default defineLoss({
  type: 'crossEntropy',
  title: 'Cross-entropy',
  summary: 'Counts how surprised the network is by the true class. The usual choice for classes.',
  fields: {
    fromLogits: {
      kind: 'bool',
      label: 'Answers are logits',
      help: 'On when the last layer has no softmax or sigmoid: the loss adds it.',
      default: false,
      advanced: true
    }
  },
  formula: '−Σ t · log p',
  answers: 'classes',
  cut: ({ fromLogits }) => (fromLogits ? 0 : 0.5),
  forward: (ops, { prediction, logits, target }, config) => {
    const binary = prediction.shape[1] === 1
    const z =
      logits?.kind === (binary ? 'binary' : 'categorical')
        ? logits.tensor
        : config.fromLogits
          ? prediction
          : undefined
    // −t·log σ(z) − (1 − t)·log(1 − σ(z)) = softplus(z) − t·z. The usual max(z, 0) − t·z + log(1 + exp(−|z|)) is the
    // same number, but TensorFlow.js gives its corners no slope: at z = 0, where zero weights start, it would learn −t.
    if (z && binary) return ops.sum(ops.sub(ops.softplus(z), ops.mul(z, target)), 1)
    if (z) return ops.softmaxCrossEntropy(z, target)
    const clipped = ops.clipByValue(
      binary ? prediction : ops.div(prediction, ops.sum(prediction, 1, true)),
      1e-7,
      1 - 1e-7
    )
    const hit = ops.mul(target, ops.log(clipped))
    if (!binary) return ops.neg(ops.sum(hit, 1))
    const miss = ops.mul(ops.sub(1, target), ops.log(ops.sub(1, clipped)))
    return ops.neg(ops.sum(ops.add(hit, miss), 1))
  },
  examples: [
    {
      config: { fromLogits: false },
      prediction: [[0.7, 0.2, 0.1]],
      target: [[1, 0, 0]],
      loss: [0.3566749]
    },
    { config: { fromLogits: true }, prediction: [[2, 1, 0]], target: [[0, 1, 0]], loss: [1.4076059] },
    { config: { fromLogits: false }, prediction: [[0.8]], target: [[1]], loss: [0.2231436] },
    { config: { fromLogits: true }, prediction: [[-1.5]], target: [[1]], loss: [1.7014133] }
  ]
})
