import type { MetricDefinition } from '../define'
import { overClasses } from '../scores'

/** Right claims ÷ all claims. Keras: Precision, for class 1 of two; of more classes the plain mean. */
const precision: MetricDefinition = {
  type: 'precision',
  title: 'Precision',
  summary: 'How often a claimed class is true. Of two classes the second one; of more the mean over all.',
  better: 'higher',
  answers: 'classes',
  unit: 'share',
  measure: (input) => overClasses(input, ({ right, claimed }) => right / (right + claimed)),
  examples: [
    { prediction: [[0.9], [0.8], [0.3], [0.6]], target: [[1], [0], [1], [1]], value: 2 / 3 },
    {
      prediction: [
        [0.7, 0.2, 0.1],
        [0.1, 0.5, 0.4],
        [0.3, 0.3, 0.4]
      ],
      target: [
        [1, 0, 0],
        [0, 0, 1],
        [0, 0, 1]
      ],
      value: (1 + 0 + 1) / 3
    }
  ]
}
export default precision
