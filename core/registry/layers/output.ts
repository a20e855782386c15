import { signalText } from '../../graph/signal'
import { defineLayer, part } from '../define'

/** Compares the network's answer with the true class and says what to minimise. */
export default defineLayer({
  type: 'output',
  title: 'Output',
  summary: 'What the network should get right',
  docs: 'Compares the answer of the last layer with the true class. The loss is a number that is smaller the better the answers are; training makes it small. Needs one number a class, or a single one between 0 and 1 for two classes.',
  group: 'Ends',
  icon: 'target',
  role: 'sink',
  fields: {
    loss: {
      kind: 'part',
      registry: 'loss',
      label: 'Loss',
      help: 'How a wrong answer is counted.',
      default: part('crossEntropy', { fromLogits: false })
    },
    reduction: {
      kind: 'choice',
      label: 'Over a batch',
      help: 'Average suits any batch size. Sum makes steps larger the more examples there are.',
      default: 'mean',
      options: [
        { value: 'mean', label: 'Average' },
        { value: 'sum', label: 'Sum' }
      ],
      advanced: true
    }
  },
  inputs: [
    { id: 'prediction', label: 'Answer', carries: 'numbers' },
    { id: 'target', label: 'True classes', carries: 'classes' }
  ],
  outputs: [],
  fact: () => '',
  infer: ({ nodeId, inputs, producer }) => {
    const prediction = inputs['prediction']
    const target = inputs['target']
    if (prediction?.kind !== 'numbers' || target?.kind !== 'classes') return { outputs: {} }
    const size = prediction.shape.length === 1 ? prediction.shape[0]! : undefined
    if (size === target.count || (size === 1 && target.count === 2)) return { outputs: {} }
    const from = producer('prediction')
    const gives =
      size === undefined
        ? `a ${signalText(prediction)} picture`
        : `${size} ${size === 1 ? 'number' : 'numbers'}`
    return {
      outputs: {},
      problems: [
        {
          code: 'class-count',
          nodeId: from?.nodeId ?? nodeId,
          ...(from && 'units' in from.fields ? { field: 'units' } : {}),
          message: `Gives ${gives}, but there are ${target.count} classes.`,
          detail: 'The last layer needs one neuron a class.',
          ...(from && 'units' in from.fields
            ? {
                fix: {
                  label: `Use ${target.count} neurons`,
                  edit: { kind: 'setField', nodeId: from.nodeId, field: 'units', value: target.count }
                }
              }
            : {
                fix: {
                  label: `Add Dense with ${target.count}`,
                  edit: {
                    kind: 'insertBefore',
                    nodeId,
                    port: 'prediction',
                    type: 'dense',
                    config: { units: target.count, activation: part('softmax') }
                  }
                }
              })
        }
      ]
    }
  },
  examples: [
    {
      title: 'two classes',
      config: {},
      inputs: { prediction: { kind: 'numbers', shape: [2] }, target: { kind: 'classes', count: 2 } },
      outputs: {},
      parameters: 0
    }
  ]
})
