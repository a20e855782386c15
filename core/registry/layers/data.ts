import { defineLayer } from '../define'

/** Where the project's data enters a network: features [features] and the true classes. */
export default defineLayer({
  type: 'data',
  title: 'Data',
  summary: 'The examples the network learns from',
  docs: 'Hands the features of each example to the first layer, and the true class to the output. Its settings are those of the project’s data.',
  group: 'Ends',
  icon: 'chart-scatter',
  role: 'source',
  fields: {},
  inputs: [],
  outputs: [
    { id: 'features', label: 'Features', carries: 'numbers' },
    { id: 'classes', label: 'True classes', carries: 'classes' }
  ],
  fact: () => '',
  infer: ({ data }) => ({
    outputs: {
      features: { kind: 'numbers', shape: [data.features.length] },
      classes: { kind: 'classes', count: data.classes.length }
    }
  }),
  examples: [
    {
      title: 'points in the plane, two classes',
      config: {},
      inputs: {},
      outputs: { features: { kind: 'numbers', shape: [2] }, classes: { kind: 'classes', count: 2 } },
      parameters: 0
    }
  ]
})
