import { defineOptimizer } from '../define'

/**
 * w ← w − η·g, with momentum v ← m·v − η·g and w ← w + v, with Nesterov w ← w + m·v − η·g. Keras: SGD.
 */
export default defineOptimizer({
  type: 'sgd',
  title: 'Gradient descent',
  summary: 'One step straight downhill each time. Simple and predictable.',
  fields: {
    learningRate: {
      kind: 'float',
      label: 'Learning rate',
      help: 'How far each step goes. Too small is slow, too large jumps about.',
      default: 0.1,
      min: 0,
      max: 100,
      scale: 'log',
      hot: true
    },
    momentum: {
      kind: 'float',
      label: 'Momentum',
      help: 'How much of the last step is kept, like a rolling ball. 0.9 is common.',
      default: 0,
      min: 0,
      max: 0.999,
      step: 0.1
    },
    nesterov: {
      kind: 'bool',
      label: 'Look ahead',
      help: 'Nesterov’s variant: takes the slope where the ball is about to be. Needs momentum.',
      default: false
    }
  },
  formula: 'w ← w − η · g',
  slots: ({ momentum }) => (momentum > 0 ? ['velocity'] : []),
  update: ({ ops, config, value, gradient, slots }) => {
    const move = ops.mul(gradient, -config.learningRate)
    const velocity = slots['velocity']
    if (!velocity) return { value: ops.add(value, move), slots: {} }
    const next = ops.add(ops.mul(velocity, config.momentum), move)
    const change = config.nesterov ? ops.add(ops.mul(next, config.momentum), move) : next
    return { value: ops.add(value, change), slots: { velocity: next } }
  }
})
