import { defineRegularizer } from '../define'
import { penalty } from '../sharedFields'

/** λ₁ · Σ|w| + λ₂ · Σw², as Keras' L1L2(λ₁, λ₂). */
export default defineRegularizer({
  type: 'l1l2',
  title: 'L1 and L2',
  summary: 'Keeps weights small and pulls those that matter little to exactly zero.',
  fields: {
    l1: { ...penalty, label: 'Strength of L1', help: 'How hard it pulls every weight, small or large.' },
    l2: { ...penalty, label: 'Strength of L2', help: 'How hard it pulls large weights.' }
  },
  rates: ({ l1, l2 }) => ({ l1, l2 })
})
