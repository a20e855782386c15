import { signalText, sizeOf } from '../../graph/signal'
import { defineLayer, part } from '../define'

/** The end of a generator: an example that it has made up, in the shape of the data. */
export default defineLayer({
  type: 'sample',
  title: 'Made up',
  summary: 'The example that the forger hands in',
  docs: 'What the forger has made up, in the same shape as the data. The judge gets it among real examples and has to tell which is which.',
  group: 'Ends',
  icon: 'sparkles',
  role: 'sink',
  fields: {},
  inputs: [{ id: 'prediction', label: 'Example', carries: 'numbers' }],
  outputs: [],
  fact: () => '',
  infer: ({ nodeId, inputs, data, producer }) => {
    const made = inputs['prediction']
    if (made?.kind !== 'numbers' || made.shape.join() === data.shape.join()) return { outputs: {} }
    const wanted = signalText({ kind: 'numbers', shape: data.shape })
    const from = producer('prediction')
    const units = data.shape.length === 1 && from && 'units' in from.fields
    return {
      outputs: {},
      problems: [
        {
          code: 'sample-shape',
          nodeId,
          message: `Gets ${signalText(made)}, but real examples are ${wanted}.`,
          detail: 'What is made up needs the shape of the data.',
          ...(units
            ? {
                fix: {
                  label: `Use ${data.shape[0]} neurons`,
                  edit: { kind: 'setField', nodeId: from.nodeId, field: 'units', value: data.shape[0]! }
                }
              }
            : data.shape.length === 1
              ? {
                  fix: {
                    label: `Add Dense with ${sizeOf(data.shape)}`,
                    edit: {
                      kind: 'insertBefore',
                      nodeId,
                      port: 'prediction',
                      type: 'dense',
                      config: { units: sizeOf(data.shape), activation: part('linear') }
                    }
                  }
                }
              : {})
        }
      ]
    }
  },
  examples: [
    {
      title: 'a point in the plane',
      config: {},
      inputs: { prediction: { kind: 'numbers', shape: [2] } },
      outputs: {},
      parameters: 0
    }
  ]
})
