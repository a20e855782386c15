import { kerasRecurrent } from '../kerasRecurrent'
import { defineLayer } from '../define'
import { activated } from '../kernelFields'
import { read } from '../recurrent'
import { backwardsFields, recurrentFields, recurrentWeights } from '../recurrentFields'
import { arranged, many, numbersOut, shapeAt } from '../shapes'

/**
 * hₜ = activation(xₜ · kernel + hₜ₋₁ · recurrent_kernel + bias):
 * [steps, inputs] → [units], or [steps, units]. Keras: SimpleRNN.
 */
export default defineLayer({
  type: 'simpleRnn',
  title: 'Simple RNN',
  summary: 'Reads a sequence and carries a short memory along',
  docs: 'Reads a sequence step by step. At each step it mixes the step’s numbers with what it has carried from the step before, and bends the sum. What lies far back fades quickly. Takes a sequence and gives one row after the last step, or one at each step.',
  keras: (context) => ({
    class: 'SimpleRNN',
    config: { ...kerasRecurrent('simpleRnn', context), go_backwards: context.config.goBackwards },
    place: (weight) => `cell/${weight}`
  }),
  group: 'Sequences',
  icon: 'repeat-2',
  role: 'layer',
  oneDnn: () => 'wrong',
  fields: {
    ...recurrentFields,
    ...backwardsFields
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ units }) => many(units, 'unit'),
  formula: ({ activation, useBias }) =>
    `hₜ = ${activated(activation, `xₜ · W + hₜ₋₁ · U${useBias ? ' + b' : ''}`)}`,
  infer: (context) =>
    arranged(context, 'sequence', ([steps = 0]) => {
      const { units, returnSequences } = context.config
      return returnSequences ? numbersOut(steps, units) : numbersOut(units)
    }),
  weights: (config, inputs) => recurrentWeights('simpleRnn', config, shapeAt(inputs)?.[1] ?? 0),
  forward: (context) => {
    const { config, inputs, weights, masks, setMask } = context
    if (!config.returnSequences) setMask(undefined)
    const { goBackwards: backwards } = config
    return read(context, inputs['input']!, masks['input'], {
      cell: 'simpleRnn',
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
      parameters: 18
    },
    {
      title: 'an answer at each step',
      config: { units: 16, returnSequences: true },
      inputs: { input: { kind: 'numbers', shape: [8, 2] } },
      outputs: { output: { kind: 'numbers', shape: [8, 16] } },
      parameters: 304
    }
  ]
})
