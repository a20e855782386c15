import type { Tensor2D } from '@tensorflow/tfjs-core'
import { part, type KerasConfig, type KerasContext, type Ops, type Tensor, type WeightSpec } from './define'
import type { ConfigOf, Fields, Part } from './fields'

/** The settings of a layer's kernel and bias, as in Keras. */
export const kernelFields = {
  kernelInitializer: {
    kind: 'part',
    registry: 'initializer',
    label: 'Starting weights',
    help: 'The random numbers that the weights start from.',
    default: part('glorotUniform')
  },
  kernelRegularizer: {
    kind: 'part',
    registry: 'regularizer',
    label: 'Keep weights small',
    help: 'A penalty on large weights. Helps when new examples do worse than training examples.',
    default: part('none'),
    hot: true
  },
  useBias: {
    kind: 'bool',
    label: 'Bias',
    help: 'A number of its own that each neuron adds.',
    default: true,
    advanced: true
  },
  biasInitializer: {
    kind: 'part',
    registry: 'initializer',
    label: 'Starting bias',
    help: 'What the biases start from. Zeros is usual.',
    default: part('zeros'),
    advanced: true
  },
  kernelConstraint: {
    kind: 'part',
    registry: 'constraint',
    label: 'Hold weights to',
    help: 'A rule that the weights are held to after each step.',
    default: part('none'),
    advanced: true
  },
  biasRegularizer: {
    kind: 'part',
    registry: 'regularizer',
    label: 'Keep biases small',
    help: 'A penalty on large biases. Seldom needed.',
    default: part('none'),
    hot: true,
    advanced: true
  }
} as const satisfies Fields

/** The weights that these settings describe; the bias where there is one. */
export function kernelAndBias(
  config: ConfigOf<typeof kernelFields>,
  kernel: readonly number[],
  bias: readonly number[]
): readonly WeightSpec[] {
  return [
    {
      name: 'kernel',
      shape: kernel,
      initializer: config.kernelInitializer,
      regularizer: config.kernelRegularizer,
      constraint: config.kernelConstraint,
      trainable: true
    },
    ...(config.useBias
      ? [
          {
            name: 'bias',
            shape: bias,
            initializer: config.biasInitializer,
            regularizer: config.biasRegularizer,
            trainable: true
          }
        ]
      : [])
  ]
}

/** These settings in Keras; `axes` is that of the kernel. */
export function kerasKernel(
  { config, initializer, regularizer, constraint }: KernelContext,
  axes: number
): KerasConfig {
  return {
    use_bias: config.useBias,
    kernel_initializer: initializer(config.kernelInitializer),
    bias_initializer: initializer(config.biasInitializer, 1),
    kernel_regularizer: regularizer(config.kernelRegularizer),
    bias_regularizer: regularizer(config.biasRegularizer),
    kernel_constraint: constraint(config.kernelConstraint, axes)
  }
}

type KernelContext = Pick<KerasContext, 'initializer' | 'regularizer' | 'constraint'> & {
  readonly config: ConfigOf<typeof kernelFields>
}

/** The settings of Keras' Dense. */
export function kerasDense(
  context: KernelContext &
    Pick<KerasContext, 'endsWith'> & {
      readonly config: { readonly units: number; readonly activation: Part }
    }
): KerasConfig {
  const { units, activation } = context.config
  return { units, activation: context.endsWith(activation), ...kerasKernel(context, 2) }
}

/** x · kernel + bias: [batch, inputs] → [batch, units], or at each step [batch, steps, inputs] → [batch, steps, units]. */
export function weightedSum(
  ops: Ops,
  x: Tensor,
  { kernel, bias }: { readonly [weight: string]: Tensor | undefined }
): Tensor {
  const steps = x.shape.length === 3
  const rows = steps ? ops.reshape(x, [-1, x.shape[2]!]) : x
  const product = ops.matMul(rows as Tensor2D, kernel as Tensor2D)
  const sum = bias ? ops.add(product, bias) : product
  return steps ? ops.reshape(sum, [-1, x.shape[1]!, kernel!.shape[1]!]) : sum
}

/** "relu(x * W + b)" for a sum as the formula has it. */
export function activated(activation: { readonly type: string }, sum: string): string {
  return activation.type === 'linear' ? sum : `${activation.type}(${sum})`
}
