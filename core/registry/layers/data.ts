import { defineLayer } from '../define'

/** Where the project's data enters a network: examples, and their right answers. */
export default defineLayer({
  type: 'data',
  title: 'Data',
  summary: 'The examples the network learns from',
  docs: 'Hands the numbers of each example to the first layer, and the right answer to the output. Its settings are those of the project’s data.',
  group: 'Ends',
  icon: 'chart-scatter',
  role: 'source',
  fields: {},
  inputs: [],
  outputs: [
    { id: 'features', label: 'Features', carries: 'numbers' },
    { id: 'target', label: 'True answers', carries: 'target' }
  ],
  fact: () => '',
  infer: ({ data }) => ({
    outputs: {
      features: { kind: 'numbers', shape: data.shape },
      target: { kind: 'target', ...data.target }
    }
  }),
  examples: [
    {
      title: 'points in the plane, two classes',
      config: {},
      inputs: {},
      outputs: {
        features: { kind: 'numbers', shape: [2] },
        target: { kind: 'target', classes: 2, shape: [] }
      },
      parameters: 0
    }
  ]
})
