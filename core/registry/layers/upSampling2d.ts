import { defineLayer, type Ops, type Tensor } from '../define'
import { arranged, numbersOut } from '../shapes'

/** Repeats or blends pixels: [height, width, channels] → [size · height, size · width, channels]. Keras: UpSampling2D. */
export default defineLayer({
  type: 'upSampling2d',
  title: 'Upsampling 2D',
  summary: 'Makes a picture larger',
  docs: 'Makes each pixel a small square, or blends from pixel to pixel. Takes a picture of height × width × channels and gives one that is so many times higher and wider. It has no weights.',
  keras: ({ config, dialect, refuse }) => {
    if (dialect === 'tfjs' && config.interpolation === 'bilinear')
      refuse('blends pixels, which TensorFlow.js does with other centres')
    const { size, interpolation } = config
    return {
      class: 'UpSampling2D',
      config: { size: [size, size], data_format: 'channels_last', interpolation }
    }
  },
  group: 'Pictures',
  icon: 'expand',
  role: 'layer',
  fields: {
    size: {
      kind: 'int',
      label: 'Times larger',
      help: 'How many times higher and wider the picture becomes.',
      default: 2,
      min: 1,
      max: 16
    },
    interpolation: {
      kind: 'choice',
      label: 'Between pixels',
      help: 'Squares repeat each pixel. Blended goes smoothly from one to the next.',
      default: 'nearest',
      options: [
        { value: 'nearest', label: 'Squares' },
        { value: 'bilinear', label: 'Blended' }
      ]
    }
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ size }) => `× ${size}`,
  infer: (context) =>
    arranged(context, 'picture', ([height = 0, width = 0, channels = 0]) => {
      const { size } = context.config
      return numbersOut(height * size, width * size, channels)
    }),
  forward: ({ ops, config, inputs }) => {
    const x = inputs['input']!
    const { size, interpolation } = config
    const [, height, width] = x.shape as [number, number, number]
    if (interpolation === 'nearest')
      return ops.image.resizeNearestNeighbor(x as never, [height * size, width * size])
    // Products with fixed shares: TensorFlow.js' resizing has the slope of another way to count pixels.
    return blend(ops, blend(ops, x, size), size)
  },
  examples: [
    {
      title: 'twice as large',
      config: {},
      inputs: { input: { kind: 'numbers', shape: [3, 4, 2] } },
      outputs: { output: { kind: 'numbers', shape: [6, 8, 2] } },
      parameters: 0
    },
    {
      title: 'blended',
      config: { size: 3, interpolation: 'bilinear' },
      inputs: { input: { kind: 'numbers', shape: [2, 3, 2] } },
      outputs: { output: { kind: 'numbers', shape: [6, 9, 2] } },
      parameters: 0
    }
  ]
})

/** [batch, a, b, channels] → [batch, b, size · a, channels]: the first side larger, and sides swapped. */
function blend(ops: Ops, x: Tensor, size: number): Tensor {
  const [batch, length, other, channels] = x.shape as [number, number, number, number]
  const lines = ops.reshape(ops.transpose(x, [1, 0, 2, 3]), [length, -1])
  const larger = ops.matMul(ops.tensor2d(shares(length, size)), lines as never)
  const whole = ops.reshape(larger, [length * size, batch, other, channels])
  return ops.transpose(whole, [1, 2, 0, 3])
}

/** [size · length][length]: the shares of old pixels in each new one, with centres of pixels on centres. */
function shares(length: number, size: number): number[][] {
  return Array.from({ length: length * size }, (_, i) => {
    const at = (i + 0.5) / size - 0.5
    const before = Math.floor(at)
    const row = new Array<number>(length).fill(0)
    const add = (pixel: number, share: number): void => {
      row[Math.min(length - 1, Math.max(0, pixel))]! += share
    }
    add(before, 1 - (at - before))
    add(before + 1, at - before)
    return row
  })
}
