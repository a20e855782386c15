import type * as tfc from '@tensorflow/tfjs-core'
import type { Reading } from '../recurrent'

export type { Tensor } from '@tensorflow/tfjs-core'
type Tensor = tfc.Tensor

/**
 * TensorFlow.js' operations, handed in by the engine so that nothing here imports TensorFlow, and a few larger ones
 * for which an engine may have a kernel of its own. All of them have gradients.
 */
export type Ops = typeof tfc & LargeOps

/** Operations that are one kernel on one engine and several on another. */
export interface LargeOps {
  /** −Σ t · log softmax(z): [rows, classes] twice → [rows]. Slope for the logits only. */
  readonly softmaxCrossEntropy: (logits: Tensor, target: Tensor) => Tensor
  /**
   * Scales each channel (the last axis) to mean `beta` and standard deviation `gamma` over all other axes. Mean and
   * variance (biased) are those of this batch, [channels], without a slope.
   */
  readonly batchNormTraining: (
    x: Tensor,
    gamma: Tensor,
    beta: Tensor,
    epsilon: number
  ) => { readonly y: Tensor; readonly mean: Tensor; readonly variance: Tensor }
  /**
   * A whole LSTM over x [batch, steps, inputs] → hidden states [batch, steps, units], with tanh and sigmoid, from
   * zero states. Kernels [inputs, 4 · units], [units, 4 · units], bias [4 · units]; gates in Keras' order i, f, c, o.
   */
  readonly lstmSequence: (x: Tensor, kernel: Tensor, recurrentKernel: Tensor, bias: Tensor) => Tensor
  /**
   * For who writes down what is computed (core/export/program/): a whole reading of a sequence, as one operation or as
   * the single steps of `walk`. Engines do without it.
   */
  readonly sequence?: (
    reading: Reading & { readonly x: Tensor; readonly mask: Tensor | undefined },
    walk: () => Tensor
  ) => Tensor
}
