import type { MetricDefinition } from '../define'
import { meanOver } from '../scores'

/** Mean of |t − p| over all numbers. Keras: MeanAbsoluteError. */
const meanAbsoluteError: MetricDefinition = {
  type: 'meanAbsoluteError',
  title: 'Mean absolute error',
  summary: 'How far answers are from the truth in the mean.',
  better: 'lower',
  answers: 'numbers',
  unit: 'number',
  measure: (input) => meanOver(input, Math.abs),
  examples: [
    {
      prediction: [
        [1, 2],
        [0, 0]
      ],
      target: [
        [0, 0],
        [0, 1]
      ],
      value: 1
    }
  ]
}
export default meanAbsoluteError
