import * as tf from '@tensorflow/tfjs-core'
import type { Pass } from './forward'

/**
 * [batch, classes]: the share a network gives each class. A single output is the share of the second class.
 * Answers of a last layer without softmax or sigmoid become shares where the loss reads them as logits; others
 * (a linear or tanh layer trained on squared error) are cut off at 0 and scaled to add up to 1.
 */
export function toShares({ prediction, logits }: Pass, fromLogits: boolean): tf.Tensor {
  if (prediction.shape[1] === 1) {
    const p = fromLogits ? tf.sigmoid(prediction) : tf.clipByValue(prediction, 0, 1)
    return tf.concat([tf.sub(1, p), p], 1)
  }
  if (fromLogits) return tf.softmax(prediction)
  if (logits?.kind === 'categorical') return prediction
  const positive = tf.relu(prediction)
  const sum = tf.sum(positive, 1, true)
  // A row of zeros gives every class the same share.
  const even = tf.cast(tf.equal(sum, 0), 'float32')
  return tf.div(tf.add(positive, even), tf.add(sum, tf.mul(even, prediction.shape[1]!)))
}
