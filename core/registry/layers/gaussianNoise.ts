import { defineLayer } from '../define'
import { numbersOut, shapeAt } from '../shapes'

/** While training, y = x + stddev · n with n from a normal distribution (Box and Muller, 1958). Keras: GaussianNoise. */
export default defineLayer({
  type: 'gaussianNoise',
  title: 'Gaussian noise',
  summary: 'Shakes numbers a little to stop memorising',
  docs: 'While training, adds a small random number to every number, new ones at every step, so that the network cannot learn single examples by heart. When the network answers, it does nothing. The shape stays as it is. It has no weights.',
  keras: ({ config }) => ({ class: 'GaussianNoise', config: { stddev: config.stddev } }),
  group: 'Steady training',
  icon: 'audio-lines',
  role: 'layer',
  fields: {
    stddev: {
      kind: 'float',
      label: 'Size of the noise',
      help: 'The spread of what is added. 0.1 suits numbers around 1.',
      default: 0.1,
      min: 0,
      max: 10,
      step: 0.05,
      hot: true
    }
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ stddev }) => `± ${stddev}`,
  formula: ({ stddev }) => `h = x + ${stddev} · noise`,
  infer: ({ inputs }) => numbersOut(...(shapeAt(inputs) ?? [0])),
  restless: true,
  forward: ({ ops, inputs, training, hot, random }) => {
    const x = inputs['input']!
    if (!training) return x
    // 1 − u is never 0, so its logarithm is finite.
    const length = ops.sqrt(ops.mul(ops.log(ops.sub(1, random(x.shape))), -2))
    const noise = ops.mul(length, ops.cos(ops.mul(random(x.shape), 2 * Math.PI)))
    return ops.add(x, ops.mul(noise, hot('stddev')))
  },
  examples: [
    {
      title: 'keeps the shape',
      config: { stddev: 0.5 },
      inputs: { input: { kind: 'numbers', shape: [4] } },
      outputs: { output: { kind: 'numbers', shape: [4] } },
      parameters: 0
    }
  ]
})
