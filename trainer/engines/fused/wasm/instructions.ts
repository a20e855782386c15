import { float32, float64, signed, unsigned, type Code } from './encoding'

/** Value types of WebAssembly and their bytes. */
export const TYPE_BYTES = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const

/** A value type of WebAssembly. */
export type Type = keyof typeof TYPE_BYTES

/** Code that leaves one value of a type on the stack. */
export interface Expr<T extends Type> {
  readonly type: T
  readonly code: Code
}

/** Four numbers side by side. */
export type Vec = Expr<'v128'>
/** A whole number: a count or an address in bytes. */
export type Int = Expr<'i32'>

const expr = <T extends Type>(type: T, ...code: Code[]): Expr<T> => ({ type, code })
const simd = (opcode: number): Code => [0xfd, unsigned(opcode)]

const unary =
  <A extends Type, R extends Type>(result: R, opcode: Code) =>
  (a: Expr<A>): Expr<R> =>
    expr(result, a.code, opcode)
const binary =
  <A extends Type, R extends Type>(result: R, opcode: Code) =>
  (a: Expr<A>, b: Expr<A>): Expr<R> =>
    expr(result, a.code, b.code, opcode)

/** Where a load or store goes: an address, plus a number of bytes that is known now. */
const at = (offset: number): Code => [0, unsigned(offset)]
const load =
  <T extends Type>(type: T, opcode: Code) =>
  (address: Int, offset = 0): Expr<T> =>
    expr(type, address.code, opcode, at(offset))
const store =
  <T extends Type>(opcode: Code) =>
  (address: Int, offset: number, value: Expr<T>): Code => [address.code, value.code, opcode, at(offset)]

/** 32-bit whole numbers. Comparisons are unsigned. */
export const i32 = {
  const: (value: number): Int => expr('i32', 0x41, signed(value)),
  load: load('i32', 0x28),
  add: binary<'i32', 'i32'>('i32', 0x6a),
  sub: binary<'i32', 'i32'>('i32', 0x6b),
  mul: binary<'i32', 'i32'>('i32', 0x6c),
  shl: binary<'i32', 'i32'>('i32', 0x74),
  shr: binary<'i32', 'i32'>('i32', 0x76),
  and: binary<'i32', 'i32'>('i32', 0x71),
  lt: binary<'i32', 'i32'>('i32', 0x49),
  /** The smaller of two; each is worked out twice. */
  min: (a: Int, b: Int): Int => expr('i32', a.code, b.code, i32.lt(a, b).code, 0x1b),
  eq: binary<'i32', 'i32'>('i32', 0x46),
  eqz: unary<'i32', 'i32'>('i32', 0x45)
}

/** 32-bit floating point numbers. */
export const f32 = {
  store: store<'f32'>(0x38),
  div: binary<'f32', 'f32'>('f32', 0x95),
  fromInt: unary<'i32', 'f32'>('f32', 0xb3),
  fromDouble: unary<'f64', 'f32'>('f32', 0xb6)
}

/** 64-bit floating point numbers. */
export const f64 = {
  const: (value: number): Expr<'f64'> => expr('f64', 0x44, float64(value)),
  load: load('f64', 0x2b),
  store: store<'f64'>(0x39),
  add: binary<'f64', 'f64'>('f64', 0xa0),
  fromFloat: unary<'f32', 'f64'>('f64', 0xbb)
}

/** A place in a vector of four. */
export type Lane = 0 | 1 | 2 | 3

/** 128 bits, whatever they mean. */
export const v128 = {
  load: load('v128', simd(0)),
  /** One float32 of memory in all four places. */
  loadSplat: load('v128', simd(9)),
  store: store<'v128'>(simd(11)),
  /** `value` with one place taken from memory. */
  loadLane: (address: Int, offset: number, lane: Lane, value: Vec): Vec =>
    expr('v128', address.code, value.code, simd(86), at(offset), lane),
  /** One float32 of memory in the first place, zeros in the others. */
  loadZero: load('v128', simd(92)),
  /** Bytes of a, then of b, picked by their places in the two together: four numbers as places of float32. */
  shuffle: (a: Vec, b: Vec, places: readonly [number, number, number, number]): Vec =>
    expr(
      'v128',
      a.code,
      b.code,
      simd(13),
      places.flatMap((p) => [4 * p, 4 * p + 1, 4 * p + 2, 4 * p + 3])
    ),
  not: unary<'v128', 'v128'>('v128', simd(77)),
  and: binary<'v128', 'v128'>('v128', simd(78)),
  /** Bits of a that b does not have. */
  andNot: binary<'v128', 'v128'>('v128', simd(79)),
  or: binary<'v128', 'v128'>('v128', simd(80)),
  xor: binary<'v128', 'v128'>('v128', simd(81)),
  /** Bits of a where the mask has ones, of b elsewhere. */
  select: (a: Vec, b: Vec, mask: Vec): Vec => expr('v128', a.code, b.code, mask.code, simd(82))
}

/** Four float32. Comparisons give all ones or all zeros a place. */
export const f32x4 = {
  /** The same number in all four places. */
  const: (value: number): Vec => f32x4.consts([value, value, value, value]),
  consts: (values: readonly [number, number, number, number]): Vec =>
    expr('v128', simd(12), values.map(float32)),
  splat: unary<'f32', 'v128'>('v128', simd(19)),
  lane: (value: Vec, lane: Lane): Expr<'f32'> => expr('f32', value.code, simd(31), lane),
  eq: binary<'v128', 'v128'>('v128', simd(65)),
  ne: binary<'v128', 'v128'>('v128', simd(66)),
  lt: binary<'v128', 'v128'>('v128', simd(67)),
  gt: binary<'v128', 'v128'>('v128', simd(68)),
  ge: binary<'v128', 'v128'>('v128', simd(70)),
  abs: unary<'v128', 'v128'>('v128', simd(224)),
  neg: unary<'v128', 'v128'>('v128', simd(225)),
  sqrt: unary<'v128', 'v128'>('v128', simd(227)),
  add: binary<'v128', 'v128'>('v128', simd(228)),
  sub: binary<'v128', 'v128'>('v128', simd(229)),
  mul: binary<'v128', 'v128'>('v128', simd(230)),
  div: binary<'v128', 'v128'>('v128', simd(231)),
  /** b where b < a, else a: a that is not a number stays so. One instruction of x86, unlike `min`. */
  pmin: binary<'v128', 'v128'>('v128', simd(234)),
  /** b where a < b, else a. */
  pmax: binary<'v128', 'v128'>('v128', simd(235)),
  fromInts: unary<'v128', 'v128'>('v128', simd(250))
}

/** Four 32-bit whole numbers. */
export const i32x4 = {
  const: (value: number): Vec => {
    const bytes = new Uint8Array(Int32Array.of(value).buffer)
    return expr('v128', simd(12), bytes, bytes, bytes, bytes)
  },
  add: binary<'v128', 'v128'>('v128', simd(174)),
  sub: binary<'v128', 'v128'>('v128', simd(177)),
  shl: (a: Vec, bits: number): Vec => expr('v128', a.code, i32.const(bits).code, simd(171)),
  shr: (a: Vec, bits: number): Vec => expr('v128', a.code, i32.const(bits).code, simd(173))
}
