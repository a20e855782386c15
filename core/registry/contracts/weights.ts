import type { RandomStream } from '../../random/stream'
import type { Config, ConfigOf, Fields } from '../fields'
import type { Described } from './described'
import type { KerasConfig, KerasDialect } from './keras'
import type { Ops, Tensor } from './ops'

/* What a weight starts as, and what holds it while it learns. */

/** A weight that is about to get its first values. fanIn and fanOut as Keras computes them. */
export interface NewWeight {
  readonly shape: readonly number[]
  readonly size: number
  readonly fanIn: number
  readonly fanOut: number
}

/** A class of keras.initializers with its settings. */
export interface KerasInitializer {
  readonly class: string
  readonly config: KerasConfig
}

/** A rule for starting weights. */
export interface InitializerDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  /** Values of this weight, row-major. */
  readonly values: (config: ConfigOf<Fs>, weight: NewWeight, random: RandomStream) => Float32Array
  /** What it is in Keras. */
  readonly keras: (config: ConfigOf<Fs>, dialect: KerasDialect) => KerasInitializer
  /** Names of Keras' settings by field, where they are called otherwise there. */
  readonly fromKeras?: { readonly [F in keyof Fs & string]?: string }
  /** Mean and standard deviation that many values show, for the tests. */
  readonly moments: (config: ConfigOf<Fs>, weight: NewWeight) => { mean: number; std: number }
}

/** A penalty on large weights, added to the loss. */
export interface RegularizerDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  /** λ₁ and λ₂ of λ₁·Σ|w| + λ₂·Σw² (Keras' L1L2). As numbers, so that they can change while training runs. */
  readonly rates: (config: ConfigOf<Fs>) => { readonly l1: number; readonly l2: number }
}

/** A rule that weights are held to after each step. */
export interface ConstraintDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  /** The weight as it may be. */
  readonly apply: (ops: Ops, weight: Tensor, config: ConfigOf<Fs>) => Tensor
  /** What it is in Keras for a weight of so many axes; undefined where it does nothing. */
  readonly keras?: (
    config: ConfigOf<Fs>,
    axes: number
  ) => { readonly class: string; readonly config: KerasConfig }
  /** Names of Keras' settings by field, where they are called otherwise there. */
  readonly fromKeras?: { readonly [F in keyof Fs & string]?: string }
  readonly examples: readonly {
    readonly config: Config
    readonly weight: number[][]
    readonly held: number[][]
  }[]
}
