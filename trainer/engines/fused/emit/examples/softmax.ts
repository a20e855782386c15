import { f32x4, type Vec } from '../../wasm/instructions'
import { VECTOR } from '../../layout'
import type { ExampleContext, Frame } from './context'
import type { Tile } from '../math'
import { walk } from '../walk'
import { load, store, type Place } from '../place'

/** Outputs up to which the code is written out. */
const UNROLLED = 16

/** Goes over the units of one or more buffers, one unit at a time. */
export function overUnits(
  { f }: Frame,
  units: number,
  places: readonly { readonly from: Place; readonly stride: number }[],
  body: (at: readonly Place[]) => void
): void {
  walk(f, { count: units, step: 1, unroll: UNROLLED, places }, body)
}

/** One vector for each group. */
export function perGroup({ groups }: ExampleContext, { f }: Frame, value: (g: number) => Vec): Tile {
  return Array.from({ length: groups }, (_, g) => f.keep(value(g)))
}

/**
 * Writes exp(z − max z) of each unit's sum z to `to`; gives the largest sums and the sums of what was written.
 */
export function exponentials(
  context: ExampleContext,
  frame: Frame,
  units: number,
  stride: number,
  from: Place,
  to: Place
): { readonly largest: Tile; readonly total: Tile } {
  const { f, math } = frame
  const largest = perGroup(context, frame, (g) => load(from, VECTOR * g))
  overUnits(frame, units, [{ from, stride }], ([z]) => {
    largest.forEach((m, g) => f.set(m, f32x4.pmax(m, load(z!, VECTOR * g))))
  })
  const total = perGroup(context, frame, () => f32x4.const(0))
  const both = [
    { from, stride },
    { from: to, stride }
  ]
  overUnits(frame, units, both, ([z, out]) => {
    const e = math.exp(math.each(largest, (m, g) => f32x4.sub(load(z!, VECTOR * g), m)))
    e.forEach((v, g) => {
      f.set(total[g]!, f32x4.add(total[g]!, v))
      store(frame.f, out!, VECTOR * g, v)
    })
  })
  return { largest, total }
}

/** Turns sums into shares: exp z / Σ exp z, in place. */
export function softmax(
  context: ExampleContext,
  frame: Frame,
  units: number,
  stride: number,
  at: Place
): void {
  frame.f.scope(() => {
    const { total } = exponentials(context, frame, units, stride, at, at)
    overUnits(frame, units, [{ from: at, stride }], ([p]) => {
      total.forEach((sum, g) => store(frame.f, p!, VECTOR * g, f32x4.div(load(p!, VECTOR * g), sum)))
    })
  })
}

/** Slopes by shares p become slopes by sums: p · (d − Σ p · d), in place. */
export function throughSoftmax(
  context: ExampleContext,
  frame: Frame,
  units: number,
  stride: number,
  shares: Place,
  slopes: Place
): void {
  const { f } = frame
  const both = [
    { from: shares, stride },
    { from: slopes, stride }
  ]
  f.scope(() => {
    const total = perGroup(context, frame, () => f32x4.const(0))
    overUnits(frame, units, both, ([p, d]) => {
      total.forEach((sum, g) =>
        f.set(sum, f32x4.add(sum, f32x4.mul(load(p!, VECTOR * g), load(d!, VECTOR * g))))
      )
    })
    overUnits(frame, units, both, ([p, d]) => {
      total.forEach((sum, g) => {
        const rest = f32x4.sub(load(d!, VECTOR * g), sum)
        store(frame.f, d!, VECTOR * g, f32x4.mul(load(p!, VECTOR * g), rest))
      })
    })
  })
}
