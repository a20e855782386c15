import { describe, expect, test } from 'vitest'
import { VectorMath, type Tile } from '@trainer/engines/fused/emit/math'
import { instantiate, type WasmMemory } from '@trainer/engines/fused/wasm/host'
import { i32, v128, type Vec } from '@trainer/engines/fused/wasm/instructions'
import { ModuleBuilder } from '@trainer/engines/fused/wasm/moduleBuilder'

const COUNT = 1 << 16

/** A function of `VectorMath` on many numbers. */
function applied(code: (math: VectorMath, x: Tile) => readonly Vec[], x: Float32Array): Float32Array {
  const module = new ModuleBuilder()
  module.define(
    [],
    (f) => {
      const at = f.keep(i32.const(0))
      f.repeat(
        () => {
          const tile = [0, 16].map((offset) => f.keep(v128.load(at, offset)))
          code(new VectorMath(f), tile).forEach((y, i) => f.do(v128.store(at, 16 * i, y)))
          f.advance(at, 32)
        },
        () => i32.lt(at, i32.const(4 * COUNT))
      )
    },
    'run'
  )
  const code_ = instantiate<{ memory: WasmMemory; run: () => void }>(module.encode(4 * COUNT))
  const numbers = new Float32Array(code_.memory.buffer)
  numbers.set(x)
  code_.run()
  return numbers.slice(0, x.length)
}

/** Numbers evenly from one end to the other. */
function even(from: number, to: number): Float32Array {
  return Float32Array.from({ length: COUNT }, (_, i) => from + ((to - from) * i) / (COUNT - 1))
}

/** Numbers of all sizes between two powers of ten, of one sign or both. */
function scales(from: number, to: number, both = false): Float32Array {
  return Float32Array.from({ length: COUNT }, (_, i) => {
    const size = 10 ** (from + ((to - from) * i) / (COUNT - 1))
    return both && i % 2 === 1 ? -size : size
  })
}

/** The largest and the root mean square relative error. */
function errors(found: Float32Array, x: Float32Array, exact: (x: number) => number) {
  let worst = 0
  let squares = 0
  for (const [i, number] of x.entries()) {
    const expected = exact(number)
    const error = expected === 0 ? Math.abs(found[i]!) : Math.abs(found[i]! / expected - 1)
    worst = Math.max(worst, error)
    squares += error * error
  }
  return { worst, typical: Math.sqrt(squares / x.length) }
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))

// float32 rounds by up to 6e-8; Math.* in float64 is the truth.
describe.each([
  ['tanh', (math: VectorMath, x: Tile) => math.tanh(x), Math.tanh, even(-12, 12), 4e-7],
  ['tanh near 0', (math: VectorMath, x: Tile) => math.tanh(x), Math.tanh, scales(-30, 0, true), 4e-7],
  ['exp', (math: VectorMath, x: Tile) => math.exp(x), Math.exp, even(-87, 88), 2e-7],
  ['log', (math: VectorMath, x: Tile) => math.log(x), Math.log, scales(-37, 38), 2e-7],
  ['log1p', (math: VectorMath, x: Tile) => math.log1p(x), Math.log1p, even(0, 1), 3e-7],
  ['log1p near 0', (math: VectorMath, x: Tile) => math.log1p(x), Math.log1p, scales(-30, 0), 3e-7],
  ['expm1', (math: VectorMath, x: Tile) => math.expm1(x), Math.expm1, even(-20, 0), 5e-7],
  [
    'expm1 near 0',
    (math: VectorMath, x: Tile) => math.expm1(x),
    Math.expm1,
    scales(-30, 0).map((v) => -v),
    5e-7
  ],
  ['sigmoid', (math: VectorMath, x: Tile) => math.sigmoid(x), sigmoid, even(-85, 85), 3e-7],
  ['softplus', (math: VectorMath, x: Tile) => math.softplus(x).value, softplus, even(-80, 80), 4e-7],
  ['slope of softplus', (math: VectorMath, x: Tile) => math.softplus(x).slope, sigmoid, even(-80, 80), 3e-7]
] as const)('%s', (_, code, exact, x, allowed) => {
  test(`is off by ${allowed} at most, and by 1e-7 usually`, () => {
    const { worst, typical } = errors(applied(code, x), x, exact)
    expect(worst).toBeLessThan(allowed)
    expect(typical).toBeLessThan(1.2e-7)
  })

  test('keeps what is no number', () => {
    expect(applied(code, Float32Array.of(NaN, 0.5, NaN, 0.25)).slice(0, 4)).toEqual(
      Float32Array.from(applied(code, Float32Array.of(0.5, 0.5, 0.25, 0.25)).slice(0, 4), (v, i) =>
        i % 2 === 0 ? NaN : v
      )
    )
  })
})

test('functions that end somewhere stay there', () => {
  const far = Float32Array.of(20, 1e30, Infinity, -20, -1e30, -Infinity)
  const tanh = applied((math, x) => math.tanh(x), far)
  for (const [i, y] of tanh.entries()) {
    expect(Math.abs(y)).toBeLessThanOrEqual(1)
    expect(Math.abs(y - Math.sign(far[i]!))).toBeLessThan(3e-7)
  }
  const yes = applied((math, x) => math.sigmoid(x), far)
  for (const [i, y] of yes.entries()) expect(Math.abs(y - Number(far[i]! > 0))).toBeLessThan(1e-8)
})

test('sign is −1, 0 or 1', () => {
  const x = Float32Array.of(-3, -0, 0, 1e-30, 7, -Infinity)
  expect([...applied((math, tile) => tile.map((v) => math.sign(v)), x)].map((v) => v + 0)).toEqual([
    -1, 0, 0, 1, 1, -1
  ])
})
