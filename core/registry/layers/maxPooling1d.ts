import type { Tensor4D } from '@tensorflow/tfjs-core'
import { defineLayer } from '../define'
import { arranged, many, numbersOut } from '../shapes'
import {
  paddingField,
  poolStridesField,
  poolWindow,
  windowPlaces,
  windowProblem,
  kerasPool
} from '../windows'

/** The largest number of each window, channel by channel: [steps, channels] → [steps, channels]. Keras: MaxPooling1D. */
export default defineLayer({
  type: 'maxPooling1d',
  title: 'Max pooling 1D',
  summary: 'Shortens a sequence, keeps the strongest answers',
  docs: 'Cuts the sequence into short pieces and keeps the largest number of each, channel by channel. Takes a sequence of steps and gives a shorter one. It has no weights.',
  keras: ({ config }) => ({ class: 'MaxPooling1D', config: kerasPool(config, 1) }),
  group: 'Sequences',
  icon: 'fold-horizontal',
  role: 'layer',
  fields: {
    poolSize: {
      kind: 'int',
      label: 'Window',
      unit: 'steps',
      help: 'Length of the pieces in steps. 2 makes the sequence half as long.',
      default: 2,
      min: 1,
      max: 256
    },
    strides: poolStridesField,
    padding: paddingField
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ poolSize }) => many(poolSize, 'step'),
  infer: (context) =>
    arranged(context, 'sequence', ([steps = 0, channels = 0]) => {
      const window = poolWindow(context.config)
      const problem = windowProblem(context.nodeId, [steps], window, 'poolSize', 'sequence')
      if (problem) return { outputs: {}, problems: [problem] }
      return numbersOut(windowPlaces(steps, window), channels)
    }),
  forward: ({ ops, config, inputs, setMask }) => {
    const { size, strides, padding } = poolWindow(config)
    const [, steps, channels] = inputs['input']!.shape
    // A picture of one line.
    const line = ops.reshape(inputs['input']!, [-1, 1, steps!, channels!])
    const pooled = ops.maxPool(line as Tensor4D, [1, size], [1, strides], padding)
    setMask(undefined)
    return ops.reshape(pooled, [-1, pooled.shape[2], channels!])
  },
  examples: [
    {
      title: 'half as long',
      config: {},
      inputs: { input: { kind: 'numbers', shape: [7, 2] } },
      outputs: { output: { kind: 'numbers', shape: [3, 2] } },
      parameters: 0
    }
  ]
})
