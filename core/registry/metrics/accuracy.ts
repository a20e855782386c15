import type { MetricDefinition } from '../define'

/** Share of examples whose largest output is the true class; a single output says class 1 from 0.5 up. */
const accuracy: MetricDefinition = {
  type: 'accuracy',
  title: 'Accuracy',
  summary: 'The share of right answers.',
  better: 'higher',
  forward: (ops, prediction, target) =>
    ops.mean(
      ops.cast(
        prediction.shape[1] === 1
          ? ops.equal(ops.greaterEqual(prediction, 0.5), ops.greaterEqual(target, 0.5))
          : ops.equal(ops.argMax(prediction, 1), ops.argMax(target, 1)),
        'float32'
      )
    )
}
export default accuracy
