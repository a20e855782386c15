import type { FunctionBuilder } from '../wasm/functionBuilder'
import { v128, type Int, type Vec } from '../wasm/instructions'

/** An address in memory: what is known while the code runs, and what is known already. */
export interface Place {
  readonly pointer: Int
  readonly offset: number
}

/** A place and how many bytes lie between one item there and the next. */
export interface Strip {
  readonly from: Place
  readonly stride: number
}

/** A place some bytes further on. */
export function beyond({ pointer, offset }: Place, bytes: number): Place {
  return { pointer, offset: offset + bytes }
}

/** Four numbers from a place. */
export function load(at: Place, bytes = 0): Vec {
  const { pointer, offset } = beyond(at, bytes)
  return v128.load(pointer, offset)
}

/** One number from a place, four times. */
export function splat(at: Place, bytes = 0): Vec {
  const { pointer, offset } = beyond(at, bytes)
  return v128.loadSplat(pointer, offset)
}

/** Puts four numbers to a place. */
export function store(f: FunctionBuilder, at: Place, bytes: number, value: Vec): void {
  const { pointer, offset } = beyond(at, bytes)
  f.do(v128.store(pointer, offset, value))
}
