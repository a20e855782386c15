import type { Dataset, PartName } from '@core/data/dataset'
import type { Document } from '@core/document/schema'
import type { Derivation } from '@core/graph/derive'
import type { Problem } from '@core/result'
import type { NamedTensor } from '@core/run/checkpoint'
import type { EngineInfo } from '@core/run/events'

/** Something that can train networks. */
export interface Engine {
  readonly info: EngineInfo
  /** Why it cannot train this document's network; undefined where it can. */
  readonly supports: (document: Document) => Problem | undefined
  /** A network with its starting weights. The document must have no problems and be supported. */
  readonly compile: (document: Document, derivation: Derivation, dataset: Dataset) => CompiledNetwork
}

/** Loss with the penalty, an example, and the share of right answers. */
export interface Score {
  readonly loss: number
  readonly accuracy: number
}

/** What a node answers to some points. */
export interface Activations {
  readonly units: number
  /** [points, units], row-major. */
  readonly values: Float32Array
}

/** A network on an engine: weights, optimizer state and data live there. */
export interface CompiledNetwork {
  readonly engine: EngineInfo
  /** Numbers in one weight set, for budgets. */
  readonly parameters: number
  /** Takes up the hot settings of a newer revision with the same structure. */
  readonly configure: (document: Document) => void
  /**
   * One update from these rows of the data set (undefined: the whole training part). `index` numbers the step
   * from 0 and places the random numbers. Loss and accuracy are those before the update. Where they are not
   * `measured`, the loss lacks the penalty and only tells whether training still works; accuracy is NaN.
   */
  readonly step: (rows: Int32Array | undefined, index: number, measured: boolean) => Score
  /** As the network answers now: without dropout, with the penalty. */
  readonly evaluate: (part: PartName) => Score
  /**
   * What each of the nodes answers to points [count, features], at most `unitLimit` units a node; with other
   * weights than its own where they are given.
   */
  readonly activations: (request: ActivationRequest) => { readonly [nodeId: string]: Activations }
  /** The shares given to each class [count, classes]. */
  readonly shares: (points: Float32Array, weights?: readonly NamedTensor[]) => Float32Array
  readonly weights: () => readonly NamedTensor[]
  /** Weights, what the optimizer remembers about them, and how many updates it has made. */
  readonly readState: () => readonly NamedTensor[]
  /** Puts weights and optimizer state back; an optimizer tensor that is not given starts at zero again. */
  readonly writeState: (state: readonly NamedTensor[]) => void
  readonly dispose: () => void
}

/** See `CompiledNetwork.activations`. */
export interface ActivationRequest {
  readonly points: Float32Array
  readonly unitLimit: number
  readonly weights?: readonly NamedTensor[]
}

/** Name of the scalar in a state that counts the updates an optimizer has made. No node id holds a dot. */
export const UPDATES = 'training.optimizer/updates'
