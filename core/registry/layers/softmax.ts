import { defineLayer, part } from '../define'
import { numbersOut, shapeAt } from '../shapes'

/** yᵢ = exp(xᵢ) / Σⱼ exp(xⱼ) over the last axis; same shape. Keras: Softmax. */
export default defineLayer({
  type: 'softmax',
  title: 'Softmax',
  summary: 'Turns numbers into shares that add up to 1',
  docs: 'Turns the numbers it gets into shares between 0 and 1 that add up to 1: the network’s belief in each class. In a sequence or picture it does so at each step or pixel. The shape stays as it is. It has no weights.',
  keras: () => ({ class: 'Softmax', config: { axis: -1 } }),
  group: 'Everyday',
  icon: 'chart-pie',
  role: 'layer',
  fields: {},
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: () => 'adds up to 1',
  formula: () => 'h = exp(x) / Σ exp(x)',
  infer: ({ inputs }) => numbersOut(...(shapeAt(inputs) ?? [0])),
  // As an activation, so that a loss can look behind it.
  forward: ({ inputs, activate }) => activate(part('softmax'), inputs['input']!),
  examples: [
    {
      title: 'keeps the shape',
      config: {},
      inputs: { input: { kind: 'numbers', shape: [4] } },
      outputs: { output: { kind: 'numbers', shape: [4] } },
      parameters: 0
    }
  ]
})
