import { sizeOf } from '../../graph/signal'
import { defineLayer } from '../define'

/** [a, b, …] → [a · b · …], row-major. Keras: Flatten. */
export default defineLayer({
  type: 'flatten',
  title: 'Flatten',
  summary: 'Unrolls a picture into one long row',
  docs: 'Puts all numbers of an example into one row and changes none of them. It has no weights.',
  // TensorFlow.js flattens no rows; a row stays what it is.
  keras: ({ shapes: [shape = []] }) =>
    shape.length === 1 ? { class: 'Reshape', config: { target_shape: [...shape] } } : { class: 'Flatten' },
  group: 'Shape',
  icon: 'text-align-start',
  role: 'layer',
  fields: {},
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: () => 'one row',
  infer: ({ inputs }) => {
    const input = inputs['input']
    return {
      outputs: input?.kind === 'numbers' ? { output: { kind: 'numbers', shape: [sizeOf(input.shape)] } } : {}
    }
  },
  forward: ({ ops, inputs, setMask }) => {
    const x = inputs['input']!
    setMask(undefined)
    return ops.reshape(x, [x.shape[0]!, -1])
  },
  examples: [
    {
      title: 'a small picture',
      config: {},
      inputs: { input: { kind: 'numbers', shape: [28, 28, 8] } },
      outputs: { output: { kind: 'numbers', shape: [6272] } },
      parameters: 0
    }
  ]
})
