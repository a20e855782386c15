import * as tf from '@tensorflow/tfjs-core'
import type { Ops, Tensor } from '@core/registry/define'

/** What is used of tfjs-node's backend. */
interface KernelCaller {
  readonly binding: { readonly TF_ATTR_TYPE: number; readonly TF_FLOAT: number }
  readonly executeSingleOutput: (kernel: string, attributes: object[], inputs: Tensor[]) => Tensor
}

/**
 * TensorFlow.js' operations, with TensorFlow's own kernels where TensorFlow.js makes an operation or its slope
 * out of several: each call costs more than the arithmetic of a small network. Needs tfjs-node to be loaded.
 */
export function nativeOps(): Ops {
  const backend = tf.findBackend('tensorflow') as unknown as KernelCaller
  const { TF_ATTR_TYPE: type, TF_FLOAT: value } = backend.binding
  const call = (kernel: string, ...inputs: Tensor[]): Tensor =>
    backend.executeSingleOutput(kernel, [{ name: 'T', type, value }], inputs)

  /** A function of one float tensor, with its gradient from the result and the incoming gradient. */
  const withSlope = (kernel: string, slope: (y: Tensor, dy: Tensor) => Tensor) =>
    tf.customGrad((x, save) => {
      const result = call(kernel, x as Tensor)
      ;(save as tf.GradSaveFunc)([result])
      return { value: result, gradFunc: (dy: Tensor, [y]: Tensor[]) => slope(y!, dy) }
    }) as never

  return {
    ...tf,
    tanh: withSlope('Tanh', (y, dy) => call('TanhGrad', y, dy)),
    sigmoid: withSlope('Sigmoid', (y, dy) => call('SigmoidGrad', y, dy)),
    relu: withSlope('Relu', (y, dy) => call('ReluGrad', dy, y)),
    logSoftmax: withSlope('LogSoftmax', (y, dy) => tf.sub(dy, tf.mul(tf.exp(y), tf.sum(dy, -1, true))))
  }
}
