import { f32x4, i32 } from '../../wasm/instructions'
import { VECTOR } from '../../layout'
import type { SizedLayer } from '../../spec'
import { beyond, load, splat, store, type Place, type Strip } from '../place'
import { walk } from '../walk'
import { after, overSteps, readBy, rowsAt, type Frame, type SequenceContext } from './context'
import { vectorsOf } from './layout'

/** Vectors of a row that are added up side by side, and sums in registers at once. */
const VECTORS = 4
const SUMS = 12
/** Blocks up to which the code is written out. */
const UNROLLED = 1

/** A gradient that is the sum over steps of number · slope. */
interface Outer {
  readonly steps: number
  /** The numbers of each step, or none for a bias. */
  readonly numbers: (Strip & { readonly count: number }) | undefined
  readonly slopes: Strip & { readonly count: number }
  /** [numbers, slopes] */
  readonly gradient: Place
}

/** Emits, for one layer, what the steps of an example add to its gradients. */
export function layerGradients(context: SequenceContext, frame: Frame, layer: SizedLayer): void {
  const { layout } = context
  const { index, inputs, units, steps, recurrent, bias } = layer
  const { value, delta } = layout.buffers[index]!
  const place = layout.weights[index]!
  const gradient = (position: number): Place => ({
    pointer: i32.const(0),
    offset: layout.address.gradients + 4 * position
  })
  const slopes = { ...rowsAt(i32.const(0), delta), count: units }
  const given = { ...readBy(context, frame, layer), count: inputs }
  add(frame, { steps, numbers: given, slopes, gradient: gradient(place.kernel) })
  if (recurrent && steps > 1) {
    const carried = { ...rowsAt(frame.point, value), count: units }
    const later = { ...after(slopes, 1), count: units }
    add(frame, { steps: steps - 1, numbers: carried, slopes: later, gradient: gradient(place.recurrent) })
  }
  if (bias) add(frame, { steps, numbers: undefined, slopes, gradient: gradient(place.bias) })
}

function add({ f }: Frame, { steps, numbers, slopes, gradient }: Outer): void {
  const vectors = vectorsOf(slopes.count)
  const rowBytes = 4 * slopes.count
  const together = Math.min(VECTORS, vectors)
  const places = [
    { from: slopes.from, stride: VECTOR },
    { from: gradient, stride: VECTOR }
  ]
  walk(f, { count: vectors, step: together, unroll: UNROLLED, places }, ([slope, column], width) => {
    const own = { from: slope!, stride: slopes.stride }
    if (!numbers) return tile(own, width, undefined, 1, column!)
    const down = {
      count: numbers.count,
      step: Math.floor(SUMS / together),
      unroll: UNROLLED,
      places: [
        { from: numbers.from, stride: 4 },
        { from: column!, stride: rowBytes }
      ]
    }
    walk(f, down, ([number, at], rows) =>
      tile(own, width, { from: number!, stride: numbers.stride }, rows, at!)
    )
  })

  /** Some rows of the gradient, some vectors of each. */
  function tile(slope: Strip, width: number, number: Strip | undefined, rows: number, at: Place): void {
    const sums = Array.from({ length: rows }, () =>
      Array.from({ length: width }, () => f.keep(f32x4.const(0)))
    )
    const strips = number ? [slope, number] : [slope]
    overSteps(f, { count: steps, strips }, ([d, x]) => {
      const own = Array.from({ length: width }, (_, k) => f.keep(load(d!, VECTOR * k)))
      for (const [row, list] of sums.entries()) {
        const factor = x && f.keep(splat(x, 4 * row))
        own.forEach((v, k) => f.set(list[k]!, f32x4.add(list[k]!, factor ? f32x4.mul(factor, v) : v)))
      }
    })
    // In order: beyond the last unit a vector adds zeros to the row that comes after it.
    for (const [row, list] of sums.entries())
      list.forEach((sum, k) => {
        const bytes = row * rowBytes + VECTOR * k
        store(f, at, bytes, f32x4.add(load(beyond(at, bytes)), sum))
      })
  }
}
