import { cosineFactor } from '../cosineFactor'
import { defineSchedule } from '../define'
import { kerasSchedule } from '../kerasSchedule'
import { finalShare } from '../sharedFields'

/**
 * From `start` · η up to η in a straight line, the first step at the start; then η, or a half wave down to α · η at the
 * last planned step. Keras: CosineDecay with warmup_target and warmup_steps.
 */
export default defineSchedule({
  type: 'warmUp',
  title: 'Warm-up',
  summary: 'Begins with small steps and makes them larger until the learning rate is reached.',
  fields: {
    steps: {
      kind: 'int',
      label: 'Length',
      help: 'After how many steps the full learning rate is reached.',
      default: 100,
      min: 1,
      max: 1_000_000_000,
      unit: 'steps',
      hot: true
    },
    start: {
      kind: 'float',
      label: 'Start at',
      help: 'The share of the learning rate that the first step has.',
      default: 0,
      min: 0,
      max: 1,
      step: 0.05,
      hot: true
    },
    then: {
      kind: 'choice',
      label: 'Afterwards',
      help: 'What the learning rate does once it is warm.',
      default: 'constant',
      options: [
        { value: 'constant', label: 'Stays' },
        { value: 'cosine', label: 'Falls along a cosine' }
      ],
      hot: true
    },
    alpha: finalShare
  },
  formula: 'η · s / length, then η',
  keras: ({ steps: length, start, then, alpha }, { rate, steps }) =>
    then === 'cosine'
      ? kerasSchedule('CosineDecay', {
          initial_learning_rate: start * rate,
          decay_steps: Math.max(1, steps - length),
          alpha,
          warmup_target: rate,
          warmup_steps: length
        })
      : kerasSchedule('PolynomialDecay', {
          initial_learning_rate: start * rate,
          decay_steps: length,
          end_learning_rate: rate
        }),
  factor: ({ steps: length, start, then, alpha }, { step, steps }) => {
    if (step < length) return start + ((1 - start) * step) / length
    return then === 'cosine' ? cosineFactor(alpha, step - length, steps - length) : 1
  }
})
