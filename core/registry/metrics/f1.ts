import type { MetricDefinition } from '../define'
import { overClasses } from '../scores'

/** 2 · precision · recall ÷ (precision + recall). Keras: F1Score, for class 1 of two; of more classes average="macro". */
const f1: MetricDefinition = {
  type: 'f1',
  title: 'F1',
  summary: 'Precision and recall in one number. Of two classes the second one; of more the mean over all.',
  better: 'higher',
  answers: 'classes',
  unit: 'share',
  measure: (input) =>
    overClasses(input, ({ right, claimed, missed }) => (2 * right) / (2 * right + claimed + missed)),
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
      value: (1 + 0 + 2 / 3) / 3
    }
  ]
}
export default f1
