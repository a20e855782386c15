import { defineLayer, type ForwardContext, type Tensor } from '../define'
import { mergedShapes, mergePorts, mismatch, present } from '../merging'
import { numbersOut } from '../shapes'

/** All numbers of all inputs one after the other, along one axis. Keras: Concatenate. */
export default defineLayer({
  type: 'concatenate',
  title: 'Concatenate',
  summary: 'Puts signals side by side',
  docs: 'Puts the numbers of its inputs one after the other and changes none of them. Rows may have any length. Pictures need the same height and width, and their channels are put together; sequences need the same steps. It has no weights.',
  keras: ({ config }) => ({ class: 'Concatenate', config: { axis: config.axis === 'last' ? -1 : 1 } }),
  fromKeras: {
    Concatenate: ({ settings }) => ({ config: { axis: settings['axis'] === 1 ? 'first' : 'last' } })
  },
  group: 'Joining',
  icon: 'merge',
  role: 'layer',
  fields: {
    axis: {
      kind: 'choice',
      label: 'Put together',
      help: 'Numbers of each step or pixel, or steps and lines one after the other.',
      default: 'last',
      options: [
        { value: 'last', label: 'Numbers or channels' },
        { value: 'first', label: 'Steps or lines' }
      ],
      advanced: true
    }
  },
  inputs: mergePorts,
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: () => 'side by side',
  formula: () => 'h = [x₁, x₂]',
  infer: ({ nodeId, config, inputs }) => {
    const given = mergedShapes(inputs)
    if (!given) return { outputs: {} }
    const [{ shape }] = given as readonly [(typeof given)[number]]
    const along = config.axis === 'last' ? shape.length - 1 : 0
    const other = given.find(
      (g) =>
        g.shape.length !== shape.length ||
        g.shape.some((size, axis) => axis !== along && size !== shape[axis])
    )
    const needs = along === 0 ? 'all but the first size must agree' : 'all but the last size must agree'
    if (other) return { outputs: {}, problems: [mismatch(nodeId, [given[0]!, other], needs)] }
    return numbersOut(
      ...shape.map((size, axis) => (axis === along ? given.reduce((n, g) => n + g.shape[axis]!, 0) : size))
    )
  },
  forward: ({ ops, config, inputs, masks, setMask }) => {
    const tensors = present(inputs)
    const along = config.axis === 'last' ? tensors[0]!.shape.length - 1 : 1
    setMask(along === 1 ? stepsAfterSteps(ops, inputs, masks) : sameSteps(ops, tensors, present(masks)))
    return ops.concat([...tensors], along)
  },
  examples: [
    {
      title: 'two rows',
      config: {},
      inputs: { input: { kind: 'numbers', shape: [4] }, second: { kind: 'numbers', shape: [3] } },
      outputs: { output: { kind: 'numbers', shape: [7] } },
      parameters: 0
    },
    {
      title: 'channels of three pictures',
      config: {},
      inputs: {
        input: { kind: 'numbers', shape: [3, 2, 1] },
        second: { kind: 'numbers', shape: [3, 2, 2] },
        third: { kind: 'numbers', shape: [3, 2, 3] }
      },
      outputs: { output: { kind: 'numbers', shape: [3, 2, 6] } },
      parameters: 0
    },
    {
      title: 'one sequence after the other',
      config: { axis: 'first' },
      inputs: { input: { kind: 'numbers', shape: [5, 2] }, second: { kind: 'numbers', shape: [1, 2] } },
      outputs: { output: { kind: 'numbers', shape: [6, 2] } },
      parameters: 0
    }
  ]
})

type Ops = ForwardContext['ops']

/** A step counts that counts in any input; all of them, where one input has no mask. */
function sameSteps(ops: Ops, tensors: readonly Tensor[], masks: readonly Tensor[]): Tensor | undefined {
  return masks.length === tensors.length ? masks.reduce((a, b) => ops.maximum(a, b)) : undefined
}

/** The masks one after the other; ones where an input has none. */
function stepsAfterSteps(
  ops: Ops,
  inputs: ForwardContext['inputs'],
  masks: ForwardContext['masks']
): Tensor | undefined {
  if (present(masks).length === 0) return undefined
  return ops.concat(
    mergePorts.flatMap(({ id }) => {
      const x = inputs[id]
      return x ? [masks[id] ?? ops.ones([x.shape[0]!, x.shape[1]!])] : []
    }),
    1
  )
}
