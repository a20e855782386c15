import type { Config, ConfigOf, Fields } from '../fields'
import type { LogitsKind } from './activation'
import type { Described } from './described'
import type { KerasAnswers, KerasLoss } from './keras'
import type { Ops, Tensor } from './ops'

/**
 * What a loss is computed from: [rows, outputs] and targets of the same shape (one-hot for classes; the class number
 * itself, 0 or 1, where there is a single output). A sequence with an answer at each step has a row a step.
 */
export interface LossInput {
  readonly prediction: Tensor
  /** What went into the last activation, where that activation says it takes logits of this kind. */
  readonly logits?: { readonly kind: LogitsKind; readonly tensor: Tensor }
  readonly target: Tensor
}

/** A loss: one number a row; the engine averages or sums. */
export interface LossDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  readonly formula: string
  /** Which answers it is for. */
  readonly answers: 'classes' | 'numbers' | 'both'
  /** [rows] */
  readonly forward: (ops: Ops, input: LossInput, config: ConfigOf<Fs>) => Tensor
  /** What it is in Keras; undefined where Keras cannot learn from it. */
  readonly keras?: (config: ConfigOf<Fs>, answers: KerasAnswers) => KerasLoss
  /** In TensorFlow.js, the loss of each row from yTrue and yPred; undefined where it cannot learn from it. */
  readonly tfjs?: (config: ConfigOf<Fs>, answers: KerasAnswers) => string
  /** It learns from what goes into the last activation, and only one of these kinds lets it. */
  readonly behind?: readonly LogitsKind[]
  /** From which number on a single output means the second class; 0.5 where it is not said. */
  readonly cut?: (config: ConfigOf<Fs>) => number
  readonly examples: readonly {
    readonly config: Config
    readonly prediction: number[][]
    readonly target: number[][]
    readonly loss: number[]
  }[]
}
