import type { Tensor } from '@tensorflow/tfjs-core'
import type { Ops } from '@core/registry/define'
import type { Pass } from '@core/graph/forward'
import type { Objective } from './objective'

/**
 * [answers, classes]: the share a network gives each class. A single output is the share of the second class.
 * Answers of a last layer without softmax or sigmoid become shares where the loss reads them as logits; others
 * (a linear or tanh layer trained on squared error) are cut off at 0 and scaled to add up to 1.
 */
export function toShares(ops: Ops, { prediction, logits }: Pass, objective: Objective): Tensor {
  const answers = objective.rows(prediction)
  const { outputs, fromLogits } = objective
  if (outputs === 1) {
    const p = fromLogits ? ops.sigmoid(answers) : ops.clipByValue(answers, 0, 1)
    return ops.concat([ops.sub(1, p), p], 1)
  }
  if (fromLogits) return ops.softmax(answers)
  if (logits?.kind === 'categorical') return answers
  const positive = ops.relu(answers)
  const sum = ops.sum(positive, 1, true)
  // A row of zeros gives every class the same share.
  const even = ops.cast(ops.equal(sum, 0), 'float32')
  return ops.div(ops.add(positive, even), ops.add(sum, ops.mul(even, outputs)))
}
