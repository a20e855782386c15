import { adamNumbers, adamStep } from '../adamStep'
import { defineOptimizer } from '../define'
import { beta1, beta2, epsilon, learningRate } from '../sharedFields'

/** w ← w − what `adamStep` gives. Keras: Adam. */
export default defineOptimizer({
  type: 'adam',
  title: 'Adam',
  summary: 'Finds a step size of its own for every weight. A good first choice.',
  fields: { learningRate: learningRate(0.01), beta1, beta2, epsilon },
  formula: 'w ← w − η · m̂ / (√v̂ + ε)',
  keras: ({ beta1, beta2, epsilon }) => ({
    class: 'Adam',
    config: { beta_1: beta1, beta_2: beta2, epsilon }
  }),
  tfjs: ({ beta1, beta2, epsilon }) => ['adam', beta1, beta2, epsilon],
  slots: () => ({ m: 0, v: 0 }),
  numbers: adamNumbers,
  update: ({ ops, config, numbers, value, gradient, slots }) => {
    const step = adamStep(ops, { ...config, numbers, gradient, slots })
    return { value: ops.sub(value, step.change), slots: step.slots }
  },
  kernel: (config) => ({
    op: 'ResourceApplyAdam',
    inputs: [
      'weight',
      'slot:m',
      'slot:v',
      'number:beta1Power',
      'number:beta2Power',
      'number:rate',
      config.beta1,
      config.beta2,
      config.epsilon,
      'gradient'
    ]
  })
})
