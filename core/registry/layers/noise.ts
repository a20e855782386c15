import { numberText } from '../../words'
import { defineLayer } from '../define'

/** Random numbers that a generator makes examples from: [size], new ones for each example. */
export default defineLayer({
  type: 'noise',
  title: 'Noise',
  summary: 'Random numbers to make something from',
  docs: 'Gives a row of random numbers for each example that is to be made up. The network behind it turns them into something that looks like the data.',
  group: 'Ends',
  icon: 'dices',
  role: 'source',
  fields: {
    size: {
      kind: 'int',
      label: 'Numbers',
      unit: 'numbers',
      help: 'How many random numbers an example is made from.',
      default: 2,
      min: 1,
      max: 1024
    },
    distribution: {
      kind: 'choice',
      label: 'Spread',
      help: 'Bell-shaped noise has a middle, even noise has edges.',
      default: 'normal',
      options: [
        { value: 'normal', label: 'Bell-shaped' },
        { value: 'uniform', label: 'Even, from −1 to 1' }
      ]
    }
  },
  inputs: [],
  outputs: [{ id: 'output', label: 'Noise', carries: 'numbers' }],
  fact: ({ size }) => `${numberText(size)} numbers`,
  infer: ({ config }) => ({ outputs: { output: { kind: 'numbers', shape: [config.size] } } }),
  draw: ({ ops, config, random, rows }) => {
    const shape = [rows, config.size]
    if (config.distribution === 'uniform') return ops.sub(ops.mul(random(shape), 2), 1)
    // Box and Muller; 1 − u keeps the logarithm away from zero.
    const radius = ops.sqrt(ops.mul(ops.log(ops.sub(1, random(shape))), -2))
    return ops.mul(radius, ops.cos(ops.mul(random(shape), 2 * Math.PI)))
  },
  examples: [
    {
      title: 'two numbers',
      config: {},
      inputs: {},
      outputs: { output: { kind: 'numbers', shape: [2] } },
      parameters: 0
    }
  ]
})
