import { defineLayer } from '../define'

/** The end of a network that is not compared with anything: what it has found in the data. */
export default defineLayer({
  type: 'result',
  title: 'Result',
  summary: 'What the machine finds in the data',
  docs: 'The end of a network that learns without true answers. It takes whatever the last layer gives.',
  group: 'Ends',
  icon: 'flag',
  role: 'sink',
  fields: {},
  inputs: [{ id: 'prediction', label: 'Result', carries: 'numbers' }],
  outputs: [],
  fact: () => '',
  infer: () => ({ outputs: {} }),
  examples: [
    {
      title: '64 hidden units',
      config: {},
      inputs: { prediction: { kind: 'numbers', shape: [64] } },
      outputs: {},
      parameters: 0
    }
  ]
})
