import type { Config, ConfigOf, Fields, Part } from '../fields'

/*
 * How objects of the registry say what they are in Keras. One description serves every format that speaks in Keras'
 * layers; where versions differ, it asks for the dialect.
 */

/** keras3: .keras files. keras2: .h5 files, which Keras 2 and 3 read. tfjs: TensorFlow.js, a younger brother of Keras 2. */
export type KerasDialect = 'keras3' | 'keras2' | 'tfjs'

/** What a setting of Keras can be. */
export type KerasValue = null | boolean | number | string | readonly KerasValue[] | KerasObject

/** Settings by Keras' names. */
export type KerasConfig = { readonly [name: string]: KerasValue }

/** An object of Keras: a layer within a layer, an initializer … */
export interface KerasObject {
  readonly module:
    | 'layers'
    | 'initializers'
    | 'regularizers'
    | 'constraints'
    | 'optimizers'
    | 'optimizers.schedules'
    | 'losses'
    | 'callbacks'
  readonly class: string
  readonly config: KerasConfig
}

/** A layer of Keras. */
export interface KerasLayer {
  readonly class: string
  /** Besides name, trainable and dtype. */
  readonly config?: KerasConfig
  /**
   * Where one of its weights lies in the layer: attributes of Keras' objects and the weight's name there, as in
   * cell/kernel. The weight's own name where it is not said.
   */
  readonly place?: (weight: string) => string
  /** What Keras keeps behind the weights, and nobody here needs. */
  readonly also?: readonly {
    readonly place: string
    readonly shape: readonly number[]
    readonly values: Float32Array
  }[]
}

/** What a layer has to say what it is in Keras. */
export interface KerasContext<Fs extends Fields = Fields> {
  readonly dialect: KerasDialect
  readonly config: ConfigOf<Fs>
  /** Shapes of what comes in, without the batch, in the order of the ports. */
  readonly shapes: readonly (readonly number[])[]
  /** For a weight of so many axes; two where it is not said. */
  readonly initializer: (part: Part, axes?: number) => KerasValue
  readonly regularizer: (part: Part) => KerasValue
  /** For a weight of so many axes. */
  readonly constraint: (part: Part, axes: number) => KerasValue
  /** The name of an activation within the layer; ends in a refusal where Keras has none of that kind. */
  readonly activation: (part: Part) => string
  /** The same at the end of the layer: where it has no name, it becomes a layer of its own behind this one. */
  readonly endsWith: (part: Part) => string
  /** Keras cannot do that. `why` follows on the layer's name: "has no GRU that resets after the product". */
  readonly refuse: (why: string) => never
}

/** Settings as a file of Keras has them. */
export interface GivenSettings {
  readonly [name: string]: GivenValue
}
export type GivenValue = null | boolean | number | string | readonly GivenValue[] | GivenSettings

/** What a layer has to read what Keras calls it. */
export interface FromKeras {
  readonly settings: GivenSettings
  /** Shapes of what comes in, without the batch, as far as they are known. */
  readonly shapes: readonly (readonly number[])[]
  /** The layer's own fields from settings that are called alike: kernelSize from kernel_size. */
  readonly alike: (settings: GivenSettings) => Config
  /** A layer within a layer. */
  readonly layer: (setting: string) => { readonly class: string; readonly settings: GivenSettings }
  /** An activation by its name in Keras, or as an object. */
  readonly activation: (value: GivenValue) => Part
  /** Netloom cannot do that. `why` follows on the layer's name there: "has windows that are not square". */
  readonly refuse: (why: string) => never
}

/** What Keras' settings are here; `said` names those that have been dealt with, others are compared with `keras`. */
export interface FoundInKeras {
  readonly config: Config
  readonly said?: readonly string[]
}

/** An activation in Keras: its name there, or a layer. */
export type KerasActivation = string | KerasLayer

/** What a loss compares: numbers of one answer, and of how many classes they speak. */
export interface KerasAnswers {
  readonly outputs: number
  /** Undefined where the answers are numbers. */
  readonly classes: number | undefined
}

/**
 * A loss in Keras: a class, which is given true classes as 0, 1, 0 … or as their numbers; or, where Keras has none, what is
 * added up over the numbers of an answer, in keras.ops of y_true and y_pred.
 */
export type KerasLoss =
  | { readonly class: string; readonly config: KerasConfig; readonly numbered?: boolean }
  | { readonly sumOf: string }

/** A training in numbers, for a learning rate that changes. */
export interface KerasRate {
  readonly rate: number
  readonly stepsPerEpoch: number
  /** Updates in all. */
  readonly steps: number
  /** What is watched: val_loss, or loss where nothing is held back. */
  readonly monitor: string
}

/** How the learning rate changes, in Keras: a number, a schedule, or something that acts after each epoch. */
export type KerasSchedule = number | KerasObject | { readonly callback: KerasObject }
