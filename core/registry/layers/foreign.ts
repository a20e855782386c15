import { defineLayer } from '../define'
import { numbersOut } from '../shapes'

/** A layer of another program that Netloom does not have. It holds a place, and keeps its network from training. */
export default defineLayer({
  type: 'foreign',
  title: 'Unknown layer',
  summary: 'A layer of another program that Netloom does not have',
  docs: 'Stands for a layer of the model that was opened which Netloom cannot compute. The network can be looked at, and trained once this layer is taken out or another one is in its place.',
  group: 'Ends',
  icon: 'circle-question-mark',
  role: 'layer',
  fields: {
    kind: { kind: 'text', label: 'It is', help: 'Its name in the program that made it.', default: 'Layer' },
    why: { kind: 'text', label: 'Why', help: 'What Netloom cannot do about it.', default: '' },
    shape: {
      kind: 'text',
      label: 'Gives',
      help: 'The shape of what comes out of it, as far as the file says it.',
      default: ''
    }
  },
  inputs: [
    { id: 'input', label: 'First', carries: 'numbers', optional: true },
    { id: 'second', label: 'Second', carries: 'numbers', optional: true },
    { id: 'third', label: 'Third', carries: 'numbers', optional: true },
    { id: 'fourth', label: 'Fourth', carries: 'numbers', optional: true }
  ],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ kind }) => kind,
  infer: ({ nodeId, config: { kind, why, shape } }) => ({
    ...(shape === '' ? { outputs: {} } : numbersOut(...shape.split(' × ').map(Number))),
    problems: [
      {
        code: 'foreign-layer',
        nodeId,
        message: why === '' ? `${kind} is a layer that Netloom does not have.` : `This ${kind} ${why}.`,
        detail:
          'Netloom cannot compute it. Take it out or put another layer in its place; the others keep what they learned.',
        fix: { label: 'Take it out', edit: { kind: 'remove', nodes: [nodeId], edges: [] } }
      }
    ]
  }),
  examples: [
    {
      title: 'holds a place',
      config: { kind: 'Attention', shape: '8 × 4' },
      inputs: { input: { kind: 'numbers', shape: [8, 4] } },
      outputs: { output: { kind: 'numbers', shape: [8, 4] } },
      parameters: 0
    }
  ]
})
