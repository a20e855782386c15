import { defineLayer } from '../define'
import { arranged, numbersOut } from '../shapes'

/** The average number of each channel: [steps, channels] → [channels]. Keras: GlobalAveragePooling1D. */
export default defineLayer({
  type: 'globalAveragePooling1d',
  title: 'Global average 1D',
  summary: 'Keeps one number a channel of a sequence: the average',
  docs: 'Looks at all steps of the sequence and keeps the average number of each channel. Takes a sequence of steps with some numbers each and gives a row with one number a channel. It has no weights.',
  keras: () => ({ class: 'GlobalAveragePooling1D' }),
  group: 'Sequences',
  icon: 'align-center-vertical',
  role: 'layer',
  fields: {},
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: () => 'one a channel',
  infer: (context) => arranged(context, 'sequence', (shape) => numbersOut(shape.at(-1)!)),
  forward: ({ ops, inputs, masks, setMask }) => {
    const x = inputs['input']!
    setMask(undefined)
    if (!masks['input']) return ops.mean(x, 1)
    // Only over the steps that count.
    const counts = ops.expandDims(masks['input'], 2)
    return ops.div(ops.sum(ops.mul(x, counts), 1), ops.sum(counts, 1))
  },
  examples: [
    {
      title: 'one number a channel',
      config: {},
      inputs: { input: { kind: 'numbers', shape: [6, 5] } },
      outputs: { output: { kind: 'numbers', shape: [5] } },
      parameters: 0
    }
  ]
})
