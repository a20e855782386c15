import type { Constant, Program } from '../program/program'

/** As what weights are stored. */
export type NumberKind = 'float32' | 'float16' | 'int8'

/** Weights as a file has them. */
export interface Stored {
  readonly kind: NumberKind
  /** float16 as its bits. */
  readonly values: Float32Array | Int32Array | Uint16Array | Int8Array
  /** int8: what the numbers along the last axis are multiplied with. */
  readonly scales?: Float32Array
}

const LARGEST_FLOAT16 = 65504

/** Matrices, filters and tables are what makes a file large; a rounded bias would only cost accuracy. */
export function store({ value, values }: Constant, kind: NumberKind): Stored {
  const whole: Stored = { kind: 'float32', values }
  if (value.type !== 'float32' || value.shape.length < 2 || kind === 'float32') return whole
  if (!values.every((v) => Math.abs(v) <= LARGEST_FLOAT16)) return whole
  if (kind === 'float16') return { kind, values: Uint16Array.from(values, toFloat16) }
  const columns = value.shape.at(-1)!
  const largest = new Float32Array(columns)
  values.forEach((v, i) => (largest[i % columns] = Math.max(largest[i % columns]!, Math.abs(v))))
  // A column of zeros has no scale of its own.
  const scales = largest.map((most) => (most === 0 ? 1 : most / 127))
  return { kind, values: Int8Array.from(values, (v, i) => Math.round(v / scales[i % columns]!)), scales }
}

/** The numbers that a program gets back from what is stored. */
export function restored({ kind, values, scales }: Stored): Float32Array | Int32Array {
  if (kind === 'float16') return Float32Array.from(values, fromFloat16)
  if (kind === 'int8') return Float32Array.from(values, (v, i) => v * scales![i % scales!.length]!)
  return values as Float32Array | Int32Array
}

/** The program as it computes when its weights have been stored this way. */
export function asStored(program: Program, kind: NumberKind): Program {
  const constants = [...program.constants].map(
    ([name, constant]) => [name, { ...constant, values: restored(store(constant, kind)) }] as const
  )
  return { ...program, constants: new Map(constants) }
}

const float = new Float32Array(1)
const bits = new Uint32Array(float.buffer)

/** The nearest number of half precision (IEEE 754 binary16), as its bits; halves go to the even one. */
function toFloat16(x: number): number {
  float[0] = x
  const sign = (bits[0]! >>> 16) & 0x8000
  const size = Math.abs(x)
  // Below 2^-14 the numbers are 2^-24 apart.
  if (size < 2 ** -14) return sign | toEven(size * 2 ** 24)
  const exponent = ((bits[0]! >>> 23) & 0xff) - 127
  const fraction = toEven((size / 2 ** exponent - 1) * 1024)
  return sign | (((exponent + 15) << 10) + fraction)
}

function toEven(x: number): number {
  const down = Math.floor(x)
  const rest = x - down
  return rest > 0.5 || (rest === 0.5 && down % 2 === 1) ? down + 1 : down
}

function fromFloat16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1
  const exponent = (half >> 10) & 0x1f
  const fraction = half & 0x3ff
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15))
}
