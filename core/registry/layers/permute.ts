import { defineLayer } from '../define'
import { numbersOut, shapeAt, shapeText } from '../shapes'

const ORDERS = [
  { value: '2,1', label: 'Sequence: 2, 1' },
  { value: '2,1,3', label: 'Picture: 2, 1, 3' },
  { value: '1,3,2', label: 'Picture: 1, 3, 2' },
  { value: '3,1,2', label: 'Picture: 3, 1, 2' },
  { value: '2,3,1', label: 'Picture: 2, 3, 1' },
  { value: '3,2,1', label: 'Picture: 3, 2, 1' }
] as const

/** Axes in another order: y[…] = x[…] with axis i of y being axis order[i] of x, counted from 1. Keras: Permute. */
export default defineLayer({
  type: 'permute',
  title: 'Permute',
  summary: 'Swaps lines and columns',
  docs: 'Turns a sequence or picture on its side: axes change places, so that columns become lines, say. Takes a sequence, whose axes are 1 steps and 2 numbers, or a picture, whose axes are 1 height, 2 width and 3 channels. It has no weights.',
  keras: ({ config }) => ({ class: 'Permute', config: { dims: config.order.split(',').map(Number) } }),
  fromKeras: {
    Permute: ({ settings, refuse }) => {
      const order = Array.isArray(settings['dims']) ? settings['dims'].join(',') : ''
      if (!ORDERS.some(({ value }) => value === order)) refuse(`puts axes in the order ${order}`)
      return { config: { order } }
    }
  },
  group: 'Shape',
  icon: 'rotate-cw-square',
  role: 'layer',
  fields: {
    order: {
      kind: 'choice',
      label: 'New order',
      help: 'Which axis comes first, second and third.',
      default: '2,1',
      options: ORDERS
    }
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ order }) => order.replaceAll(',', ', '),
  infer: ({ nodeId, config, inputs }) => {
    const shape = shapeAt(inputs)
    if (!shape) return { outputs: {} }
    const axes = axesOf(config.order)
    if (axes.length === shape.length) return numbersOut(...axes.map((axis) => shape[axis]!))
    const other = shape.length === 2 ? '2,1' : shape.length === 3 ? '2,1,3' : undefined
    return {
      outputs: {},
      problems: [
        {
          code: 'axes',
          nodeId,
          field: 'order',
          message: `Gets ${shapeText(shape)}, but its order is for ${axes.length === 2 ? 'a sequence' : 'a picture'}.`,
          ...(other === undefined
            ? {}
            : {
                fix: {
                  label: `Use ${other.replaceAll(',', ', ')}`,
                  edit: { kind: 'setField', nodeId, field: 'order', value: other } as const
                }
              })
        }
      ]
    }
  },
  forward: ({ ops, config, inputs, setMask }) => {
    setMask(undefined)
    return ops.transpose(inputs['input']!, [0, ...axesOf(config.order).map((axis) => axis + 1)])
  },
  examples: [
    {
      title: 'a sequence on its side',
      config: {},
      inputs: { input: { kind: 'numbers', shape: [4, 3] } },
      outputs: { output: { kind: 'numbers', shape: [3, 4] } },
      parameters: 0
    },
    {
      title: 'channels first',
      config: { order: '3,1,2' },
      inputs: { input: { kind: 'numbers', shape: [4, 3, 2] } },
      outputs: { output: { kind: 'numbers', shape: [2, 4, 3] } },
      parameters: 0
    }
  ]
})

/** "3,1,2" → [2, 0, 1] */
const axesOf = (order: string): readonly number[] => order.split(',').map((axis) => Number(axis) - 1)
