import type { Local } from '../../wasm/functionBuilder'
import type { Context, Writer } from '../context'
import type { Place } from '../place'
import type { Buffer, ExampleLayout } from './layout'

/** What code for examples side by side is written from. */
export interface ExampleContext extends Context<ExampleLayout> {
  /** Groups of four examples that are worked on together. */
  readonly groups: number
}

/** The examples that a stretch of code works on, and the weights it uses. */
export interface Frame extends Writer {
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
