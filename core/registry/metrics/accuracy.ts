import type { MetricDefinition } from '../define'
import { classOf } from '../scores'

/**
 * Share of rows whose largest output is the true class; a single output says class 1 from 0.5 up. Of equal outputs
 * the first counts, as in Keras.
 */
const accuracy: MetricDefinition = {
  type: 'accuracy',
  title: 'Accuracy',
  summary: 'The share of right answers.',
  better: 'higher',
  answers: 'classes',
  unit: 'share',
  measure: ({ prediction, target, rows, outputs }) => {
    let right = 0
    for (let row = 0; row < rows; row++)
      right += Number(classOf(prediction, row, outputs) === classOf(target, row, outputs))
    return right / rows
  },
  examples: [
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
      value: 2 / 3
    },
    { prediction: [[0.4], [0.5]], target: [[0], [1]], value: 1 }
  ]
}
export default accuracy
