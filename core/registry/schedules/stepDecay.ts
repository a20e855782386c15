import { defineSchedule } from '../define'
import { kerasSchedule } from '../kerasSchedule'
import { everyEpochs, lowerTo } from '../sharedFields'

/** η · factor^⌊epochs done / epochs⌋. Keras: ExponentialDecay with staircase. */
export default defineSchedule({
  type: 'stepDecay',
  title: 'In steps',
  summary: 'Lowers the learning rate at once every few epochs.',
  fields: { factor: lowerTo, epochs: everyEpochs },
  formula: 'η · factor^⌊epoch / every⌋',
  keras: ({ factor, epochs }, { rate, stepsPerEpoch }) =>
    kerasSchedule('ExponentialDecay', {
      initial_learning_rate: rate,
      decay_steps: stepsPerEpoch * epochs,
      decay_rate: factor,
      staircase: true
    }),
  factor: ({ factor, epochs }, { step, stepsPerEpoch }) =>
    factor ** Math.floor(step / (stepsPerEpoch * epochs))
})
