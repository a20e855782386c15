/** Activation functions that have fused code. Names are those of the registry. */
export type FusedActivation =
  'linear' | 'relu' | 'leakyRelu' | 'elu' | 'tanh' | 'sigmoid' | 'softmax' | 'softplus' | 'gaussian' | 'step'

/** Keras' slope of a leaky ReLU below zero. */
export const NEGATIVE_SLOPE = 0.2

/**
 * One dense layer: activation(x · kernel + bias). At each step by itself where an example has steps, unless it is
 * `recurrent`.
 */
export interface FusedLayer {
  readonly units: number
  readonly activation: FusedActivation
  /** leakyRelu: what a negative number is multiplied with; `NEGATIVE_SLOPE` where not given. */
  readonly negativeSlope?: number
  readonly bias: boolean
  readonly trainable: boolean
  /** Numbers that come into this layer are multiplied with a mask while training: dropout. */
  readonly masked?: boolean
  readonly recurrent?: Recurrence
}

/** Keras' SimpleRNN: hₜ = activation(xₜ · kernel + hₜ₋₁ · recurrent_kernel + bias), from h₋₁ = 0. */
export interface Recurrence {
  /** It hands on its answer at each step, in the order of reading, and not that of the last step alone. */
  readonly sequences: boolean
  /** It reads from the last step to the first. */
  readonly backwards: boolean
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

/** A small network and its training, as code is made for it: everything that stays while it trains. */
export interface FusedSpec {
  /** Numbers of one example, or of each of its steps. */
  readonly inputs: number
  /** Steps of an example that is read as a sequence [steps, inputs]; undefined where it is a row. */
  readonly steps?: number
  /** The example is a single row, and each step is given all of it. */
  readonly repeated?: boolean
  /** Each step that the last layer hands on is an answer of its own, right or wrong; else all are one. */
  readonly answersEach?: boolean
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
  /** Steps it goes through. */
  readonly steps: number
  /** Steps it hands on: the last ones. */
  readonly kept: number
  readonly negativeSlope: number
  /** The loss works from this layer's sums and applies its activation itself; never those of a recurrent layer. */
  readonly behindLoss: boolean
}

/** The layers with what they get. */
export function sizedLayers(spec: FusedSpec): readonly SizedLayer[] {
  let [inputs, steps] = [spec.inputs, spec.steps ?? 1]
  return spec.layers.map((layer, index) => {
    const kept = layer.recurrent?.sequences === false ? 1 : steps
    const sized = {
      ...layer,
      ...{ index, inputs, steps, kept },
      negativeSlope: layer.negativeSlope ?? NEGATIVE_SLOPE,
      behindLoss:
        index === spec.layers.length - 1 &&
        !layer.recurrent &&
        SUMS[spec.loss.type].includes(layer.activation)
    }
    inputs = layer.units
    steps = kept
    return sized
  })
}

/** Numbers of one example. */
export function inputsOf({ inputs, steps = 1, repeated = false }: FusedSpec): number {
  return repeated ? inputs : inputs * steps
}

/** Numbers that one example gets as its answer, at all steps together. */
export function outputsOf(spec: FusedSpec): number {
  const { units, kept } = sizedLayers(spec).at(-1)!
  return units * kept
}

/** Answers an example that count alike: one, or one a step. */
export function answersOf(spec: FusedSpec): number {
  return spec.answersEach === true ? sizedLayers(spec).at(-1)!.kept : 1
}

/** Throws where code for a spec would not compute what the spec says. */
export function checkSpec({ inputs, steps, layers, loss, rows, batch }: FusedSpec): void {
  const whole = [inputs, steps ?? 1, rows, batch, ...layers.map(({ units }) => units)]
  if (layers.length === 0 || !whole.every((n) => Number.isInteger(n) && n > 0))
    throw new RangeError('A network needs inputs, layers with units, rows and a batch.')
  if (steps === undefined ? layers.some(({ recurrent }) => recurrent) : layers.some(({ masked }) => masked))
    throw new RangeError('A recurrent layer needs steps, and layers with steps cannot be masked.')
  const { activation, units, recurrent } = layers.at(-1)!
  if (recurrent && SUMS[loss.type].includes(activation))
    throw new RangeError(`${loss.type} does not work from the sums of a recurrent layer.`)
  if (loss.type.endsWith('CrossEntropy') && !SUMS[loss.type].includes(activation))
    throw new RangeError(`${loss.type} does not work from ${activation}.`)
  if (loss.type === 'softmaxCrossEntropy' && units < 2)
    throw new RangeError('Softmax cross-entropy needs two outputs or more.')
}
