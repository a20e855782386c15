import { f32x4, i32, v128, type Int, type Vec } from '../../wasm/instructions'
import type { FunctionBuilder, Local } from '../../wasm/functionBuilder'
import { VECTOR } from '../../layout'
import type { Buffer } from './layout'
import type { SizedLayer } from '../../spec'
import type { ExampleContext } from './context'
import { sumEach } from '../lanes'
import { walk } from '../walk'
import { beyond, load, type Place } from '../place'

/** Units of a layer whose gradients are added up side by side: what one vector of memory holds. */
const UNITS = 4
/** Sums in registers at once. */
const SUMS = 12
/** Blocks up to which the code is written out. */
const UNROLLED = 3

/** Where an input of a layer stands for all groups of a chunk, and its kernel row's gradient. The bias has no input. */
interface Row {
  readonly input: Place | undefined
  readonly gradient: Place
}

/**
 * Emits, for one layer, kernel gradient += Σ input · slope and bias gradient += Σ slope over the examples of a chunk.
 *
 * @param gathered added to addresses of gathered inputs
 * @param bytes of the chunk's groups
 */
export function layerGradients(
  { layout }: ExampleContext,
  f: FunctionBuilder,
  { index, inputs, units, bias }: SizedLayer,
  gathered: Local<'i32'>,
  bytes: Int
): void {
  const { delta } = layout.chunk[index]!
  const { masked } = layout.chunk[index]!
  const before: Buffer = masked ?? (index === 0 ? layout.gathered.inputs : layout.chunk[index - 1]!.value)
  const zero = f.keep(i32.const(0))
  const place = layout.weights[index]!
  const gradientAt = (position: number): Place => ({
    pointer: zero,
    offset: layout.address.gradients + 4 * position
  })
  const together = Math.min(UNITS, units)
  const rowsTogether = Math.max(1, Math.floor(SUMS / together))
  const tile = { f, bytes, from: index === 0 && !masked ? gathered : zero }

  const perUnits = {
    count: units,
    step: together,
    unroll: UNROLLED,
    places: [
      { from: { pointer: zero, offset: delta.base }, stride: delta.stride },
      { from: gradientAt(place.kernel), stride: 4 },
      { from: gradientAt(place.bias), stride: 4 }
    ]
  }
  walk(f, perUnits, ([slope, kernelRow, biasRow], size) => {
    const slopes = { from: slope!, stride: delta.stride, count: size }
    const biasAlone: Row[] = bias ? [{ input: undefined, gradient: biasRow! }] : []
    if (inputs < rowsTogether) {
      const rows = Array.from({ length: inputs }, (_, i) => ({
        input: { pointer: tile.from, offset: before.base + i * before.stride },
        gradient: beyond(kernelRow!, 4 * units * i)
      }))
      return sumTile(tile, [...rows, ...biasAlone], slopes)
    }
    const perInputs = {
      count: inputs,
      step: rowsTogether,
      unroll: UNROLLED,
      places: [
        { from: { pointer: tile.from, offset: before.base }, stride: before.stride },
        { from: kernelRow!, stride: 4 * units }
      ]
    }
    walk(f, perInputs, ([input, gradient], rows) =>
      sumTile(
        tile,
        Array.from({ length: rows }, (_, i) => ({
          input: beyond(input!, i * before.stride),
          gradient: beyond(gradient!, 4 * units * i)
        })),
        slopes
      )
    )
    if (bias) sumTile(tile, biasAlone, slopes)
  })
}

/** Some rows' gradients of up to four units. */
function sumTile(
  { f, bytes }: { readonly f: FunctionBuilder; readonly bytes: Int },
  rows: readonly Row[],
  slopes: { readonly from: Place; readonly stride: number; readonly count: number }
): void {
  const sums = rows.map(() => Array.from({ length: slopes.count }, () => f.keep(f32x4.const(0))))
  // Pointers run over the groups; those with the same start share one.
  const pointers = new Map<Int, Local<'i32'>>()
  const running = ({ pointer, offset }: Place): Place => {
    let own = pointers.get(pointer)
    if (!own) pointers.set(pointer, (own = f.keep(pointer)))
    return { pointer: own, offset }
  }
  const slope = running(slopes.from)
  const inputs = rows.map(({ input }) => input && running(input))
  const end = f.keep(i32.add(slope.pointer, bytes))
  // Two groups a turn: there is never an odd number of them.
  const turn = 2 * VECTOR
  f.repeat(
    () => {
      for (let at = 0; at < turn; at += VECTOR)
        f.scope(() => {
          const own = Array.from({ length: slopes.count }, (_, u) =>
            f.keep(load(slope, at + u * slopes.stride))
          )
          for (const [r, input] of inputs.entries()) {
            const x = input && f.keep(load(input, at))
            own.forEach((d, u) => f.set(sums[r]![u]!, f32x4.add(sums[r]![u]!, x ? f32x4.mul(x, d) : d)))
          }
        })
      for (const pointer of pointers.values()) f.advance(pointer, turn)
    },
    () => i32.lt(slope.pointer, end)
  )
  for (const [r, { gradient }] of rows.entries())
    f.scope(() => {
      // Beyond the last unit zeros are added to whatever stands there.
      const four = Array.from({ length: UNITS }, (_, u): Vec => sums[r]![u] ?? f32x4.const(0))
      const { pointer, offset } = gradient
      f.do(v128.store(pointer, offset, f32x4.add(v128.load(pointer, offset), sumEach(f, four))))
    })
}
