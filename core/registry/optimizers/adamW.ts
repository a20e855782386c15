import { adamNumbers, adamStep } from '../adamStep'
import { defineOptimizer } from '../define'
import { beta1, beta2, epsilon, learningRate } from '../sharedFields'

/**
 * w ← w · (1 − η·λ), then Adam's step, whose averages know nothing of λ: Loshchilov and Hutter, 2017. Keras: AdamW.
 */
export default defineOptimizer({
  type: 'adamW',
  title: 'AdamW',
  summary: 'Adam that also pulls all weights towards zero, the same way for each of them.',
  fields: {
    learningRate: learningRate(0.01),
    weightDecay: {
      kind: 'float',
      label: 'Weight decay',
      help: 'How hard each step pulls weights towards zero. 0.004 is common.',
      default: 0.004,
      min: 0,
      max: 10,
      scale: 'log',
      hot: true
    },
    beta1,
    beta2,
    epsilon
  },
  formula: 'w ← w − η · (λ · w + m̂ / (√v̂ + ε))',
  keras: ({ weightDecay, beta1, beta2, epsilon }) => ({
    class: 'AdamW',
    config: { weight_decay: weightDecay, beta_1: beta1, beta_2: beta2, epsilon }
  }),
  slots: () => ({ m: 0, v: 0 }),
  numbers: (config, step, rate) => ({
    ...adamNumbers(config, step, rate),
    kept: 1 - rate * config.weightDecay
  }),
  update: ({ ops, config, numbers, value, gradient, slots }) => {
    const step = adamStep(ops, { ...config, numbers, gradient, slots })
    return { value: ops.sub(ops.mul(value, numbers['kept']!), step.change), slots: step.slots }
  }
})
