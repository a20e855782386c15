import type { FunctionBuilder, Local } from '../wasm/functionBuilder'
import { f32x4, f64, i32, type Vec } from '../wasm/instructions'
import type { Layout } from '../layout'

/** What examples add up to, one sum a place of the vector. */
export interface Sums {
  readonly loss: Local<'v128'>
  readonly hits: Local<'v128'>
}

/** Adds the four places of a vector to the result at this position, in float64. */
export function addResult(f: FunctionBuilder, { address }: Layout, position: number, sums: Vec): void {
  const lanes = ([0, 1, 2, 3] as const).map((lane) => f64.fromFloat(f32x4.lane(sums, lane)))
  const total = lanes.reduce((a, b) => f64.add(a, b))
  const results = i32.const(address.results)
  f.do(f64.store(results, 8 * position, f64.add(f64.load(results, 8 * position), total)))
}
