import type { MetricDefinition } from '../define'
import { topKShare } from '../scores'

/** Share of rows whose true class is among the five largest outputs. Keras: TopKCategoricalAccuracy(k=5). */
const topKAccuracy: MetricDefinition = {
  type: 'topKAccuracy',
  title: 'Top-5 accuracy',
  summary: 'The share of answers whose true class is among the first five; 1 with five classes or fewer.',
  better: 'higher',
  answers: 'classes',
  unit: 'share',
  measure: (input) => topKShare(input, 5),
  examples: [
    {
      prediction: [
        [6, 5, 4, 3, 2, 1],
        [6, 5, 4, 3, 2, 1]
      ],
      target: [
        [0, 0, 0, 0, 0, 1],
        [0, 0, 0, 0, 1, 0]
      ],
      value: 0.5
    }
  ]
}
export default topKAccuracy
