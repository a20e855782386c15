import { defineRegularizer } from '../define'
import { penalty } from '../sharedFields'

/** λ · Σw², as Keras' L2(λ). */
export default defineRegularizer({
  type: 'l2',
  title: 'L2',
  summary: 'Pulls all weights towards zero, large ones most.',
  fields: { rate: penalty },
  rates: ({ rate }) => ({ l1: 0, l2: rate })
})
