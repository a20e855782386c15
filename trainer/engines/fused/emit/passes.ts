import type { FunctionBuilder, Local } from '../wasm/functionBuilder'
import type { Int } from '../wasm/instructions'
import type { Layout } from '../layout'

/** Rows of the order: where their numbers stand and how many there are. */
export interface Rows {
  readonly order: Int
  readonly count: Int
  /** How far each of them counts in the minimised number. */
  readonly share: Local<'f32'>
}

/** The ways of rows through a network, for the functions that a module offers. */
export interface Passes {
  readonly layout: Layout
  /** Emits what makes rows ready that many steps take. */
  readonly prepare: (f: FunctionBuilder, rows: Rows) => void
  /** Emits losses, right answers and gradients of rows; `ready`: not 0 where they have been made ready. */
  readonly learn: (f: FunctionBuilder, rows: Rows, ready: Int) => void
  /** Emits losses and right answers of rows, with the weight set at an address. */
  readonly score: (f: FunctionBuilder, rows: Rows, weights: Int) => void
  /** Emits the answers of all layers to points [0, count), with the weight set at an address. */
  readonly answer: (f: FunctionBuilder, count: Local<'i32'>, weights: Local<'i32'>) => void
}
