import { sizeOf } from '../../graph/signal'
import type { FieldValue } from '../fields'
import { defineLayer } from '../define'
import { many, numbersOut, shapeAt } from '../shapes'

/** The same numbers in another arrangement, row-major. Keras: Reshape. */
export default defineLayer({
  type: 'reshape',
  title: 'Reshape',
  summary: 'Arranges the same numbers in another shape',
  docs: 'Puts the numbers it gets into a new shape, a row, a sequence or a picture, and changes none of them. The new shape has to have room for exactly as many. It has no weights.',
  keras: ({ config, shapes: [given = []] }) => {
    const shape = wanted(config)
    const known = sizeOf(shape.filter((n) => n !== 0))
    return { class: 'Reshape', config: { target_shape: shape.map((n) => n || sizeOf(given) / known) } }
  },
  fromKeras: {
    Reshape: ({ settings, refuse }) => {
      const given = settings['target_shape']
      const sizes = Array.isArray(given) ? given.map((n) => (n === -1 ? 0 : Number(n))) : []
      const [height = 0, width = 0, channels = 0] = sizes
      const to = (['row', 'sequence', 'picture'] as const)[sizes.length - 1]
      if (!to) return refuse(`gives numbers in ${sizes.length} axes`)
      return { config: { to, height, width, channels }, said: ['target_shape'] }
    }
  },
  group: 'Shape',
  icon: 'proportions',
  role: 'layer',
  fields: {
    to: {
      kind: 'choice',
      label: 'New shape',
      help: 'What the layer after this one needs.',
      default: 'picture',
      options: [
        { value: 'row', label: 'A row' },
        { value: 'sequence', label: 'A sequence' },
        { value: 'picture', label: 'A picture' }
      ]
    },
    height: {
      kind: 'int',
      label: 'Height or steps',
      help: 'Lines of the picture, or steps of the sequence. 0 takes as many as fit.',
      default: 28,
      min: 0,
      max: 65_536
    },
    width: {
      kind: 'int',
      label: 'Width or numbers a step',
      help: 'Pixels of a line, or numbers of a step. 0 takes as many as fit.',
      default: 28,
      min: 0,
      max: 65_536
    },
    channels: {
      kind: 'int',
      label: 'Channels',
      help: 'Numbers of a pixel: 1 for grey, 3 for colours. 0 takes as many as fit.',
      default: 1,
      min: 0,
      max: 65_536
    }
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: (config) =>
    config.to === 'row'
      ? 'one row'
      : wanted(config)
          .map((n) => n || '?')
          .join(' × '),
  infer: ({ nodeId, config, inputs }) => {
    const given = shapeAt(inputs)
    if (!given) return { outputs: {} }
    const size = sizeOf(given)
    const shape = wanted(config)
    const known = sizeOf(shape.filter((n) => n !== 0))
    const open = shape.filter((n) => n === 0).length
    if (open === 0 && known === size) return numbersOut(...shape)
    if (open === 1 && size % known === 0) return numbersOut(...shape.map((n) => n || size / known))
    if (open > 1)
      return {
        outputs: {},
        problems: [
          {
            code: 'open-shape',
            nodeId,
            field: 'width',
            message: 'Leaves two sizes open, can work out only one.',
            detail: 'Only one size can be 0.',
            fix: {
              label: 'Make it a row',
              edit: { kind: 'setField', nodeId, field: 'to', value: 'row' }
            }
          }
        ]
      }
    const room = shape.map((n) => (n === 0 ? 'any' : n)).join(' × ')
    const last = config.to === 'picture' ? 'channels' : 'width'
    const rest = size / sizeOf(shape.slice(0, -1).filter((n) => n !== 0))
    const put = (field: string, value: FieldValue, label: string) => ({
      fix: { label, edit: { kind: 'setField', nodeId, field, value } as const }
    })
    return {
      outputs: {},
      problems: [
        {
          code: 'shape-size',
          nodeId,
          field: 'height',
          message: `Gets ${many(size, 'number')}, which do not fill ${room}.`,
          detail: 'The new shape needs room for exactly as many numbers.',
          ...(open === 0 && Number.isInteger(rest) && rest >= 1 && rest <= 65_536
            ? put(last, rest, `Use ${[...shape.slice(0, -1), rest].join(' × ')}`)
            : put('to', 'row', 'Make it a row'))
        }
      ]
    }
  },
  forward: ({ ops, config, inputs, setMask }) => {
    const x = inputs['input']!
    const size = sizeOf(x.shape.slice(1))
    const shape = wanted(config)
    const known = sizeOf(shape.filter((n) => n !== 0))
    setMask(undefined)
    return ops.reshape(x, [-1, ...shape.map((n) => n || size / known)])
  },
  examples: [
    {
      title: 'a row as a picture',
      config: {},
      inputs: { input: { kind: 'numbers', shape: [784] } },
      outputs: { output: { kind: 'numbers', shape: [28, 28, 1] } },
      parameters: 0
    },
    {
      title: 'a picture as a sequence of its lines',
      config: { to: 'sequence', height: 3, width: 0 },
      inputs: { input: { kind: 'numbers', shape: [3, 4, 2] } },
      outputs: { output: { kind: 'numbers', shape: [3, 8] } },
      parameters: 0
    },
    {
      title: 'all in one row',
      config: { to: 'row' },
      inputs: { input: { kind: 'numbers', shape: [2, 3] } },
      outputs: { output: { kind: 'numbers', shape: [6] } },
      parameters: 0
    }
  ]
})

/** The sizes that are asked for; 0 is what fits. */
function wanted({
  to,
  height,
  width,
  channels
}: {
  to: 'row' | 'sequence' | 'picture'
  height: number
  width: number
  channels: number
}): readonly number[] {
  return to === 'row' ? [0] : to === 'sequence' ? [height, width] : [height, width, channels]
}
