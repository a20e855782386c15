import { defineLayer } from '../define'

/** While training, zeroes a share `rate` of the numbers and scales the rest by 1/(1 − rate). Keras: Dropout. */
export default defineLayer({
  type: 'dropout',
  title: 'Dropout',
  summary: 'Rests some neurons to stop memorising',
  docs: 'While training, switches off a random share of the numbers at every step and makes the rest larger to match. When the network answers, it does nothing. The shape stays as it is. It has no weights.',
  keras: ({ config }) => ({ class: 'Dropout', config: { rate: config.rate, seed: null } }),
  group: 'Steady training',
  icon: 'eye-off',
  role: 'layer',
  fields: {
    rate: {
      kind: 'float',
      label: 'Share that rests',
      help: '0.2 rests one in five. Above 0.5 little gets through.',
      default: 0.2,
      min: 0,
      max: 0.95,
      step: 0.05,
      hot: true
    }
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ rate }) => `rests ${Math.round(rate * 100)} %`,
  formula: ({ rate }) => `h = x · mask / ${Number((1 - rate).toFixed(2))}`,
  infer: ({ inputs }) => ({ outputs: inputs['input'] ? { output: inputs['input'] } : {} }),
  restless: true,
  forward: ({ ops, inputs, training, hot, random }) => {
    const x = inputs['input']!
    if (!training) return x
    const rate = hot('rate')
    const kept = ops.cast(ops.greaterEqual(random(x.shape), rate), 'float32')
    return ops.mul(x, ops.div(kept, ops.sub(1, rate)))
  },
  examples: [
    {
      title: 'keeps the shape',
      config: { rate: 0.5 },
      inputs: { input: { kind: 'numbers', shape: [16] } },
      outputs: { output: { kind: 'numbers', shape: [16] } },
      parameters: 0
    }
  ]
})
