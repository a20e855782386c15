import type { FunctionBuilder, Local } from '../wasm/functionBuilder'
import type { Buffer, Layout } from '../layout'
import type { FusedSpec } from '../spec'
import type { VectorMath } from './math'
import type { Place } from './walk'

/** What code for a network is written from. */
export interface Context {
  readonly spec: FusedSpec
  readonly layout: Layout
  /** Groups of four examples that are worked on together. */
  readonly groups: number
}

/** The examples that a stretch of code works on, and the weights it uses. */
export interface Frame {
  readonly f: FunctionBuilder
  readonly math: VectorMath
  /** Added to addresses of gathered inputs, targets and shares. */
  readonly gathered: Local<'i32'>
  /** Added to addresses of answers and slopes. */
  readonly group: Local<'i32'>
  /** Where the weight set starts. */
  readonly weights: Local<'i32'>
}

/** Where a buffer's first unit stands for the examples of a frame. */
export function start(pointer: Local<'i32'>, { base }: Buffer): Place {
  return { pointer, offset: base }
}
