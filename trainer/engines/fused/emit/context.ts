import type { FunctionBuilder } from '../wasm/functionBuilder'
import type { Layout } from '../layout'
import type { FusedSpec } from '../spec'
import type { VectorMath } from './math'

/** What code for a network is written from. */
export interface Context<L extends Layout = Layout> {
  readonly spec: FusedSpec
  readonly layout: L
}

/** A function that is being written, and what it can compute. */
export interface Writer {
  readonly f: FunctionBuilder
  readonly math: VectorMath
}

/** The first layer that learns; below it no slopes are needed. The number of layers where none learns. */
export function lowestLearning({ layout }: Context): number {
  const found = layout.layers.findIndex(({ trainable }) => trainable)
  return found < 0 ? layout.layers.length : found
}
