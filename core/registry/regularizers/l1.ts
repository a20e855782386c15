import { defineRegularizer } from '../define'

/** λ · Σ|w|, as Keras' L1(λ). */
export default defineRegularizer({
  type: 'l1',
  title: 'L1',
  summary: 'Pulls weights that matter little to exactly zero.',
  fields: {
    rate: {
      kind: 'float',
      label: 'Strength',
      help: 'How hard it pulls. Start at 0.003; ten times that is a lot.',
      default: 0.003,
      min: 0,
      max: 10,
      scale: 'log',
      hot: true
    }
  },
  rates: (config) => ({ l1: config.rate, l2: 0 })
})
