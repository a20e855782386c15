import { defineSchedule } from '../define'
import { kerasSchedule } from '../kerasSchedule'

/**
 * η / (1 + decay · step / interval). Keras: InverseTimeDecay; with an interval of 1 the `decay` that optimizers of
 * Keras 2 had.
 */
export default defineSchedule({
  type: 'inverseTime',
  title: 'Inverse time',
  summary: 'Lowers the learning rate quickly at first, then ever more slowly.',
  fields: {
    decay: {
      kind: 'float',
      label: 'Decay',
      help: 'At 1 the learning rate is halved after one interval, and down to a third after two.',
      default: 0.01,
      min: 0,
      max: 1000,
      scale: 'log',
      hot: true
    },
    interval: {
      kind: 'int',
      label: 'Interval',
      help: 'How many steps the decay is counted in. 1 is Keras’ time decay.',
      default: 1,
      min: 1,
      max: 1_000_000_000,
      unit: 'steps',
      hot: true
    }
  },
  formula: 'η / (1 + decay · s / interval)',
  keras: ({ decay, interval }, { rate }) =>
    kerasSchedule('InverseTimeDecay', {
      initial_learning_rate: rate,
      decay_steps: interval,
      decay_rate: decay
    }),
  factor: ({ decay, interval }, { step }) => 1 / (1 + (decay * step) / interval)
})
