import { defineOptimizer } from '../define'
import { epsilon, learningRate, momentum } from '../sharedFields'

/**
 * v ← ρ·v + (1 − ρ)·g², s ← M·s + η·g / √(v + ε), w ← w − s. Centered, a ← ρ·a + (1 − ρ)·g and the root is of
 * v − a² + ε. Keras: RMSprop. Without momentum Keras has no s; here it is the last step, as TensorFlow's kernel has it.
 */
export default defineOptimizer({
  type: 'rmsprop',
  title: 'RMSprop',
  summary: 'Takes smaller steps for weights whose slope has been steep lately.',
  fields: {
    learningRate: learningRate(0.001),
    rho: {
      kind: 'float',
      label: 'Memory of size',
      help: 'How long past slope sizes are remembered. Keras calls it ρ.',
      default: 0.9,
      min: 0,
      max: 0.9999,
      step: 0.01
    },
    momentum,
    centered: {
      kind: 'bool',
      label: 'Around the mean',
      help: 'Measures how much slopes vary instead of how large they are. Can be steadier.',
      default: false,
      advanced: true
    },
    epsilon
  },
  formula: 'w ← w − η · g / √(v + ε)',
  keras: ({ rho, momentum, epsilon, centered }) => ({
    class: 'RMSprop',
    config: { rho, momentum, epsilon, centered }
  }),
  tfjs: ({ rho, momentum, epsilon, centered }) => ['rmsprop', rho, momentum, epsilon, centered],
  slots: ({ centered }): { [slot: string]: number } => ({
    ...(centered ? { averageGradient: 0 } : {}),
    velocity: 0,
    momentum: 0
  }),
  numbers: (_config, _step, rate) => ({ rate }),
  update: ({ ops, config, numbers, value, gradient, slots }) => {
    const { rho, centered } = config
    const towards = (slot: string, goal: typeof value) =>
      ops.add(slots[slot]!, ops.mul(ops.sub(goal, slots[slot]!), 1 - rho))
    const velocity = towards('velocity', ops.square(gradient))
    const averageGradient = centered ? towards('averageGradient', gradient) : undefined
    const spread = averageGradient ? ops.sub(velocity, ops.square(averageGradient)) : velocity
    const step = ops.div(ops.mul(gradient, numbers['rate']!), ops.sqrt(ops.add(spread, config.epsilon)))
    const next = config.momentum > 0 ? ops.add(ops.mul(slots['momentum']!, config.momentum), step) : step
    return {
      value: ops.sub(value, next),
      slots: { velocity, momentum: next, ...(averageGradient ? { averageGradient } : {}) }
    }
  },
  kernel: (config) => ({
    op: config.centered ? 'ResourceApplyCenteredRMSProp' : 'ResourceApplyRMSProp',
    inputs: [
      'weight',
      ...(config.centered ? ['slot:averageGradient'] : []),
      'slot:velocity',
      'slot:momentum',
      'number:rate',
      config.rho,
      config.momentum,
      config.epsilon,
      'gradient'
    ]
  })
})
