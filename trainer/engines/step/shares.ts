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

/** Shares below this are as good as none: their logarithm is cut off here. */
const LEAST_SHARE = 1e-7

/**
 * The log-odds of a class, a scalar: what a softmax or sigmoid is given where it answers, so that it still has a slope
 * where the shares themselves are as good as 0 and 1; else from the shares. Of one example.
 */
export function classLogOdds(ops: Ops, pass: Pass, objective: Objective, class_: number): Tensor {
  const { logits, prediction } = pass
  const { outputs } = objective
  const rows = objective.rows(logits && logits.kind !== 'step' ? logits.tensor : prediction)
  const given = logits?.kind === 'categorical' || (objective.fromLogits && outputs > 1)
  const single = outputs === 1 && (logits?.kind === 'binary' || objective.fromLogits)
  if (single) return ops.reshape(class_ === 1 ? rows : ops.neg(rows), [])
  const all = given && outputs > 1 ? rows : logShares(ops, toShares(ops, pass, objective))
  const [classes] = all.shape.slice(-1) as [number]
  const others = Array.from({ length: classes }, (_, k) => k).filter((k) => k !== class_)
  const at = (places: readonly number[]): Tensor =>
    ops.concat(
      places.map((k) => ops.slice(all, [0, k], [1, 1])),
      1
    )
  return ops.reshape(ops.sub(at([class_]), ops.logSumExp(at(others), 1, true)), [])
}

const logShares = (ops: Ops, shares: Tensor): Tensor => ops.log(ops.clipByValue(shares, LEAST_SHARE, 1))
