/** Activation functions that have fused code. Names are those of the registry. */
export type FusedActivation =
  'linear' | 'relu' | 'leakyRelu' | 'elu' | 'tanh' | 'sigmoid' | 'softmax' | 'softplus' | 'gaussian' | 'step'

/** Keras' slope of a leaky ReLU below zero. */
export const NEGATIVE_SLOPE = 0.2

/** One dense layer: activation(x · kernel + bias). */
export interface FusedLayer {
  readonly units: number
  readonly activation: FusedActivation
  /** leakyRelu: what a negative number is multiplied with; `NEGATIVE_SLOPE` where not given. */
  readonly negativeSlope?: number
  readonly bias: boolean
  readonly trainable: boolean
  /** Numbers that come into this layer are multiplied with a mask while training: dropout. */
  readonly masked?: boolean
}

/**
 * The loss of one example with targets t and predictions p of `outputs` numbers. The formulas are the registry's.
 *
 * - `softmaxCrossEntropy`: −Σ t · log softmax(z); z are the last layer's sums, which is linear or softmax.
 * - `sigmoidCrossEntropy`: mean of softplus(z) − t · z; the last layer is linear or sigmoid.
 * - `perceptron`: how many p are on the wrong side, with the slope (z ≥ 0) − t; z are the sums of a last layer with
 *   step or sigmoid, or else its answers.
 * - `hinge`: mean of max(0, 1 − t · p), where t = 0 counts as −1.
 */
export type FusedLoss =
  | {
      readonly type:
        | 'softmaxCrossEntropy'
        | 'sigmoidCrossEntropy'
        | 'meanSquaredError'
        | 'meanAbsoluteError'
        | 'sumOfSquares'
        | 'halfSquaredError'
        | 'hinge'
        | 'perceptron'
    }
  | { readonly type: 'huber'; readonly delta: number }

/** Last activations behind which a loss looks: it works from their sums. */
const SUMS: { readonly [type in FusedLoss['type']]: readonly FusedActivation[] } = {
  softmaxCrossEntropy: ['linear', 'softmax'],
  sigmoidCrossEntropy: ['linear', 'sigmoid'],
  perceptron: ['linear', 'sigmoid', 'step'],
  meanSquaredError: [],
  meanAbsoluteError: [],
  sumOfSquares: [],
  halfSquaredError: [],
  hinge: [],
  huber: []
}

/**
 * How gradients become new weights: the registry's rules, with what stays the same while training runs. What may
 * change comes with each step (see `Knobs`).
 */
export type FusedOptimizer =
  | { readonly type: 'sgd'; readonly momentum: number; readonly nesterov: boolean }
  | {
      readonly type: 'adam' | 'adamW'
      readonly beta1: number
      readonly beta2: number
      readonly epsilon: number
    }
  | {
      readonly type: 'rmsprop'
      readonly rho: number
      readonly momentum: number
      readonly centered: boolean
      readonly epsilon: number
    }
  | { readonly type: 'adagrad'; readonly initialAccumulator: number; readonly epsilon: number }
  | { readonly type: 'previousGradient' }

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
  readonly negativeSlope: number
  /** The loss works from this layer's sums and applies its activation itself. */
  readonly behindLoss: boolean
}

/** The layers with what they get. */
export function sizedLayers(spec: FusedSpec): readonly SizedLayer[] {
  return spec.layers.map((layer, index) => ({
    ...layer,
    index,
    inputs: index === 0 ? spec.inputs : spec.layers[index - 1]!.units,
    negativeSlope: layer.negativeSlope ?? NEGATIVE_SLOPE,
    behindLoss: index === spec.layers.length - 1 && SUMS[spec.loss.type].includes(layer.activation)
  }))
}

/** Numbers that one example gets as its answer. */
export function outputsOf(spec: FusedSpec): number {
  return spec.layers.at(-1)!.units
}

/** Throws where code for a spec would not compute what the spec says. */
export function checkSpec({ inputs, layers, loss, rows, batch }: FusedSpec): void {
  const whole = [inputs, rows, batch, ...layers.map(({ units }) => units)]
  if (layers.length === 0 || !whole.every((n) => Number.isInteger(n) && n > 0))
    throw new RangeError('A network needs inputs, layers with units, rows and a batch.')
  const { activation, units } = layers.at(-1)!
  if (loss.type.endsWith('CrossEntropy') && !SUMS[loss.type].includes(activation))
    throw new RangeError(`${loss.type} does not work from ${activation}.`)
  if (loss.type === 'softmaxCrossEntropy' && units < 2)
    throw new RangeError('Softmax cross-entropy needs two outputs or more.')
}
