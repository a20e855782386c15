import { defineInitializer } from '../define'

/**
 * Zeros, but ones for the second quarter: the biases of an LSTM's forget gates, which then start open (Jozefowicz et
 * al., 2015). Keras: unit_forget_bias.
 */
export default defineInitializer({
  type: 'unitForgetBias',
  title: 'Open forget gates',
  summary: 'Zeros, and ones for the gates that keep an LSTM’s memory.',
  fields: {},
  values: (_config, { size }) => new Float32Array(size).fill(1, size / 4, size / 2),
  moments: () => ({ mean: 1 / 4, std: Math.sqrt(3) / 4 })
})
