import { defineLayer } from '../define'
import { arranged, numbersOut } from '../shapes'

/** The average number of each channel: [height, width, channels] → [channels]. Keras: GlobalAveragePooling2D. */
export default defineLayer({
  type: 'globalAveragePooling2d',
  title: 'Global average 2D',
  summary: 'Keeps one number a channel of a picture: the average',
  docs: 'Looks at all places of the picture and keeps the average number of each channel. Takes a picture of height × width × channels and gives a row with one number a channel. It has no weights.',
  keras: () => ({ class: 'GlobalAveragePooling2D' }),
  group: 'Pictures',
  icon: 'target',
  role: 'layer',
  fields: {},
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: () => 'one a channel',
  infer: (context) => arranged(context, 'picture', (shape) => numbersOut(shape.at(-1)!)),
  forward: ({ ops, inputs }) => ops.mean(inputs['input']!, [1, 2]),
  examples: [
    {
      title: 'one number a channel',
      config: {},
      inputs: { input: { kind: 'numbers', shape: [4, 3, 5] } },
      outputs: { output: { kind: 'numbers', shape: [5] } },
      parameters: 0
    }
  ]
})
