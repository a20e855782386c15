import type { MetricDefinition } from '../define'
import { meanOver } from '../scores'

/** Mean of (t − p)² over all numbers. Keras: MeanSquaredError. */
const meanSquaredError: MetricDefinition = {
  type: 'meanSquaredError',
  title: 'Mean squared error',
  summary: 'The mean of all misses, squared. Big misses count most.',
  better: 'lower',
  answers: 'numbers',
  unit: 'number',
  measure: (input) => meanOver(input, (error) => error * error),
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
      value: 1.5
    }
  ]
}
export default meanSquaredError
