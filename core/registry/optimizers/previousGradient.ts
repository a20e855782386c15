import { defineOptimizer } from '../define'
import { learningRate } from '../sharedFields'

/**
 * w ← w − η·gₜ − M·gₜ₋₁: the momentum of the classic back-propagation programs. It remembers the slope of the step
 * before and nothing older, and that slope is not multiplied by η. Keras has no such optimizer.
 */
export default defineOptimizer({
  type: 'previousGradient',
  title: 'Last slope again',
  summary: 'Gradient descent that also follows the slope of the step before, once.',
  fields: {
    learningRate: learningRate(0.5),
    momentum: {
      kind: 'float',
      label: 'Share of the last slope',
      help: 'M: how far the slope of the step before is followed again. The learning rate does not change it.',
      default: 0.1,
      min: 0,
      max: 100,
      step: 0.1,
      hot: true
    }
  },
  formula: 'w ← w − η · g − M · g₋₁',
  slots: () => ({ previous: 0 }),
  numbers: ({ momentum }, _step, rate) => ({ rate, momentum }),
  update: ({ ops, numbers, value, gradient, slots }) => {
    const change = ops.add(
      ops.mul(gradient, numbers['rate']!),
      ops.mul(slots['previous']!, numbers['momentum']!)
    )
    return { value: ops.sub(value, change), slots: { previous: gradient } }
  }
})
