import type { MetricDefinition } from '../define'

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
      if (outputs === 1) right += Number(prediction[row]! >= 0.5 === target[row]! >= 0.5)
      else right += Number(largest(prediction, row * outputs, outputs) === largest(target, row * outputs, outputs))
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

function largest(values: Float32Array, from: number, count: number): number {
  let best = 0
  for (let i = 1; i < count; i++) if (values[from + i]! > values[from + best]!) best = i
  return best
}
