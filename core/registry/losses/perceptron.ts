import type { Ops, Tensor } from '../define'
import { defineLoss } from '../define'

/**
 * Rosenblatt's rule, 1958, as a loss: the number of outputs that say the wrong thing, with the slope ŷ − t at what went
 * into the step. With gradient descent, one example a step: w ← w + η·(t − ŷ)·x. ŷ is 1 where z ≥ 0, else 0, and z is
 * what went into a step or sigmoid, or else the answer itself.
 */
export default defineLoss({
  type: 'perceptron',
  title: 'Perceptron rule',
  summary: 'Counts wrong answers and learns from those alone. For a last layer with Step.',
  fields: {},
  formula: 'number of ŷ ≠ t, slope ŷ − t',
  answers: 'classes',
  behind: ['step', 'binary'],
  forward: (ops, { prediction, logits, target }) =>
    ops.sum(
      wrongAnswers(ops, logits && logits.kind !== 'categorical' ? logits.tensor : prediction, target),
      1
    ),
  examples: [
    { config: {}, prediction: [[-0.5], [0], [2]], target: [[1], [1], [0]], loss: [1, 0, 1] },
    { config: {}, prediction: [[0.2, -1, 3]], target: [[1, 0, 0]], loss: [1] }
  ]
})

/** |ŷ − t| with the slope ŷ − t for z, [rows, outputs]. */
function wrongAnswers(ops: Ops, z: Tensor, target: Tensor): Tensor {
  return ops.customGrad((x, save) => {
    const error = ops.sub(ops.cast(ops.greaterEqual(x as Tensor, 0), 'float32'), target)
    ;(save as (tensors: Tensor[]) => void)([error])
    return {
      value: ops.abs(error),
      gradFunc: (dy: Tensor, saved: Tensor[]) => ops.mul(dy, saved[0]!)
    }
  })(z)
}
