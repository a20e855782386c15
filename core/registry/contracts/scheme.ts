import type { ConfigOf, Fields } from '../fields'
import type { Described } from './described'
import type { LossInput } from './loss'
import type { Ops, Tensor } from './ops'

/** What comes out of one of the project's networks while a step is made. */
export interface PhasePass {
  readonly prediction: Tensor
  /** What went into the last activation, where it takes logits. */
  readonly logits: LossInput['logits']
}

/** What a phase of a scheme has to work with: one batch, operations, and the project's networks. */
export interface PhaseContext<Fs extends Fields = Fields> {
  readonly ops: Ops
  readonly config: ConfigOf<Fs>
  /** Examples [batch, …shape]. */
  readonly x: Tensor
  /** Runs the project's network of this place as in training; without examples it draws its own from noise. */
  readonly run: (network: number, x?: Tensor) => PhasePass
  /** The weights of the first layer of this type, by their names. */
  readonly weightsOf: (type: string) => { readonly [name: string]: Tensor }
  /** Uniform numbers in [0, 1) of this shape. */
  readonly random: (shape: readonly number[]) => Tensor
  /** A pass compared with the true answers, as the project's output says: see `PhaseOutcome`. */
  readonly compare: (pass: PhasePass) => PhaseOutcome
}

/** What a phase follows downhill, and what it tells. */
export interface PhaseOutcome {
  /** A scalar; the weights that learn follow its slope. */
  readonly minimised: Tensor
  /** The loss to tell, a scalar: summed over the answers of the batch. */
  readonly loss: Tensor
  /** How many answers are right, a scalar; undefined where there is no right or wrong. */
  readonly right: Tensor | undefined
}

/** A kind of update. */
export interface Phase<Fs extends Fields = Fields> {
  readonly id: string
  /** As curves are labelled: "Generator". */
  readonly title: string
  /** The place of the network whose weights learn. */
  readonly learns: number
  readonly make: (context: PhaseContext<Fs>) => PhaseOutcome
}

/** A way of learning: which networks there are, and what is done to them step by step. */
export interface SchemeDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  /** The networks it needs, in order, and the ends they have. */
  readonly networks: readonly {
    readonly title: string
    readonly source: string
    readonly sink: string
    /** The layer whose weights the phases work with themselves; it gets the examples as they are. */
    readonly machine?: string
  }[]
  readonly phases: readonly Phase<Fs>[]
  /** The phase of a step, steps counted from 0. Settings may be hot. */
  readonly phaseAt: (config: ConfigOf<Fs>, step: number) => string
  /**
   * The loss of each example [batch] as the networks are now, in the same measure as the first phase tells it.
   * Where it is missing, answers are compared with the true ones (`compares`) or nothing can be measured.
   */
  readonly measure?: (context: Omit<PhaseContext<Fs>, 'random' | 'compare'>) => Tensor
  /** Are answers compared with true ones? */
  readonly compares: boolean
}
