import type { Dataset, PartName } from '@core/data/dataset'
import type { Document } from '@core/document/schema'
import type { Derivation } from '@core/graph/derive'
import type { Problem } from '@core/result'
import type { NamedTensor } from '@core/run/checkpoint'
import type { EngineInfo } from '@core/run/events'
import type { SystemPlan } from '@core/graph/plan'

/** Something that can train networks. */
export interface Engine {
  readonly info: EngineInfo
  /** Why it cannot train this document's network; undefined where it can. The document has no other problems. */
  readonly supports: (document: Document, derivation: Derivation) => Problem | undefined
  /**
   * A network with its starting weights. The document must have no problems and be supported. What takes long is done
   * piece by piece, so that a network that is being trained goes on meanwhile.
   */
  readonly compile: (
    document: Document,
    derivation: Derivation,
    dataset: Dataset
  ) => CompiledNetwork | Promise<CompiledNetwork>
  /** What measures gradients of a network, where the engine can run one operation by operation. */
  readonly meter?: (plan: SystemPlan, document: Document, dataset: Dataset) => GradientMeter
}

/** Measures the gradients of a network beside its training, which it does not touch. */
export interface GradientMeter {
  readonly measure: (
    rows: Int32Array,
    weights: readonly NamedTensor[],
    document: Document
  ) => MeasuredGradients
  /** The slope of what the network says to one example for each of its numbers; see `AnswerSlopes`. */
  readonly slopes: (
    example: Float32Array,
    class_: number | undefined,
    weights: readonly NamedTensor[],
    document: Document
  ) => AnswerSlopes
}

/** How an answer moves when a number of the example moves by 1: to first order, so for small moves. */
export interface AnswerSlopes {
  /** Log-odds of the class, or the number that is answered. */
  readonly value: number
  /** [shape] */
  readonly slopes: Float32Array
}

/** Gradients on some rows of the data. */
export interface MeasuredGradients {
  /** The minimised number, without penalties. */
  readonly loss: number
  /** Its slopes for each weight that learns, by full name: before penalties are added and before they are clipped. */
  readonly weights: ReadonlyMap<string, Float32Array>
  /**
   * Slopes of the loss of single examples for the answers of each layer that learns, but the one that answers: by node,
   * [examples, …shape].
   */
  readonly answers: ReadonlyMap<string, Float32Array>
}

/** How well a network does. */
export interface Score {
  /** The minimised number with the penalty; a summed loss is told per example. */
  readonly loss: number
  /** Share of right answers; undefined where there is no right or wrong. */
  readonly accuracy: number | undefined
  /** The phase it belongs to, where a scheme has several. */
  readonly phase?: string
}

/** What a node answers to some examples. */
export interface Activations {
  readonly units: number
  /** [units, examples]: one unit's answers stand together, as a picture of it wants them. */
  readonly values: Float32Array
}

/** Some updates in a row. */
export interface TrainRequest {
  /** Number of the first of them in the run, from 0: it places the random numbers. */
  readonly first: number
  /** The rows of the data set for each update; undefined is the whole training part. */
  readonly batches: readonly (Int32Array | undefined)[]
  /**
   * What these rows show this time, [rows, …shape] for each update, in the place of what the data set has for them;
   * where the right answer is the example itself, it is this one. Undefined: as the data set has them.
   */
  readonly examples?: readonly Float32Array[] | undefined
  /** What the schedule multiplies the learning rate with, one for each update. */
  readonly factors: readonly number[]
  /**
   * Whether the scores will be looked at. Where not, the losses may lack the penalty and only tell whether training
   * still works, and accuracies may be NaN.
   */
  readonly measured: boolean
}

/** A network on an engine: weights, optimizer state and data live there. */
export interface CompiledNetwork {
  readonly engine: EngineInfo
  /** Numbers in one weight set, for budgets. */
  readonly parameters: number
  /** Takes up the hot settings of a newer revision with the same structure, at the next update. */
  readonly configure: (document: Document) => void
  /** Makes the updates, and scores each batch as it was before its update. */
  readonly train: (request: TrainRequest) => readonly Score[]
  /** Can a part be scored? Two networks that play against each other have no score of their own. */
  readonly evaluates: boolean
  /** Examples that are scored together. */
  readonly evaluateRows: number
  /** As the network answers now: without dropout, with the penalty. On the first examples of a part where `most` says how many. */
  readonly evaluate: (part: PartName, most?: number) => Score
  /** The answers to a part's examples [rows · positions, outputs], as metrics want them. */
  readonly predict: (part: PartName) => Float32Array
  /**
   * What each of the nodes answers to examples [count, …shape], at most `unitLimit` units a node; with other
   * weights than its own where they are given.
   */
  readonly activations: (request: ActivationRequest) => { readonly [nodeId: string]: Activations }
  /**
   * What the network says to examples [count, …shape]: the shares given to each class [count · positions, classes], or
   * numbers [count, outputs]. With other weights than its own where they are given.
   */
  readonly answers: (points: Float32Array, weights?: readonly NamedTensor[]) => Float32Array
  readonly weights: () => readonly NamedTensor[]
  /** Weights, what the optimizer remembers about them, and how many updates it has made. */
  readonly readState: () => readonly NamedTensor[]
  /** Puts weights and optimizer state back; an optimizer tensor that is not given starts anew. */
  readonly writeState: (state: readonly NamedTensor[]) => void
  readonly dispose: () => void
}

/** See `CompiledNetwork.activations`. */
export interface ActivationRequest {
  readonly points: Float32Array
  readonly unitLimit: number
  /** The place of the network among the project's; that of the data where it is not said. */
  readonly network?: number
  readonly weights?: readonly NamedTensor[]
}

/**
 * Name of what counts the updates in a state: a number for each phase of the scheme, a scalar for a single one. No
 * node id holds a dot.
 */
export const UPDATES = 'training.optimizer/updates'
