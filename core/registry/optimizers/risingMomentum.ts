import { defineOptimizer } from '../define'
import { learningRate } from '../sharedFields'

/**
 * v ← m·v − η·g and w ← w + v, with a small m at first and a large one once the steepest part is behind: Hinton, "A
 * practical guide to training restricted Boltzmann machines", 2010, section 9.
 */
export default defineOptimizer({
  type: 'risingMomentum',
  title: 'Rising momentum',
  summary: 'Careful at first, then rolling on like a ball. Usual for Boltzmann machines.',
  fields: {
    learningRate: learningRate(0.05),
    momentum: {
      kind: 'float',
      label: 'Momentum at first',
      help: 'How much of the last step is kept in the beginning.',
      default: 0.5,
      min: 0,
      max: 0.999,
      step: 0.1,
      hot: true
    },
    finalMomentum: {
      kind: 'float',
      label: 'Momentum later',
      help: 'How much of the last step is kept from then on.',
      default: 0.9,
      min: 0,
      max: 0.999,
      step: 0.1,
      hot: true
    },
    risesAt: {
      kind: 'int',
      label: 'Rises after',
      unit: 'updates',
      help: 'The number of updates after which the larger momentum takes over.',
      default: 5000,
      min: 0,
      max: 10_000_000,
      hot: true
    }
  },
  formula: 'v ← m · v − η · g, w ← w + v',
  slots: () => ({ velocity: 0 }),
  numbers: ({ momentum, finalMomentum, risesAt }, step, rate) => ({
    rate,
    momentum: step <= risesAt ? momentum : finalMomentum
  }),
  update: ({ ops, numbers, value, gradient, slots }) => {
    const velocity = ops.sub(
      ops.mul(slots['velocity']!, numbers['momentum']!),
      ops.mul(gradient, numbers['rate']!)
    )
    return { value: ops.add(value, velocity), slots: { velocity } }
  },
  kernel: () => ({
    op: 'ResourceApplyKerasMomentum',
    inputs: ['weight', 'slot:velocity', 'number:rate', 'gradient', 'number:momentum'],
    flags: { use_nesterov: false }
  })
})
