import { defineLayer } from '../define'
import { arranged, numbersOut } from '../shapes'
import { largest } from '../slopes'

/** The largest number of each channel: [steps, channels] → [channels]. Keras: GlobalMaxPooling1D. */
export default defineLayer({
  type: 'globalMaxPooling1d',
  title: 'Global max 1D',
  summary: 'Keeps one number a channel of a sequence: the largest',
  docs: 'Looks at all steps of the sequence and keeps the largest number of each channel. Takes a sequence of steps with some numbers each and gives a row with one number a channel. It has no weights.',
  keras: () => ({ class: 'GlobalMaxPooling1D' }),
  group: 'Sequences',
  icon: 'arrow-up-to-line',
  role: 'layer',
  fields: {},
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: () => 'one a channel',
  infer: (context) => arranged(context, 'sequence', (shape) => numbersOut(shape.at(-1)!)),
  forward: ({ ops, inputs, setMask }) => {
    setMask(undefined)
    return largest(ops, inputs['input']!, 1)
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
