import { defineSchedule } from '../define'
import { kerasSchedule } from '../kerasSchedule'
import { everyEpochs, lowerTo } from '../sharedFields'

/** η · rate^(epochs done / epochs), a little less with each step. Keras: ExponentialDecay. */
export default defineSchedule({
  type: 'exponential',
  title: 'Exponential',
  summary: 'Lowers the learning rate a little with each step, always by the same share.',
  fields: { rate: lowerTo, epochs: everyEpochs },
  formula: 'η · rate^(epoch / every)',
  keras: ({ rate: decay_rate, epochs }, { rate, stepsPerEpoch }) =>
    kerasSchedule('ExponentialDecay', {
      initial_learning_rate: rate,
      decay_steps: stepsPerEpoch * epochs,
      decay_rate
    }),
  factor: ({ rate, epochs }, { step, stepsPerEpoch }) => rate ** (step / (stepsPerEpoch * epochs))
})
