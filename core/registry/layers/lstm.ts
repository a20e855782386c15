import { kerasRecurrent } from '../kerasRecurrent'
import { defineLayer } from '../define'
import { read } from '../recurrent'
import {
  backwardsFields,
  forgetFields,
  gateFields,
  recurrentFields,
  recurrentWeights
} from '../recurrentFields'
import { arranged, many, numbersOut, shapeAt } from '../shapes'

/**
 * cₜ = f · cₜ₋₁ + i · activation(g), hₜ = o · activation(cₜ); i, f, g, o from xₜ · kernel + hₜ₋₁ · recurrent_kernel + bias:
 * [steps, inputs] → [units], or [steps, units]. Keras: LSTM.
 */
export default defineLayer({
  type: 'lstm',
  title: 'LSTM',
  summary: 'Reads a sequence and can remember for long',
  docs: 'Reads a sequence step by step and carries two rows of numbers: a memory, and an answer. Gates learn what to write into the memory, what to keep and what to show, so that it can remember across many steps. Takes a sequence and gives one row after the last step, or one at each step.',
  keras: (context) => ({
    class: 'LSTM',
    config: { ...kerasRecurrent('lstm', context), go_backwards: context.config.goBackwards },
    place: (weight) => `cell/${weight}`
  }),
  group: 'Sequences',
  icon: 'memory-stick',
  role: 'layer',
  oneDnn: () => 'wrong',
  fields: {
    ...recurrentFields,
    ...gateFields,
    ...forgetFields,
    ...backwardsFields
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ units }) => many(units, 'unit'),
  formula: ({ activation }) => `cₜ = f · cₜ₋₁ + i · g,  hₜ = o · ${activation.type}(cₜ)`,
  infer: (context) =>
    arranged(context, 'sequence', ([steps = 0]) => {
      const { units, returnSequences } = context.config
      return returnSequences ? numbersOut(steps, units) : numbersOut(units)
    }),
  weights: (config, inputs) => recurrentWeights('lstm', config, shapeAt(inputs)?.[1] ?? 0),
  forward: (context) => {
    const { config, inputs, weights, masks, setMask } = context
    if (!config.returnSequences) setMask(undefined)
    const { goBackwards: backwards } = config
    return read(context, inputs['input']!, masks['input'], {
      cell: 'lstm',
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
      parameters: 72
    },
    {
      title: 'an answer at each step',
      config: { units: 16, returnSequences: true },
      inputs: { input: { kind: 'numbers', shape: [8, 2] } },
      outputs: { output: { kind: 'numbers', shape: [8, 16] } },
      parameters: 1216
    }
  ]
})
