import { defineLayer, part } from '../define'

/** The end of a discriminator: one number, large where it takes an example for real. */
export default defineLayer({
  type: 'judgement',
  title: 'Judgement',
  summary: 'Real or made up?',
  docs: 'The judge’s answer for an example: a single number, large where it takes the example for real. With a sigmoid in front it is a share between 0 and 1.',
  group: 'Ends',
  icon: 'scale',
  role: 'sink',
  fields: {},
  inputs: [{ id: 'prediction', label: 'Answer', carries: 'numbers' }],
  outputs: [],
  fact: () => '',
  infer: ({ nodeId, inputs, producer }) => {
    const answer = inputs['prediction']
    if (answer?.kind !== 'numbers' || answer.shape.join() === '1') return { outputs: {} }
    const from = producer('prediction')
    return {
      outputs: {},
      problems: [
        {
          code: 'judgement-shape',
          nodeId: from?.nodeId ?? nodeId,
          message: 'A judgement is a single number.',
          detail: 'The last layer needs one neuron.',
          fix:
            from && 'units' in from.fields
              ? {
                  label: 'Use 1 neuron',
                  edit: { kind: 'setField', nodeId: from.nodeId, field: 'units', value: 1 }
                }
              : {
                  label: 'Add Dense with 1',
                  edit: {
                    kind: 'insertBefore',
                    nodeId,
                    port: 'prediction',
                    type: 'dense',
                    config: { units: 1, activation: part('sigmoid') }
                  }
                }
        }
      ]
    }
  },
  examples: [
    {
      title: 'one number',
      config: {},
      inputs: { prediction: { kind: 'numbers', shape: [1] } },
      outputs: {},
      parameters: 0
    }
  ]
})
