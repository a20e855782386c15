import { KERAS_CELLS, kerasRecurrent } from '../kerasRecurrent'
import { defineLayer, type Tensor } from '../define'
import { read } from '../recurrent'
import {
  forgetFields,
  gateFields,
  recurrentFields,
  recurrentWeights,
  resetFields,
  type CellType
} from '../recurrentFields'
import { arranged, many, numbersOut, shapeAt } from '../shapes'

/**
 * Reads a sequence forwards with one cell and backwards with another: [steps, inputs] → [2 · units], or [steps,
 * 2 · units], where both are put side by side. Keras: Bidirectional around SimpleRNN, LSTM or GRU.
 */
export default defineLayer({
  type: 'bidirectional',
  title: 'Bidirectional',
  summary: 'Reads a sequence forwards and backwards',
  docs: 'Reads a sequence twice, from the first step and from the last, each way with weights of its own, and puts both answers together. At each step it so knows what came before and what comes after. Takes a sequence and gives one row, or one at each step.',
  keras: (context) => {
    const { cell, mergeMode } = context.config
    return {
      class: 'Bidirectional',
      config: {
        layer: {
          module: 'layers',
          class: KERAS_CELLS[cell],
          config: { name: cell.toLowerCase(), ...kerasRecurrent(cell, context) }
        },
        merge_mode: mergeMode
      },
      place: (weight) => {
        const [way, ...own] = weight.split('_')
        return `${way}_layer/cell/${own.join('_')}`
      }
    }
  },
  fromKeras: {
    Bidirectional: ({ settings, layer, alike, refuse }) => {
      const inner = layer('layer')
      const cell = (Object.keys(KERAS_CELLS) as CellType[]).find((type) => KERAS_CELLS[type] === inner.class)
      if (!cell) return refuse(`is around a ${inner.class} layer`)
      const mergeMode = settings['merge_mode']
      if (mergeMode === null) refuse('gives two answers')
      // A backward layer that was not given is the forward one, read the other way; skipped steps answer 0 there.
      return {
        config: { ...alike(inner.settings), cell, mergeMode: String(mergeMode) },
        said: ['backward_layer', 'zero_output_for_mask']
      }
    }
  },
  group: 'Sequences',
  icon: 'arrow-left-right',
  role: 'layer',
  oneDnn: () => 'wrong',
  fields: {
    cell: {
      kind: 'choice',
      label: 'Reads with',
      help: 'LSTM and GRU remember for long, a simple RNN is quick.',
      default: 'lstm',
      options: [
        { value: 'simpleRnn', label: 'Simple RNN' },
        { value: 'lstm', label: 'LSTM' },
        { value: 'gru', label: 'GRU' }
      ]
    },
    mergeMode: {
      kind: 'choice',
      label: 'Both answers are',
      help: 'Side by side gives twice as many numbers, the others as many as there are units.',
      default: 'concat',
      options: [
        { value: 'concat', label: 'Side by side' },
        { value: 'sum', label: 'Added' },
        { value: 'ave', label: 'Averaged' },
        { value: 'mul', label: 'Multiplied' }
      ]
    },
    ...recurrentFields,
    ...gateFields,
    ...forgetFields,
    ...resetFields
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ units }) => `2 × ${many(units, 'unit')}`,
  infer: (context) =>
    arranged(context, 'sequence', ([steps = 0]) => {
      const { units, returnSequences, mergeMode } = context.config
      const width = mergeMode === 'concat' ? 2 * units : units
      return returnSequences ? numbersOut(steps, width) : numbersOut(width)
    }),
  weights: (config, inputs) => {
    const cell = recurrentWeights(config.cell, config, shapeAt(inputs)?.[1] ?? 0)
    return ['forward', 'backward'].flatMap((way) =>
      cell.map((weight) => ({ ...weight, name: `${way}_${weight.name}` }))
    )
  },
  forward: (context) => {
    const { ops, config, inputs, weights, masks, setMask } = context
    if (!config.returnSequences) setMask(undefined)
    const one = (way: 'forward' | 'backward'): Tensor => {
      const prefix = `${way}_`
      const own = Object.entries(weights).filter(([name]) => name.startsWith(prefix))
      const answer = read(context, inputs['input']!, masks['input'], {
        cell: config.cell satisfies CellType,
        config,
        weights: Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value])),
        backwards: way === 'backward',
        zeroOutput: config.returnSequences
      })
      return way === 'backward' && config.returnSequences ? ops.reverse(answer, 1) : answer
    }
    const [forwards, backwards] = [one('forward'), one('backward')]
    switch (config.mergeMode) {
      case 'concat':
        return ops.concat([forwards, backwards], -1)
      case 'sum':
        return ops.add(forwards, backwards)
      case 'ave':
        return ops.mul(ops.add(forwards, backwards), 0.5)
      case 'mul':
        return ops.mul(forwards, backwards)
    }
  },
  examples: [
    {
      title: 'side by side',
      config: { cell: 'gru', units: 3 },
      inputs: { input: { kind: 'numbers', shape: [4, 2] } },
      outputs: { output: { kind: 'numbers', shape: [6] } },
      parameters: 126
    },
    {
      title: 'added, at each step',
      config: { cell: 'simpleRnn', units: 2, mergeMode: 'sum', returnSequences: true },
      inputs: { input: { kind: 'numbers', shape: [5, 3] } },
      outputs: { output: { kind: 'numbers', shape: [5, 2] } },
      parameters: 24
    },
    {
      title: 'two LSTMs',
      config: { units: 3 },
      inputs: { input: { kind: 'numbers', shape: [3, 2] } },
      outputs: { output: { kind: 'numbers', shape: [6] } },
      parameters: 144
    }
  ]
})
