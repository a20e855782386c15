import type { MetricDefinition } from '../define'

/**
 * 1 − Σ(t − p)² ÷ Σ(t − mean t)², the mean over the outputs. Keras: R2Score. An output whose true answers are all alike
 * has 1 where it is hit exactly and 0 elsewhere (scikit-learn's rule).
 */
const r2: MetricDefinition = {
  type: 'r2',
  title: 'R²',
  summary: 'How much of what varies is explained: 1 is all of it, 0 is no better than the mean.',
  better: 'higher',
  answers: 'numbers',
  unit: 'number',
  measure: ({ prediction, target, rows, outputs }) => {
    if (rows < 2) return NaN
    let total = 0
    for (let output = 0; output < outputs; output++) {
      let mean = 0
      for (let row = 0; row < rows; row++) mean += target[row * outputs + output]! / rows
      let missed = 0
      let spread = 0
      for (let at = output; at < target.length; at += outputs) {
        missed += (target[at]! - prediction[at]!) ** 2
        spread += (target[at]! - mean) ** 2
      }
      total += spread === 0 ? Number(missed === 0) : 1 - missed / spread
    }
    return total / outputs
  },
  examples: [
    { prediction: [[1], [2], [4]], target: [[1], [2], [3]], value: 0.5 },
    { prediction: [[2], [2], [2]], target: [[1], [2], [3]], value: 0 }
  ]
}
export default r2
