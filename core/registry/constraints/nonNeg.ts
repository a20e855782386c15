import { defineConstraint } from '../define'

/** max(w, 0). Keras: NonNeg. */
export default defineConstraint({
  type: 'nonNeg',
  title: 'Not negative',
  summary: 'Sets weights that fall below zero back to zero.',
  fields: {},
  apply: (ops, weight) => ops.relu(weight),
  keras: () => ({ class: 'NonNeg', config: {} }),
  examples: [{ config: {}, weight: [[3, -4, 0]], held: [[3, 0, 0]] }]
})
