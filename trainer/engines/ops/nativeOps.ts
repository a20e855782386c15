import * as tf from '@tensorflow/tfjs-core'
import type { Ops, Tensor } from '@core/registry/define'
import { plainOps } from './largeOps'

/** What is used of tfjs-node's backend. */
interface KernelCaller {
  readonly binding: { readonly [constant: string]: number }
  readonly executeSingleOutput: (kernel: string, attributes: object[], inputs: Tensor[]) => Tensor
  readonly executeMultipleOutputs: (
    kernel: string,
    attributes: object[],
    inputs: Tensor[],
    outputs: number
  ) => Tensor[]
}

/**
 * TensorFlow.js' operations, with TensorFlow's own kernels where TensorFlow.js makes an operation or its slope
 * out of several: each call costs more than the arithmetic of a small network. Needs tfjs-node to be loaded.
 */
export function nativeOps(): Ops {
  const backend = tf.findBackend('tensorflow') as unknown as KernelCaller
  const { TF_ATTR_TYPE, TF_ATTR_FLOAT, TF_ATTR_BOOL, TF_ATTR_STRING, TF_FLOAT, TF_INT32 } = backend.binding
  const floatType = { name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT }
  const call = (kernel: string, ...inputs: Tensor[]): Tensor =>
    backend.executeSingleOutput(kernel, [floatType], inputs)

  /** A function of one float tensor, with its gradient from the result and the incoming gradient. */
  const withSlope = (kernel: string, slope: (y: Tensor, dy: Tensor) => Tensor) =>
    tf.customGrad((x, save) => {
      const result = call(kernel, x as Tensor)
      ;(save as tf.GradSaveFunc)([result])
      return { value: result, gradFunc: (dy: Tensor, [y]: Tensor[]) => slope(y!, dy) }
    }) as never

  /** A function of one float tensor, with its gradient from the argument and the incoming gradient. */
  const withInputSlope = (kernel: string, slope: (x: Tensor, dy: Tensor) => Tensor) =>
    tf.customGrad((x, save) => {
      ;(save as tf.GradSaveFunc)([x as Tensor])
      return { value: call(kernel, x as Tensor), gradFunc: (dy: Tensor, [z]: Tensor[]) => slope(z!, dy) }
    }) as never

  const softmaxCrossEntropy = tf.customGrad((logits, target, save) => {
    const [loss, slope] = backend.executeMultipleOutputs(
      'SoftmaxCrossEntropyWithLogits',
      [floatType],
      [logits as Tensor, target as Tensor],
      2
    ) as [Tensor, Tensor]
    ;(save as tf.GradSaveFunc)([slope])
    return {
      value: loss,
      // Nobody trains the target; TensorFlow.js wants a gradient for each input.
      gradFunc: (dy: Tensor, [s]: Tensor[]) => [tf.mul(s!, tf.expandDims(dy, -1)), tf.zerosLike(s!)]
    }
  })

  const batchNormAttributes = (epsilon: number): object[] => [
    floatType,
    { name: 'U', type: TF_ATTR_TYPE, value: TF_FLOAT },
    { name: 'epsilon', type: TF_ATTR_FLOAT, value: epsilon },
    { name: 'data_format', type: TF_ATTR_STRING, value: 'NHWC' },
    { name: 'is_training', type: TF_ATTR_BOOL, value: true }
  ]

  const batchNormTraining: Ops['batchNormTraining'] = (x, gamma, beta, epsilon) => {
    const channels = x.shape.at(-1)!
    // The kernel knows pictures only; rows are pictures of one pixel.
    const pixels = x.shape.length === 4 ? x : tf.reshape(x, [-1, 1, 1, channels])
    const count = pixels.size / channels
    let statistics: Tensor[] = []
    const normalize = tf.customGrad((a, scale, offset, save) => {
      const empty = tf.tensor1d([])
      const [y, mean, variance, ...reserved] = backend.executeMultipleOutputs(
        'FusedBatchNormV3',
        batchNormAttributes(epsilon),
        [a as Tensor, scale as Tensor, offset as Tensor, empty, empty],
        6
      ) as [Tensor, Tensor, Tensor, ...Tensor[]]
      // They leave the scope of this function beside its value.
      statistics = [tf.keep(tf.clone(mean)), tf.keep(tf.clone(variance))]
      ;(save as tf.GradSaveFunc)([a as Tensor, scale as Tensor, ...reserved])
      return {
        value: y,
        gradFunc: (dy: Tensor, [input, weight, ...kept]: Tensor[]) =>
          backend
            .executeMultipleOutputs(
              'FusedBatchNormGradV3',
              batchNormAttributes(epsilon),
              [dy, input!, weight!, ...kept],
              5
            )
            .slice(0, 3)
      }
    })
    const y = normalize(pixels, gamma, beta)
    const [mean, variance] = statistics.map((kept) => {
      const owned = tf.clone(kept)
      kept.dispose()
      return owned
    }) as [Tensor, Tensor]
    return {
      y: x.shape.length === 4 ? y : tf.reshape(y, x.shape),
      mean,
      // The kernel gives the unbiased one, for moving averages that Keras 3 does not keep that way.
      variance: count > 1 ? tf.mul(variance, (count - 1) / count) : variance
    }
  }

  /** TensorFlow.js looks at every index before it gathers; TensorFlow does that itself. */
  const gatherRows = (x: Tensor, indices: Tensor): Tensor =>
    tf.customGrad((rows, places, save) => {
      const whole = places as Tensor
      ;(save as tf.GradSaveFunc)([rows as Tensor, whole])
      const value = backend.executeSingleOutput(
        'GatherV2',
        [
          { name: 'Tparams', type: TF_ATTR_TYPE, value: TF_FLOAT },
          { name: 'Tindices', type: TF_ATTR_TYPE, value: TF_INT32 },
          { name: 'Taxis', type: TF_ATTR_TYPE, value: TF_INT32 }
        ],
        [rows as Tensor, whole, tf.scalar(0, 'int32')]
      )
      return {
        value,
        gradFunc: (dy: Tensor, [table, at]: Tensor[]) => {
          const [count, ...rest] = table!.shape as [number, ...number[]]
          const flat = tf.reshape(dy, [at!.size, ...rest])
          const slope = tf.unsortedSegmentSum(flat, tf.reshape(at!, [at!.size]) as tf.Tensor1D, count)
          return [slope, tf.zerosLike(at!)]
        }
      }
    })(x, indices)

  return {
    ...plainOps,
    gather: ((x: Tensor, indices: Tensor, axis = 0, batchDims = 0) =>
      axis === 0 && batchDims === 0
        ? gatherRows(x, indices)
        : tf.gather(x, indices, axis, batchDims)) as never,
    tanh: withSlope('Tanh', (y, dy) => call('TanhGrad', y, dy)),
    sigmoid: withSlope('Sigmoid', (y, dy) => call('SigmoidGrad', y, dy)),
    relu: withSlope('Relu', (y, dy) => call('ReluGrad', dy, y)),
    elu: withSlope('Elu', (y, dy) => call('EluGrad', dy, y)),
    softplus: withInputSlope('Softplus', (x, dy) => call('SoftplusGrad', dy, x)),
    logSoftmax: withSlope('LogSoftmax', (y, dy) => tf.sub(dy, tf.mul(tf.exp(y), tf.sum(dy, -1, true)))),
    softmaxCrossEntropy: softmaxCrossEntropy as never,
    batchNormTraining
  }
}
