import { defineRegularizer } from '../define'

/** λ · Σw², as Keras' L2(λ). */
export default defineRegularizer({
  type: 'l2',
  title: 'L2',
  summary: 'Pulls all weights towards zero, large ones most.',
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
  rates: (config) => ({ l1: 0, l2: config.rate })
})
