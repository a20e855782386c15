import { defineLayer, part, type WeightSpec } from '../define'
import { numbersOut, shapeAt } from '../shapes'

/** y = gamma · (x − mean) / √(variance + epsilon) + beta over the last axis of each example. Keras: LayerNormalization. */
export default defineLayer({
  type: 'layerNormalization',
  title: 'Layer normalization',
  summary: 'Keeps the numbers of each example at a steady size',
  docs: 'Shifts and stretches the numbers of each example, or of each of its steps or pixels, so that they are around 0 and about 1 large, then by factors and offsets that it learns. It works the same in training and after. The shape stays as it is.',
  keras: ({ config, initializer }) => ({
    class: 'LayerNormalization',
    config: {
      axis: -1,
      epsilon: config.epsilon,
      center: config.center,
      scale: config.scale,
      beta_initializer: initializer(part('zeros')),
      gamma_initializer: initializer(part('ones'))
    }
  }),
  group: 'Steady training',
  icon: 'sliders-vertical',
  role: 'layer',
  fields: {
    epsilon: {
      kind: 'float',
      label: 'Epsilon',
      help: 'Keeps the division from blowing up where all numbers are alike.',
      default: 0.001,
      min: 1e-7,
      max: 1,
      scale: 'log',
      advanced: true
    },
    center: {
      kind: 'bool',
      label: 'Learn an offset',
      help: 'Adds a learned number at each place.',
      default: true,
      advanced: true
    },
    scale: {
      kind: 'bool',
      label: 'Learn a factor',
      help: 'Multiplies with a learned number at each place.',
      default: true,
      advanced: true
    }
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: () => 'each example',
  formula: ({ center, scale }) => `h = ${scale ? 'γ · ' : ''}(x − mean) / √variance${center ? ' + β' : ''}`,
  infer: ({ inputs }) => numbersOut(...(shapeAt(inputs) ?? [0])),
  weights: ({ center, scale }, inputs) => {
    const shape = [shapeAt(inputs)?.at(-1) ?? 0]
    const gamma: WeightSpec = {
      name: 'gamma',
      shape,
      initializer: part('ones'),
      trainable: true
    }
    const beta: WeightSpec = { name: 'beta', shape, initializer: part('zeros'), trainable: true }
    return [...(scale ? [gamma] : []), ...(center ? [beta] : [])]
  },
  forward: ({ ops, config, inputs, weights }) => {
    const x = inputs['input']!
    const centred = ops.sub(x, ops.mean(x, -1, true))
    const variance = ops.mean(ops.square(centred), -1, true)
    const steady = ops.mul(centred, ops.rsqrt(ops.add(variance, config.epsilon)))
    const stretched = weights['gamma'] ? ops.mul(steady, weights['gamma']) : steady
    return weights['beta'] ? ops.add(stretched, weights['beta']) : stretched
  },
  examples: [
    {
      title: 'each step of a sequence',
      config: {},
      inputs: { input: { kind: 'numbers', shape: [3, 4] } },
      outputs: { output: { kind: 'numbers', shape: [3, 4] } },
      parameters: 8
    }
  ]
})
