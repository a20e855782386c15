import type { Ops, Tensor } from './define'

/**
 * −t·log p − (1 − t)·log(1 − p) for each number by itself, [rows, outputs]. From logits where there are some;
 * probabilities are kept within [1e-7, 1 − 1e-7] (Keras' epsilon).
 */
export function yesNoCrossEntropy(
  ops: Ops,
  prediction: Tensor,
  logits: Tensor | undefined,
  target: Tensor
): Tensor {
  // −t·log σ(z) − (1 − t)·log(1 − σ(z)) = softplus(z) − t·z. The usual max(z, 0) − t·z + log(1 + exp(−|z|)) is the
  // same number, but TensorFlow.js gives its corners no slope: at z = 0, where zero weights start, it would learn −t.
  if (logits) return ops.sub(ops.softplus(logits), ops.mul(logits, target))
  const clipped = ops.clipByValue(prediction, 1e-7, 1 - 1e-7)
  const hit = ops.mul(target, ops.log(clipped))
  const miss = ops.mul(ops.sub(1, target), ops.log(ops.sub(1, clipped)))
  return ops.neg(ops.add(hit, miss))
}

/** Answers with the share `smoothing` spread evenly over `choices` of them: t·(1 − s) + s / choices. */
export function smoothed(ops: Ops, target: Tensor, smoothing: number, choices: number): Tensor {
  return smoothing > 0 ? ops.add(ops.mul(target, 1 - smoothing), smoothing / choices) : target
}
