import type { Tensor } from '@tensorflow/tfjs-core'
import type { Ops } from '@core/registry/define'
import type { Pass } from '@core/graph/forward'
import type { Objective } from './objective'

/**
 * A row that adds up to less gives every class the same share: some engines take numbers about 1e-38 for 0, and some
 * do not.
 */
export const NOTHING = 1e-30

/**
 * [answers, classes]: the share a network gives each class. A single output is the share of the second class; where its
 * loss parts the classes elsewhere than at a half, as hinge does at 0, it is one half there and whole a margin of 1 away.
 * Answers of a last layer without softmax or sigmoid become shares where the loss reads them as logits; others
 * (a linear or tanh layer trained on squared error) are cut off at 0 and scaled to add up to 1.
 */
export function toShares(ops: Ops, { prediction, logits }: Pass, objective: Objective): Tensor {
  const answers = objective.rows(prediction)
  const { outputs, fromLogits } = objective
  if (outputs === 1) {
    const p = fromLogits ? ops.sigmoid(answers) : ops.clipByValue(halfAt(ops, answers, objective.cut), 0, 1)
    return ops.concat([ops.sub(1, p), p], 1)
  }
  if (fromLogits) return ops.softmax(answers)
  if (logits?.kind === 'categorical') return answers
  const positive = ops.relu(answers)
  const sum = ops.sum(positive, 1, true)
  const even = ops.cast(ops.less(sum, NOTHING), 'float32')
  return ops.div(ops.add(positive, even), ops.add(sum, ops.mul(even, outputs)))
}

function halfAt(ops: Ops, answers: Tensor, cut: number): Tensor {
  return cut === 0.5 ? answers : ops.add(ops.mul(ops.sub(answers, cut), 0.5), 0.5)
}
