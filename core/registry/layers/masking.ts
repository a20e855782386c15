import { defineLayer } from '../define'
import { arranged, numbersOut } from '../shapes'
import { withoutSlope } from '../slopes'

/** Steps whose numbers are all `maskValue` are skipped by the layers after it; same shape. Keras: Masking. */
export default defineLayer({
  type: 'masking',
  title: 'Masking',
  summary: 'Skips steps that only fill up',
  docs: 'Sequences of different lengths are filled up to one length. This layer marks the steps that only fill up, all of whose numbers have one value; layers after it skip them. The shape stays as it is. It has no weights.',
  keras: ({ config }) => ({ class: 'Masking', config: { mask_value: config.maskValue } }),
  group: 'Sequences',
  icon: 'venetian-mask',
  role: 'layer',
  fields: {
    maskValue: {
      kind: 'float',
      label: 'Value that fills up',
      help: 'A step is skipped when all its numbers are this one.',
      default: 0,
      min: -1_000_000,
      max: 1_000_000,
      step: 1
    }
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ maskValue }) => `skips ${maskValue}`,
  infer: (context) => arranged(context, 'sequence', (shape) => numbersOut(...shape)),
  forward: ({ ops, config, inputs, setMask }) => {
    const x = inputs['input']!
    const counts = withoutSlope(ops, x, (value) =>
      ops.cast(ops.any(ops.notEqual(value, config.maskValue), -1, true), 'float32')
    )
    setMask(ops.reshape(counts, [-1, x.shape[1]!]))
    return ops.mul(x, counts)
  },
  examples: [
    {
      title: 'keeps the shape',
      config: {},
      inputs: { input: { kind: 'numbers', shape: [8, 2] } },
      outputs: { output: { kind: 'numbers', shape: [8, 2] } },
      parameters: 0
    }
  ]
})
