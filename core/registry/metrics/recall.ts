import type { MetricDefinition } from '../define'
import { overClasses } from '../scores'

/** Found ÷ all that were to be found. Keras: Recall, for class 1 of two; of more classes the plain mean. */
const recall: MetricDefinition = {
  type: 'recall',
  title: 'Recall',
  summary: 'How much of a class is found. Of two classes the second one; of more the mean over all.',
  better: 'higher',
  answers: 'classes',
  unit: 'share',
  measure: (input) => overClasses(input, ({ right, missed }) => right / (right + missed)),
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
      value: (1 + 0 + 1 / 2) / 3
    }
  ]
}
export default recall
