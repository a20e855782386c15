/* Pieces of TensorFlow.js that losses share. */

/** True answers of so many classes, smoothed. */
export function smoothedScript(smoothing: number, classes: number): string {
  return `yTrue.mul(${1 - smoothing}).add(${smoothing / classes})`
}

/** The mean over an answer's numbers of their yes-or-no cross-entropy. */
export function binaryScript(target: string, fromLogits: boolean): string {
  return fromLogits
    ? `tf.sub(tf.softplus(yPred), tf.mul(${target}, yPred)).mean(-1)`
    : `tf.metrics.binaryCrossentropy(${target}, yPred)`
}
