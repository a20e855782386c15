import { defineLayer, part, type ForwardContext, type WeightSpec } from '../define'
import { numbersOut, shapeAt } from '../shapes'

/**
 * y = gamma · (x − mean) / √(variance + epsilon) + beta for each channel, the last axis. While training mean and
 * variance (biased) are the batch's and the moving ones follow them: moving ← moving · momentum + batch · (1 −
 * momentum). Otherwise they are the moving ones. Keras: BatchNormalization.
 */
export default defineLayer({
  type: 'batchNormalization',
  title: 'Batch normalization',
  summary: 'Keeps signals at a steady size, so deep networks learn',
  docs: 'Shifts and stretches each channel so that its numbers are around 0 and about 1 large over a batch, then by a factor and an offset that it learns. When the network answers, it uses the averages remembered from training. The shape stays as it is.',
  keras: ({ config, initializer }) => ({
    class: 'BatchNormalization',
    config: {
      axis: -1,
      momentum: config.momentum,
      epsilon: config.epsilon,
      center: config.center,
      scale: config.scale,
      beta_initializer: initializer(part('zeros')),
      gamma_initializer: initializer(part('ones')),
      moving_mean_initializer: initializer(part('zeros')),
      moving_variance_initializer: initializer(part('ones'))
    }
  }),
  group: 'Steady training',
  icon: 'sliders-horizontal',
  role: 'layer',
  fields: {
    momentum: {
      kind: 'float',
      label: 'Memory of averages',
      help: 'How much of the remembered averages stays at each step. 0.9 follows faster.',
      default: 0.99,
      min: 0,
      max: 0.9999,
      step: 0.01
    },
    epsilon: {
      kind: 'float',
      label: 'Epsilon',
      help: 'Keeps the division from blowing up where all numbers are alike.',
      default: 0.001,
      min: 1e-7,
      max: 1,
      scale: 'log',
      advanced: true
    },
    center: {
      kind: 'bool',
      label: 'Learn an offset',
      help: 'Adds a number to each channel that is learned.',
      default: true,
      advanced: true
    },
    scale: {
      kind: 'bool',
      label: 'Learn a factor',
      help: 'Multiplies each channel with a number that is learned.',
      default: true,
      advanced: true
    }
  },
  inputs: [{ id: 'input', label: 'Input', carries: 'numbers' }],
  outputs: [{ id: 'output', label: 'Output', carries: 'numbers' }],
  fact: ({ momentum }) => `memory ${momentum}`,
  formula: ({ center, scale }) => `h = ${scale ? 'γ · ' : ''}(x − mean) / √variance${center ? ' + β' : ''}`,
  infer: ({ inputs }) => numbersOut(...(shapeAt(inputs) ?? [0])),
  weights: ({ center, scale }, inputs) => {
    const shape = [shapeAt(inputs)?.at(-1) ?? 0]
    const ones = part('ones')
    const one = (name: string, initializer: typeof ones, trainable: boolean): WeightSpec => ({
      name,
      shape,
      initializer,
      trainable
    })
    return [
      ...(scale ? [one('gamma', ones, true)] : []),
      ...(center ? [one('beta', part('zeros'), true)] : []),
      one('moving_mean', part('zeros'), false),
      one('moving_variance', ones, false)
    ]
  },
  forward: (context) => {
    const { ops, config, inputs, weights, training, assign } = context
    const x = inputs['input']!
    const channels = x.shape.at(-1)!
    if (!training) {
      const { moving_mean: mean, moving_variance: variance, gamma, beta } = weights
      // One factor and one offset a channel, worked out on the few channels and not on the whole picture.
      const root = ops.rsqrt(ops.add(variance!, config.epsilon))
      const factor = gamma ? ops.mul(root, gamma) : root
      const shift = ops.mul(mean!, factor)
      return ops.add(ops.mul(x, factor), beta ? ops.sub(beta, shift) : ops.neg(shift))
    }
    const gamma = weights['gamma'] ?? ops.ones([channels])
    const beta = weights['beta'] ?? ops.zeros([channels])
    const { y, mean, variance } = context.masks['input']
      ? countedOnly(context, gamma, beta)
      : ops.batchNormTraining(x, gamma, beta, config.epsilon)
    const follow = (name: string, batch: typeof mean): void =>
      assign(name, ops.add(ops.mul(weights[name]!, config.momentum), ops.mul(batch, 1 - config.momentum)))
    follow('moving_mean', mean)
    follow('moving_variance', variance)
    return y
  },
  examples: [
    {
      title: 'a factor, an offset and two averages for each channel',
      config: {},
      inputs: { input: { kind: 'numbers', shape: [2, 3, 5] } },
      outputs: { output: { kind: 'numbers', shape: [2, 3, 5] } },
      parameters: 20
    },
    {
      title: 'of a row, without a factor',
      config: { scale: false },
      inputs: { input: { kind: 'numbers', shape: [4] } },
      outputs: { output: { kind: 'numbers', shape: [4] } },
      parameters: 12
    }
  ]
})

/** Mean and variance over the steps of [batch, steps, channels] that count, as Keras weighs them. */
function countedOnly(
  {
    ops,
    inputs,
    masks,
    config
  }: Pick<ForwardContext, 'ops' | 'inputs' | 'masks'> & { config: { epsilon: number } },
  gamma: WeightTensor,
  beta: WeightTensor
): { y: WeightTensor; mean: WeightTensor; variance: WeightTensor } {
  const x = inputs['input']!
  const counts = ops.expandDims(masks['input']!, 2)
  const weight = ops.add(ops.sum(counts), 1e-7)
  const mean = ops.div(ops.sum(ops.mul(x, counts), [0, 1]), weight)
  const centred = ops.sub(x, mean)
  const variance = ops.div(ops.sum(ops.mul(ops.square(centred), counts), [0, 1]), weight)
  const factor = ops.mul(gamma, ops.rsqrt(ops.add(variance, config.epsilon)))
  return { y: ops.add(ops.mul(centred, factor), beta), mean, variance }
}

type WeightTensor = ForwardContext['weights'][string]
