import type { FunctionBuilder, Local } from '../wasm/functionBuilder'
import { f32x4, v128, type Vec } from '../wasm/instructions'

const { shuffle } = v128

/** The four sums of four vectors, each over its places, in one vector. */
export function sumEach(f: FunctionBuilder, [a, b, c, d]: readonly Vec[]): Vec {
  const pair = (x: Vec, y: Vec): Local<'v128'> =>
    f.keep(f32x4.add(shuffle(x, y, [0, 4, 1, 5]), shuffle(x, y, [2, 6, 3, 7])))
  const ab = pair(a!, b!)
  const cd = pair(c!, d!)
  return f32x4.add(shuffle(ab, cd, [0, 1, 4, 5]), shuffle(ab, cd, [2, 3, 6, 7]))
}

/** What an operation of two makes of a vector's four places, in all of them. */
export function across(f: FunctionBuilder, value: Vec, both: (a: Vec, b: Vec) => Vec): Local<'v128'> {
  const whole = f.keep(value)
  const half = f.keep(both(whole, shuffle(whole, whole, [2, 3, 0, 1])))
  return f.keep(both(half, shuffle(half, half, [1, 0, 3, 2])))
}
