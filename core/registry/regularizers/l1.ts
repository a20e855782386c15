import { defineRegularizer } from '../define'
import { penalty } from '../sharedFields'

/** λ · Σ|w|, as Keras' L1(λ). */
export default defineRegularizer({
  type: 'l1',
  title: 'L1',
  summary: 'Pulls weights that matter little to exactly zero.',
  fields: { rate: penalty },
  rates: ({ rate }) => ({ l1: rate, l2: 0 })
})
