import { defineLayer, type Ops, type Tensor } from '../define'
import type { BoolField, Config } from '../fields'
import { numbersOut, shapeAt } from '../shapes'

const one = (label: string, help: string, on = false) =>
  ({ kind: 'bool', label, help, default: on }) as const satisfies BoolField

/** What is made of x and y, in the order of the classic browser playground. */
const MADE: {
  readonly [field: string]: { readonly text: string; readonly of: (ops: Ops, x: Tensor, y: Tensor) => Tensor }
} = {
  x: { text: 'x', of: (_ops, x) => x },
  y: { text: 'y', of: (_ops, _x, y) => y },
  xSquared: { text: 'x²', of: (ops, x) => ops.mul(x, x) },
  ySquared: { text: 'y²', of: (ops, _x, y) => ops.mul(y, y) },
  product: { text: 'x · y', of: (ops, x, y) => ops.mul(x, y) },
  sineX: { text: 'sin x', of: (ops, x) => ops.sin(x) },
  sineY: { text: 'sin y', of: (ops, _x, y) => ops.sin(y) }
}

const chosen = (config: Config) =>
  Object.entries(MADE)
    .filter(([field]) => config[field] === true)
    .map(([, made]) => made)

/**
 * Some of x, y, x², y², x · y, sin x and sin y for a point (x, y), in this order: [2] → [chosen]. The inputs of the
 * classic browser playground. Keras has none.
 */
export default defineLayer({
  type: 'planeFeatures',
  title: 'Features of a point',
  summary: 'Makes squares, a product and waves of a point’s x and y',
  docs: 'Takes the two numbers of a point and gives those that are chosen: the numbers themselves, their squares, their product, their sines. With the right ones a single neuron can draw a curve. It has no weights.',
  group: 'Everyday',
  icon: 'wand-sparkles',
  role: 'layer',
  fields: {
    x: one('Place x', 'The first number of the point.', true),
    y: one('Place y', 'The second number of the point.', true),
    xSquared: one('Square of x', 'With y² it makes circles.'),
    ySquared: one('Square of y', 'With x² it makes circles.'),
    product: one('Product x · y', 'Tells the corners of a checkerboard apart.'),
    sineX: one('Sine of x', 'Makes upright stripes.'),
    sineY: one('Sine of y', 'Makes level stripes.')
  },
  inputs: [{ id: 'input', label: 'Point', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Features', carries: 'numbers' }],
  fact: (config) =>
    chosen(config)
      .map(({ text }) => text)
      .join(', '),
  formula: (config) =>
    `h = (${chosen(config)
      .map(({ text }) => text)
      .join(', ')})`,
  infer: ({ nodeId, config, inputs }) => {
    const shape = shapeAt(inputs)
    if (!shape) return { outputs: {} }
    if (shape.join() !== '2')
      return {
        outputs: {},
        problems: [
          {
            code: 'needs-point',
            nodeId,
            message: `Gets ${shape.join(' × ')} numbers, needs the two of a point.`,
            detail: 'It belongs behind data that are points in a plane.'
          }
        ]
      }
    const count = chosen(config).length
    if (count > 0) return numbersOut(count)
    return {
      outputs: {},
      problems: [
        {
          code: 'no-features',
          nodeId,
          message: 'Gives nothing, needs at least one feature.',
          fix: { label: 'Use x', edit: { kind: 'setField', nodeId, field: 'x', value: true } }
        }
      ]
    }
  },
  forward: ({ ops, config, inputs }) => {
    const [x, y] = ops.split(inputs['input']!, 2, 1) as [Tensor, Tensor]
    const features = chosen(config).map(({ of }) => of(ops, x, y))
    return features.length === 1 ? features[0]! : ops.concat(features, 1)
  },
  examples: [
    {
      title: 'all seven',
      config: { xSquared: true, ySquared: true, product: true, sineX: true, sineY: true },
      inputs: { input: { kind: 'numbers', shape: [2] } },
      outputs: { output: { kind: 'numbers', shape: [7] } },
      parameters: 0
    },
    {
      title: 'circles',
      config: { x: false, y: false, xSquared: true, ySquared: true },
      inputs: { input: { kind: 'numbers', shape: [2] } },
      outputs: { output: { kind: 'numbers', shape: [2] } },
      parameters: 0
    }
  ]
})
