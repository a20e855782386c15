import type { Tensor4D } from '@tensorflow/tfjs-core'
import { defineLayer } from '../define'
import { arranged, numbersOut } from '../shapes'
import {
  paddingField,
  poolStridesField,
  poolWindow,
  windowPlaces,
  windowProblem,
  kerasPool
} from '../windows'

/** The average number of each window, channel by channel: [height, width, channels] → [height, width, channels]. Keras: AveragePooling2D. */
export default defineLayer({
  type: 'averagePooling2d',
  title: 'Average pooling 2D',
  summary: 'Shrinks a picture, keeps the averages',
  docs: 'Cuts the picture into small squares and keeps the average number of each, channel by channel. Takes a picture of height × width × channels and gives a smaller one. It has no weights.',
  keras: ({ config }) => ({ class: 'AveragePooling2D', config: kerasPool(config, 2) }),
  group: 'Pictures',
  icon: 'minimize-2',
  role: 'layer',
  fields: {
    poolSize: {
      kind: 'int',
      label: 'Window',
      help: 'Side of the squares in pixels. 2 makes the picture half as high and wide.',
      default: 2,
      min: 1,
      max: 32
    },
    strides: poolStridesField,
    padding: paddingField
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ poolSize }) => `${poolSize} × ${poolSize}`,
  infer: (context) =>
    arranged(context, 'picture', ([height = 0, width = 0, channels = 0]) => {
      const window = poolWindow(context.config)
      const problem = windowProblem(context.nodeId, [height, width], window, 'poolSize', 'picture')
      if (problem) return { outputs: {}, problems: [problem] }
      return numbersOut(windowPlaces(height, window), windowPlaces(width, window), channels)
    }),
  forward: ({ ops, config, inputs }) => {
    const { size, strides, padding } = poolWindow(config)
    return ops.avgPool(inputs['input'] as Tensor4D, size, strides, padding)
  },
  examples: [
    {
      title: 'half as high and wide',
      config: {},
      inputs: { input: { kind: 'numbers', shape: [4, 5, 3] } },
      outputs: { output: { kind: 'numbers', shape: [2, 2, 3] } },
      parameters: 0
    },
    {
      title: 'windows that overlap',
      config: { poolSize: 3, strides: 2, padding: 'same' },
      inputs: { input: { kind: 'numbers', shape: [28, 28, 8] } },
      outputs: { output: { kind: 'numbers', shape: [14, 14, 8] } },
      parameters: 0
    }
  ]
})
