import type { ConfigOf, Fields } from '../fields'
import type { Described } from './described'
import type { KerasConfig, KerasRate, KerasSchedule } from './keras'
import type { Ops, Tensor } from './ops'

/* From gradients to new weights: optimizer, schedule, clipping. */

/** Numbers that an optimizer uses in one step, such as a learning rate corrected for the first steps. */
export type StepNumbers = { readonly [name: string]: number }

/** What an optimizer needs for one weight in one step. */
export interface UpdateContext<Fs extends Fields = Fields> {
  readonly ops: Ops
  /** Settings that are not hot; hot ones come through `numbers`. */
  readonly config: ConfigOf<Fs>
  /** The result of `numbers` as scalars. */
  readonly numbers: { readonly [name: string]: Tensor }
  readonly value: Tensor
  readonly gradient: Tensor
  readonly slots: { readonly [name: string]: Tensor }
}

/** A rule that turns gradients into new weights. */
export interface OptimizerDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  readonly formula: string
  /** Names of the tensors it remembers for each weight, and the number each of them starts as. */
  readonly slots: (config: ConfigOf<Fs>) => { readonly [slot: string]: number }
  /**
   * The step's numbers in float64: always the same names for the same settings. `step` counts updates from 1;
   * `rate` is the learning rate after the schedule.
   */
  readonly numbers: (config: ConfigOf<Fs>, step: number, rate: number) => StepNumbers
  /** What it is in Keras, besides its learning rate; undefined where Keras has nothing of the kind. */
  readonly keras?: (config: ConfigOf<Fs>) => { readonly class: string; readonly config: KerasConfig }
  /** In TensorFlow.js: a function of tf.train and what follows on the learning rate; undefined where it has none of the kind. */
  readonly tfjs?: (config: ConfigOf<Fs>) => readonly [name: string, ...settings: (number | boolean)[]]
  readonly update: (context: UpdateContext<Fs>) => {
    readonly value: Tensor
    readonly slots: { readonly [name: string]: Tensor | undefined }
  }
  /**
   * The same update as one TensorFlow kernel on variables, where there is one: ResourceApplyAdam and its like.
   * Inputs are the weight, its slots, then scalars and the gradient in the kernel's order.
   */
  readonly kernel?: (config: ConfigOf<Fs>) =>
    | {
        readonly op: string
        /** "weight", "gradient", "slot:m", "number:rate" or a number. */
        readonly inputs: readonly (string | number)[]
        readonly flags?: { readonly [name: string]: boolean }
      }
    | undefined
}

/** How far a training is, for a schedule. */
export interface SchedulePlace {
  /** Updates made, from 0. */
  readonly step: number
  readonly stepsPerEpoch: number
  /** Updates that are planned in all. */
  readonly steps: number
  /** The judged loss of each epoch so far. */
  readonly losses: readonly number[]
}

/** How the learning rate changes in the course of a training. */
export interface ScheduleDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  readonly formula: string
  /** What the optimizer's learning rate is multiplied with. */
  readonly factor: (config: ConfigOf<Fs>, place: SchedulePlace) => number
  /** What it is in Keras. */
  readonly keras: (config: ConfigOf<Fs>, training: KerasRate) => KerasSchedule
}

/** Keeps the gradients of a step from being too large. */
export interface ClippingDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  /** All trained weights' gradients, in and out in the same order. */
  readonly apply: (ops: Ops, gradients: readonly Tensor[], config: ConfigOf<Fs>) => readonly Tensor[]
  /** Settings of every optimizer of Keras. */
  readonly keras: (config: ConfigOf<Fs>) => KerasConfig
}
