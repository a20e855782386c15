import { defineOptimizer } from '../define'
import { epsilon, learningRate } from '../sharedFields'

/**
 * a ← a + g², w ← w − η·g / √a with a starting at `initialAccumulator` + ε: Duchi et al., 2011. Keras: Adagrad, which
 * adds ε under the root each time instead of once at the start; TensorFlow's kernel adds none.
 */
export default defineOptimizer({
  type: 'adagrad',
  title: 'Adagrad',
  summary: 'Takes ever smaller steps, smallest for weights that have moved most.',
  fields: {
    learningRate: learningRate(0.1),
    initialAccumulator: {
      kind: 'float',
      label: 'First sum',
      help: 'What the sum of squared slopes starts at. Larger makes the first steps smaller.',
      default: 0.1,
      min: 0,
      max: 100,
      step: 0.1,
      advanced: true
    },
    epsilon
  },
  formula: 'w ← w − η · g / √(Σ g² + ε)',
  keras: ({ initialAccumulator, epsilon }) => ({
    class: 'Adagrad',
    config: { initial_accumulator_value: initialAccumulator, epsilon }
  }),
  tfjs: ({ initialAccumulator }) => ['adagrad', initialAccumulator],
  slots: (config) => ({ accumulator: config.initialAccumulator + config.epsilon }),
  numbers: (_config, _step, rate) => ({ rate }),
  update: ({ ops, numbers, value, gradient, slots }) => {
    const accumulator = ops.add(slots['accumulator']!, ops.square(gradient))
    const change = ops.div(ops.mul(gradient, numbers['rate']!), ops.sqrt(accumulator))
    return { value: ops.sub(value, change), slots: { accumulator } }
  },
  kernel: () => ({
    op: 'ResourceApplyAdagrad',
    inputs: ['weight', 'slot:accumulator', 'number:rate', 'gradient']
  })
})
