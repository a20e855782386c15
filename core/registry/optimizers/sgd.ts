import { defineOptimizer } from '../define'
import { learningRate, momentum } from '../sharedFields'

/**
 * w ← w − η·g, with momentum v ← m·v − η·g and w ← w + v, with Nesterov w ← w + m·v − η·g. Keras: SGD.
 */
export default defineOptimizer({
  type: 'sgd',
  title: 'Gradient descent',
  summary: 'One step straight downhill each time. Simple and predictable.',
  fields: {
    learningRate: learningRate(0.1),
    momentum,
    nesterov: {
      kind: 'bool',
      label: 'Look ahead',
      help: 'Nesterov’s variant: takes the slope where the ball is about to be. Needs momentum.',
      default: false
    }
  },
  formula: 'w ← w − η · g',
  keras: ({ momentum, nesterov }) => ({ class: 'SGD', config: { momentum, nesterov } }),
  tfjs: ({ momentum, nesterov }) => (momentum > 0 ? ['momentum', momentum, nesterov] : ['sgd']),
  slots: ({ momentum }): { [slot: string]: number } => (momentum > 0 ? { velocity: 0 } : {}),
  numbers: (_config, _step, rate) => ({ rate }),
  update: ({ ops, config, numbers, value, gradient, slots }) => {
    const move = ops.neg(ops.mul(gradient, numbers['rate']!))
    const velocity = slots['velocity']
    if (!velocity) return { value: ops.add(value, move), slots: {} }
    const next = ops.add(ops.mul(velocity, config.momentum), move)
    const change = config.nesterov ? ops.add(ops.mul(next, config.momentum), move) : next
    return { value: ops.add(value, change), slots: { velocity: next } }
  },
  kernel: ({ momentum, nesterov }) =>
    momentum > 0
      ? {
          op: 'ResourceApplyKerasMomentum',
          inputs: ['weight', 'slot:velocity', 'number:rate', 'gradient', momentum],
          flags: { use_nesterov: nesterov }
        }
      : { op: 'ResourceApplyGradientDescent', inputs: ['weight', 'number:rate', 'gradient'] }
})
