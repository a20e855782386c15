import type { MetricDefinition, MetricInput } from '../define'
import { areaUnderCurve, classOf } from '../scores'

/**
 * Area under the ROC curve, exact, by ranks (scikit-learn's roc_auc_score; Keras' AUC adds up 200 thresholds and comes
 * close to it). Of more than two classes each one against the rest, and the mean over those that have a curve.
 */
const auc: MetricDefinition = {
  type: 'auc',
  title: 'Area under the curve',
  summary: 'How often a true case gets the larger share than a false one. 0.5 is guessing.',
  better: 'higher',
  answers: 'classes',
  unit: 'number',
  measure: (input) => {
    const { outputs } = input
    if (outputs <= 2) return oneAgainstRest(input, 1)
    const areas = Array.from({ length: outputs }, (_, c) => oneAgainstRest(input, c)).filter(
      (area) => !Number.isNaN(area)
    )
    return areas.reduce((sum, area) => sum + area, 0) / areas.length
  },
  examples: [
    { prediction: [[0.1], [0.4], [0.35], [0.8]], target: [[0], [0], [1], [1]], value: 0.75 },
    { prediction: [[0.5], [0.5], [0.9]], target: [[0], [1], [1]], value: 0.75 }
  ]
}
export default auc

function oneAgainstRest({ prediction, target, rows, outputs }: MetricInput, positive: number): number {
  const column = outputs === 1 ? 0 : positive
  const scores = new Float32Array(rows)
  for (let row = 0; row < rows; row++) scores[row] = prediction[row * outputs + column]!
  return areaUnderCurve(scores, (row) => classOf(target, row, outputs) === positive)
}
