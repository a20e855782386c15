import type { Config, ConfigOf, Fields } from '../fields'
import type { Described } from './described'
import type { KerasActivation, KerasDialect } from './keras'
import type { Ops, Tensor } from './ops'

/** What an activation makes of logits: one yes or no, one class of several, or 1 from 0 up and 0 below. */
export type LogitsKind = 'binary' | 'categorical' | 'step'

/** An activation function. */
export interface ActivationDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  /** The function as text: "tanh(z)". */
  readonly formula: string
  /** y of the drawn glyph for x in [−3, 3]; bars where the function works across neurons. */
  readonly glyph: { readonly curve: (x: number) => number } | { readonly bars: readonly number[] }
  /** No answer is smaller or larger; a bound may be reached or only come near. */
  readonly range: readonly [smallest: number, largest: number]
  /**
   * Where it has no slope left, so that a neuron that stays there does not learn: everywhere at its smallest answer
   * (ReLU below 0), or near both ends of its range (sigmoid, tanh).
   */
  readonly flat?: 'below' | 'ends'
  readonly forward: (ops: Ops, x: Tensor, config: ConfigOf<Fs>) => Tensor
  /**
   * Its input is logits that a loss can use directly: a cross-entropy, which is exact where the output saturates, or
   * the perceptron rule, which passes by the step that has no slope.
   */
  readonly logits?: LogitsKind
  /** What it is in Keras; undefined where Keras has nothing of the kind. */
  readonly keras?: (config: ConfigOf<Fs>, dialect: KerasDialect) => KerasActivation
  /** Values to check the function against: [x, y] on one row. */
  readonly examples: readonly { readonly config: Config; readonly x: number[]; readonly y: number[] }[]
}
