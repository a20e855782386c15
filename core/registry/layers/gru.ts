import { kerasRecurrent } from '../kerasRecurrent'
import { defineLayer } from '../define'
import { read } from '../recurrent'
import {
  backwardsFields,
  gateFields,
  recurrentFields,
  resetFields,
  recurrentWeights
} from '../recurrentFields'
import { arranged, many, numbersOut, shapeAt } from '../shapes'

/**
 * hₜ = z · hₜ₋₁ + (1 − z) · activation(candidate); z and the candidate from xₜ · kernel, hₜ₋₁ · recurrent_kernel and bias:
 * [steps, inputs] → [units], or [steps, units]. Keras: GRU.
 */
export default defineLayer({
  type: 'gru',
  title: 'GRU',
  summary: 'Reads a sequence and remembers with fewer weights than LSTM',
  docs: 'Reads a sequence step by step and carries one row of numbers. One gate learns how much of it to renew, another how much of it to look at, so that it can remember across many steps. Takes a sequence and gives one row after the last step, or one at each step.',
  keras: (context) => ({
    class: 'GRU',
    config: { ...kerasRecurrent('gru', context), go_backwards: context.config.goBackwards },
    place: (weight) => `cell/${weight}`
  }),
  group: 'Sequences',
  icon: 'refresh-cw',
  role: 'layer',
  oneDnn: () => 'wrong',
  fields: {
    ...recurrentFields,
    ...gateFields,
    ...resetFields,
    ...backwardsFields
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ units }) => many(units, 'unit'),
  formula: () => 'hₜ = z · hₜ₋₁ + (1 − z) · h̃ₜ',
  infer: (context) =>
    arranged(context, 'sequence', ([steps = 0]) => {
      const { units, returnSequences } = context.config
      return returnSequences ? numbersOut(steps, units) : numbersOut(units)
    }),
  weights: (config, inputs) => recurrentWeights('gru', config, shapeAt(inputs)?.[1] ?? 0),
  forward: (context) => {
    const { config, inputs, weights, masks, setMask } = context
    if (!config.returnSequences) setMask(undefined)
    const { goBackwards: backwards } = config
    return read(context, inputs['input']!, masks['input'], {
      cell: 'gru',
      config,
      weights,
      backwards,
      zeroOutput: false
    })
  },
  examples: [
    {
      title: 'one answer after the last step',
      config: { units: 3 },
      inputs: { input: { kind: 'numbers', shape: [4, 2] } },
      outputs: { output: { kind: 'numbers', shape: [3] } },
      parameters: 63
    },
    {
      title: 'an answer at each step',
      config: { units: 16, returnSequences: true },
      inputs: { input: { kind: 'numbers', shape: [8, 2] } },
      outputs: { output: { kind: 'numbers', shape: [8, 16] } },
      parameters: 960
    }
  ]
})
