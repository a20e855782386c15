import * as tf from '@tensorflow/tfjs-core'
import type { LargeOps, Tensor } from '@core/registry/define'

/** The large operations made of TensorFlow.js' small ones: for backends that have no kernel of their own for them. */
export const composedOps: LargeOps = {
  softmaxCrossEntropy: (logits, target) => tf.neg(tf.sum(tf.mul(target, tf.logSoftmax(logits)), -1)),

  batchNormTraining: (x, gamma, beta, epsilon) => {
    const axes = x.shape.slice(0, -1).map((_, axis) => axis)
    const { mean, variance } = tf.moments(x, axes)
    const scale = tf.mul(gamma, tf.rsqrt(tf.add(variance, epsilon)))
    return { y: tf.add(tf.mul(tf.sub(x, mean), scale), beta), mean, variance }
  },

  lstmSequence: (x, kernel, recurrentKernel, bias) => {
    const [batch, steps, inputs] = x.shape as [number, number, number]
    const units = recurrentKernel.shape[0]!
    // All inputs at once: one large product instead of one a step.
    const projected = tf.reshape(
      tf.add(tf.matMul(tf.reshape(x, [batch * steps, inputs]), kernel as tf.Tensor2D), bias),
      [batch, steps, 4 * units]
    )
    let h: Tensor = tf.zeros([batch, units])
    let c: Tensor = tf.zeros([batch, units])
    // TensorFlow.js has no slope for taking a single step out of one.
    const inputsAt = steps === 1 ? [tf.reshape(projected, [batch, 4 * units])] : tf.unstack(projected, 1)
    const states = inputsAt.map((atStep) => {
      const gates = tf.add(atStep, tf.matMul(h as tf.Tensor2D, recurrentKernel as tf.Tensor2D))
      const [i, f, g, o] = tf.split(gates, 4, 1) as [Tensor, Tensor, Tensor, Tensor]
      c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)))
      h = tf.mul(tf.sigmoid(o), tf.tanh(c))
      return h
    })
    return tf.stack(states, 1)
  }
}

/** TensorFlow.js' operations with the large ones beside them. */
export const plainOps = { ...tf, ...composedOps }
