/** Activation functions that have fused code. Names are those of the registry. */
export type FusedActivation =
  | 'linear'
  | 'relu'
  | 'leakyRelu'
  | 'elu'
  | 'tanh'
  | 'sigmoid'
  | 'softmax'
  | 'softplus'
  | 'gaussian'
  | 'step'

/** One dense layer: activation(x · kernel + bias). */
export interface FusedLayer {
  readonly units: number
  readonly activation: FusedActivation
  /** leakyRelu: what a negative number is multiplied with. elu: what it falls to. 0.2 and 1 where not given. */
  readonly alpha?: number
  readonly bias: boolean
  readonly trainable: boolean
  /** Numbers that come into this layer are multiplied with a mask while training: dropout. */
  readonly masked?: boolean
}

/**
 * The loss of one example with targets t and predictions p of `outputs` numbers.
 *
 * - `softmaxCrossEntropy`: −Σ t · log softmax(z); z are the last layer's sums, which is linear or softmax.
 * - `sigmoidCrossEntropy`: mean of softplus(z) − t · z; the last layer is linear or sigmoid.
 * - `squaredError`, `absoluteError`: mean of (t − p)², of |t − p|.
 * - `sumOfSquares`, `halfSquares`: Σ (t − p)², half of it.
 * - `huber`: mean of ½e² within δ = 1, |e| − ½ beyond. `logCosh`: mean of log cosh e.
 * - `hinge`, `squaredHinge`: mean of max(0, 1 − t · p), of its square; t is −1 or 1.
 */
export type FusedLoss =
  | 'softmaxCrossEntropy'
  | 'sigmoidCrossEntropy'
  | 'squaredError'
  | 'absoluteError'
  | 'sumOfSquares'
  | 'halfSquares'
  | 'huber'
  | 'logCosh'
  | 'hinge'
  | 'squaredHinge'

/** How gradients become new weights, as Keras 3 does it. What may change while training runs is not here. */
export type FusedOptimizer =
  | { readonly type: 'sgd' }
  | { readonly type: 'momentum'; readonly momentum: number; readonly nesterov: boolean }
  | {
      readonly type: 'adam' | 'adamw'
      readonly beta1: number
      readonly beta2: number
      readonly epsilon: number
    }
  | { readonly type: 'rmsprop'; readonly rho: number; readonly momentum: number; readonly epsilon: number }
  | { readonly type: 'adagrad'; readonly initialAccumulator: number; readonly epsilon: number }

/** A small dense network and its training, as code is made for it: everything that stays while it trains. */
export interface FusedSpec {
  /** Numbers of one example. */
  readonly inputs: number
  readonly layers: readonly FusedLayer[]
  readonly loss: FusedLoss
  /** Over the examples of a batch. */
  readonly reduction: 'mean' | 'sum'
  readonly optimizer: FusedOptimizer
  /** Rows of the data that the module holds. */
  readonly rows: number
  /** The most rows of one step. */
  readonly batch: number
  /** A single output says yes from here up; 0.5 where not given. */
  readonly threshold?: number
}

/** A layer with the sizes around it. */
export interface SizedLayer extends FusedLayer {
  readonly index: number
  readonly inputs: number
  readonly alpha: number
  /** The loss works from this layer's sums and applies its activation itself. */
  readonly behindLoss: boolean
}

/** The layers with what they get. */
export function sizedLayers(spec: FusedSpec): readonly SizedLayer[] {
  const logits = spec.loss === 'softmaxCrossEntropy' || spec.loss === 'sigmoidCrossEntropy'
  return spec.layers.map((layer, index) => ({
    ...layer,
    index,
    inputs: index === 0 ? spec.inputs : spec.layers[index - 1]!.units,
    alpha: layer.alpha ?? (layer.activation === 'elu' ? 1 : 0.2),
    behindLoss: logits && index === spec.layers.length - 1
  }))
}

/** Numbers that one example gets as its answer. */
export function outputsOf(spec: FusedSpec): number {
  return spec.layers.at(-1)!.units
}
