import { defineLoss } from '../define'

/**
 * Mean over the outputs of ½e² where |e| ≤ δ, δ·|e| − ½δ² beyond, with e = p − t: Huber, 1964. Keras: Huber(delta).
 */
export default defineLoss({
  type: 'huber',
  title: 'Huber',
  summary: 'Squared for small misses, straight for big ones, so that outliers do not take over.',
  fields: {
    delta: {
      kind: 'float',
      label: 'Small up to',
      help: 'Misses up to this size count squared, larger ones straight.',
      default: 1,
      min: 0.0001,
      max: 1_000_000,
      scale: 'log'
    }
  },
  formula: '½e² up to δ, then δ·|e| − ½δ²',
  answers: 'both',
  keras: ({ delta }) => ({ class: 'Huber', config: { delta } }),
  forward: (ops, { prediction, target }, { delta }) => {
    const error = ops.sub(prediction, target)
    // With c = e cut off at ±δ both pieces are c · (e − c/2), and its slope is c everywhere.
    const cut = ops.clipByValue(error, -delta, delta)
    return ops.mean(ops.mul(cut, ops.sub(error, ops.mul(cut, 0.5))), 1)
  },
  examples: [
    { config: {}, prediction: [[0.5], [3], [0]], target: [[0], [0], [1]], loss: [0.125, 2.5, 0.5] },
    { config: { delta: 2 }, prediction: [[0, 5]], target: [[0, 0]], loss: [4] }
  ]
})
