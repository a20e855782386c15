import type { PlaneInputName } from '../../data/points/inputs'
import type { HeldOut } from '../../data/split'
import type { Target } from '../../graph/signal'
import type { Problem } from '../../result'
import type { ConfigOf, Fields } from '../fields'
import type { Described } from './described'

/** What a source offers, before it has made a single row. */
export interface SourceDescription {
  /** Names of the numbers of one example, where they have names. */
  readonly features: readonly string[]
  /** Names of the classes; empty where the answers are numbers. */
  readonly classes: readonly string[]
  /** Shape of one example. */
  readonly shape: readonly number[]
  readonly target: Target
  /** Examples are points of a plane, which `generate` makes as [rows, 2]; the network gets these inputs of them. */
  readonly plane?: {
    readonly inputs: readonly PlaneInputName[]
    /** [x from, x to, y from, y to] that is shown; where all points lie if it is not said. */
    readonly domain?: readonly [number, number, number, number]
  }
  /** All rows, with those held out. */
  readonly rows: number
  /** Rows at the end that the makers of the data set have set aside. */
  readonly heldOut?: HeldOut
}

/** Examples and their answers: see `Dataset`. */
export interface Rows {
  readonly x: Float32Array | Uint8Array
  readonly y: Int32Array | Float32Array | undefined
  readonly scale?: number
}

/** A data set of the library: examples as bytes [rows, …shape], a class number each; training rows come first. */
export interface LibraryRows {
  readonly x: Uint8Array
  readonly y: Uint8Array
}

/** Data sets of the library by name, as far as they are asked for. */
export type LibraryData = { readonly [name: string]: LibraryRows }

/** What a source makes rows from. */
export interface GenerateContext {
  /** Files that travel with the project, as text by name. */
  readonly files: { readonly [name: string]: string }
  /** Those that `library` names. */
  readonly library: LibraryData
  readonly seed: number
}

/** Where data comes from. */
export interface SourceDefinition<Fs extends Fields = Fields> extends Described<Fs> {
  readonly icon: string
  /** Names of the library's data sets it needs. */
  readonly library?: readonly string[]
  readonly describe: (
    config: ConfigOf<Fs>,
    files: { readonly [name: string]: string }
  ) => SourceDescription | Problem
  readonly generate: (config: ConfigOf<Fs>, context: GenerateContext) => Rows
}
