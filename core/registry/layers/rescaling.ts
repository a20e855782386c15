import { numberText } from '../../words'
import { defineLayer } from '../define'
import { numbersOut, shapeAt } from '../shapes'

/** y = scale · x + offset, same shape. Keras: Rescaling. */
export default defineLayer({
  type: 'rescaling',
  title: 'Rescaling',
  summary: 'Stretches and shifts all numbers by fixed amounts',
  docs: 'Multiplies every number it gets by a factor and adds an offset, to bring pixels from 0–255 to 0–1, say. The shape stays as it is. It has no weights.',
  keras: ({ config }) => ({ class: 'Rescaling', config: { scale: config.scale, offset: config.offset } }),
  group: 'Everyday',
  icon: 'ruler',
  role: 'layer',
  fields: {
    scale: {
      kind: 'float',
      label: 'Factor',
      help: 'What every number is multiplied by. 0.5 halves it.',
      default: 1,
      min: -1_000_000,
      max: 1_000_000,
      step: 0.1
    },
    offset: {
      kind: 'float',
      label: 'Offset',
      help: 'What is added to every number afterwards.',
      default: 0,
      min: -1_000_000,
      max: 1_000_000,
      step: 0.1
    }
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ scale, offset }) => `× ${numberText(scale)}${offset === 0 ? '' : ` + ${numberText(offset)}`}`,
  formula: ({ scale, offset }) => `h = ${numberText(scale)} · x + ${numberText(offset)}`,
  infer: ({ inputs }) => numbersOut(...(shapeAt(inputs) ?? [0])),
  forward: ({ ops, config, inputs }) => {
    const scaled = ops.mul(inputs['input']!, config.scale)
    return config.offset === 0 ? scaled : ops.add(scaled, config.offset)
  },
  examples: [
    {
      title: 'keeps the shape',
      config: { scale: 2, offset: -1 },
      inputs: { input: { kind: 'numbers', shape: [4] } },
      outputs: { output: { kind: 'numbers', shape: [4] } },
      parameters: 0
    }
  ]
})
