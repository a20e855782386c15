import { defineOptimizer } from '../define'

/**
 * Kingma and Ba, 2014, as Keras computes it: m ← m + (g − m)(1 − β₁), v ← v + (g² − v)(1 − β₂),
 * w ← w − η·√(1 − β₂ᵗ)/(1 − β₁ᵗ) · m / (√v + ε).
 */
export default defineOptimizer({
  type: 'adam',
  title: 'Adam',
  summary: 'Finds a step size of its own for every weight. A good first choice.',
  fields: {
    learningRate: {
      kind: 'float',
      label: 'Learning rate',
      help: 'How far each step goes. Too small is slow, too large jumps about.',
      default: 0.01,
      min: 0,
      max: 100,
      scale: 'log',
      hot: true
    },
    beta1: {
      kind: 'float',
      label: 'Memory of direction',
      help: 'β₁: how long past slopes are remembered.',
      default: 0.9,
      min: 0,
      max: 0.9999,
      step: 0.01,
      advanced: true
    },
    beta2: {
      kind: 'float',
      label: 'Memory of size',
      help: 'β₂: how long past slope sizes are remembered.',
      default: 0.999,
      min: 0,
      max: 0.99999,
      step: 0.001,
      advanced: true
    },
    epsilon: {
      kind: 'float',
      label: 'Epsilon',
      help: 'Keeps the division from blowing up.',
      default: 1e-7,
      min: 1e-12,
      max: 1,
      scale: 'log',
      advanced: true
    }
  },
  formula: 'w ← w − η · m̂ / (√v̂ + ε)',
  slots: () => ({ m: 0, v: 0 }),
  numbers: ({ beta1, beta2 }, step, rate) => ({ rate, beta1Power: beta1 ** step, beta2Power: beta2 ** step }),
  update: ({ ops, config, numbers, value, gradient, slots }) => {
    const { beta1, beta2, epsilon } = config
    const { rate, beta1Power, beta2Power } = numbers
    const alpha = ops.div(ops.mul(rate!, ops.sqrt(ops.sub(1, beta2Power!))), ops.sub(1, beta1Power!))
    const m = ops.add(slots['m']!, ops.mul(ops.sub(gradient, slots['m']!), 1 - beta1))
    const v = ops.add(slots['v']!, ops.mul(ops.sub(ops.square(gradient), slots['v']!), 1 - beta2))
    const change = ops.div(ops.mul(m, alpha), ops.add(ops.sqrt(v), epsilon))
    return { value: ops.sub(value, change), slots: { m, v } }
  },
  kernel: ({ beta1, beta2, epsilon }) => ({
    op: 'ResourceApplyAdam',
    inputs: [
      'weight',
      'slot:m',
      'slot:v',
      'number:beta1Power',
      'number:beta2Power',
      'number:rate',
      beta1,
      beta2,
      epsilon,
      'gradient'
    ]
  })
})
