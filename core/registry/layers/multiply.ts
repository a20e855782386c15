import { defineLayer } from '../define'
import { elementwise, joined, mergePorts } from '../merging'

/** y = x₁ · x₂ · …, number by number. Keras: Multiply. */
export default defineLayer({
  type: 'multiply',
  title: 'Multiply',
  summary: 'Multiplies signals number by number',
  docs: 'Multiplies its inputs number by number, so that one signal can open or close another like a gate. All inputs need the same shape, which is that of the output. It has no weights.',
  keras: () => ({ class: 'Multiply' }),
  group: 'Joining',
  icon: 'x',
  role: 'layer',
  fields: {},
  inputs: mergePorts,
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: () => 'product',
  formula: () => 'h = x₁ · x₂',
  infer: elementwise,
  forward: (context) => joined(context, (a, b) => context.ops.mul(a, b)),
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
