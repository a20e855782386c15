import { defineLayer } from '../define'
import { arranged, many, numbersOut } from '../shapes'

/** The same row at each of n steps: [features] → [n, features]. Keras: RepeatVector. */
export default defineLayer({
  type: 'repeatVector',
  title: 'Repeat',
  summary: 'Makes a sequence of one row, again and again',
  docs: 'Gives the row it gets at each of so many steps, for a layer after it that reads sequences. Takes a row of n numbers and gives a sequence of steps with n numbers each. It has no weights.',
  keras: ({ config }) => ({ class: 'RepeatVector', config: { n: config.n } }),
  group: 'Sequences',
  icon: 'repeat',
  role: 'layer',
  fields: {
    n: {
      kind: 'int',
      label: 'Steps',
      unit: 'steps',
      help: 'How often the row is repeated.',
      default: 8,
      min: 1,
      max: 10_000
    }
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ n }) => many(n, 'step'),
  infer: (context) => arranged(context, 'row', ([features = 0]) => numbersOut(context.config.n, features)),
  forward: ({ ops, config, inputs, setMask }) => {
    const row = inputs['input']!
    setMask(undefined)
    // A product with ones: its slope is one sum, that of a tile a slice for each step.
    return ops.mul(ops.reshape(row, [-1, 1, row.shape[1]!]), ops.ones([1, config.n, 1]))
  },
  examples: [
    {
      title: 'five times',
      config: { n: 5 },
      inputs: { input: { kind: 'numbers', shape: [3] } },
      outputs: { output: { kind: 'numbers', shape: [5, 3] } },
      parameters: 0
    }
  ]
})
