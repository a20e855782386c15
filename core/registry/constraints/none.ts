import { defineConstraint } from '../define'

/** Weights go where they want. */
export default defineConstraint({
  type: 'none',
  title: 'None',
  summary: 'Weights may become as large as they like.',
  fields: {},
  apply: (_ops, weight) => weight,
  examples: [{ config: {}, weight: [[3, -4]], held: [[3, -4]] }]
})
