import { defineLayer } from '../define'
import { elementwise, joined, mergePorts } from '../merging'

/** y = x₁ + x₂ + …, number by number. Keras: Add. */
export default defineLayer({
  type: 'add',
  title: 'Add',
  summary: 'Adds signals number by number',
  docs: 'Adds its inputs number by number. With a line around some layers it makes a shortcut, which lets deep networks learn. All inputs need the same shape, which is that of the output. It has no weights.',
  keras: () => ({ class: 'Add' }),
  group: 'Joining',
  icon: 'plus',
  role: 'layer',
  fields: {},
  inputs: mergePorts,
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: () => 'sum',
  formula: () => 'h = x₁ + x₂',
  infer: elementwise,
  forward: (context) => joined(context, (a, b) => context.ops.add(a, b)),
  examples: [
    {
      title: 'two rows',
      config: {},
      inputs: { input: { kind: 'numbers', shape: [4] }, second: { kind: 'numbers', shape: [4] } },
      outputs: { output: { kind: 'numbers', shape: [4] } },
      parameters: 0
    },
    {
      title: 'three pictures, one with a single pixel for all places',
      config: {},
      inputs: {
        input: { kind: 'numbers', shape: [2, 3, 2] },
        second: { kind: 'numbers', shape: [1, 1, 2] },
        third: { kind: 'numbers', shape: [2, 3, 2] }
      },
      outputs: { output: { kind: 'numbers', shape: [2, 3, 2] } },
      parameters: 0
    }
  ]
})
