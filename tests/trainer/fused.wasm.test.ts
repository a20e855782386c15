import { describe, expect, test } from 'vitest'
import { flatten, signed, text, unsigned } from '@trainer/engines/fused/wasm/encoding'
import { FunctionBuilder } from '@trainer/engines/fused/wasm/functionBuilder'
import { instantiate, type WasmMemory } from '@trainer/engines/fused/wasm/host'
import { f32, f32x4, f64, i32, i32x4, v128, type Expr } from '@trainer/engines/fused/wasm/instructions'
import { ModuleBuilder, PAGE } from '@trainer/engines/fused/wasm/moduleBuilder'

// The numbers with a byte string are those of the DWARF standard and Wikipedia's page on LEB128.
test.each([
  [0, [0]],
  [2, [2]],
  [127, [0x7f]],
  [128, [0x80, 1]],
  [624485, [0xe5, 0x8e, 0x26]],
  [2 ** 32 - 1, [0xff, 0xff, 0xff, 0xff, 0x0f]]
])('%i as unsigned LEB128', (value, bytes) => {
  expect(unsigned(value)).toEqual(bytes)
})

test.each([
  [0, [0]],
  [2, [2]],
  [-2, [0x7e]],
  [63, [0x3f]],
  [64, [0xc0, 0]],
  [-64, [0x40]],
  [-65, [0xbf, 0x7f]],
  [-123456, [0xc0, 0xbb, 0x78]],
  [2 ** 31 - 1, [0xff, 0xff, 0xff, 0xff, 0x07]]
])('%i as signed LEB128', (value, bytes) => {
  expect(signed(value)).toEqual(bytes)
})

test('a name is its UTF-8 with the length in front', () => {
  expect([...flatten(text('né'))]).toEqual([3, 0x6e, 0xc3, 0xa9])
})

/** Runs code that writes into memory, which starts with `bytes`. */
function run(body: (f: FunctionBuilder) => void, floats: readonly number[] = []): DataView {
  const module = new ModuleBuilder()
  module.define([], body, 'run')
  const code = instantiate<{ memory: WasmMemory; run: () => void }>(module.encode(PAGE))
  new Float32Array(code.memory.buffer).set(floats)
  code.run()
  return new DataView(code.memory.buffer)
}

const here = i32.const(0)
const put = (value: Expr<'i32'>) => f64.store(here, 0, f64.fromFloat(f32.fromInt(value)))

describe('instructions do what they are named for', () => {
  test.each([
    ['add', i32.add(i32.const(7), i32.const(-3)), 4],
    ['sub', i32.sub(i32.const(7), i32.const(3)), 4],
    ['mul', i32.mul(i32.const(7), i32.const(3)), 21],
    ['shl', i32.shl(i32.const(7), i32.const(2)), 28],
    ['shr', i32.shr(i32.const(7), i32.const(1)), 3],
    ['and', i32.and(i32.const(7), i32.const(-2)), 6],
    ['lt', i32.lt(i32.const(2), i32.const(3)), 1],
    ['lt is unsigned', i32.lt(i32.const(-1), i32.const(3)), 0],
    ['eq', i32.eq(i32.const(3), i32.const(3)), 1],
    ['eqz', i32.eqz(i32.const(3)), 0],
    ['min', i32.min(i32.const(5), i32.const(3)), 3],
    ['load', i32.load(i32.const(1), 3), 0x40000000]
  ])('i32 %s', (_, code, expected) => {
    expect(run((f) => f.do(put(code)), [1, 2]).getFloat64(0, true)).toBe(expected)
  })

  const four = v128.load(here, 0)
  const other = v128.load(here, 16)
  const memory = [1, -2, 4, 0.5, 2, -2, 0.25, 8]
  const ones = (mask: Expr<'v128'>): Expr<'v128'> => v128.and(mask, f32x4.const(1))
  test.each([
    ['add', f32x4.add(four, other), [3, -4, 4.25, 8.5]],
    ['sub', f32x4.sub(four, other), [-1, 0, 3.75, -7.5]],
    ['mul', f32x4.mul(four, other), [2, 4, 1, 4]],
    ['div', f32x4.div(four, other), [0.5, 1, 16, 0.0625]],
    ['pmin', f32x4.pmin(four, other), [1, -2, 0.25, 0.5]],
    ['pmax', f32x4.pmax(four, other), [2, -2, 4, 8]],
    ['abs', f32x4.abs(four), [1, 2, 4, 0.5]],
    ['neg', f32x4.neg(four), [-1, 2, -4, -0.5]],
    ['sqrt', f32x4.sqrt(f32x4.mul(four, four)), [1, 2, 4, 0.5]],
    ['lt', ones(f32x4.lt(four, other)), [1, 0, 0, 1]],
    ['gt', ones(f32x4.gt(four, other)), [0, 0, 1, 0]],
    ['ge', ones(f32x4.ge(four, other)), [0, 1, 1, 0]],
    ['eq', ones(f32x4.eq(four, other)), [0, 1, 0, 0]],
    ['ne', ones(f32x4.ne(four, other)), [1, 0, 1, 1]],
    ['not', ones(v128.not(f32x4.lt(four, other))), [0, 1, 1, 0]],
    ['select', v128.select(four, other, f32x4.lt(four, other)), [1, -2, 0.25, 0.5]],
    ['or', v128.or(four, f32x4.const(0)), [1, -2, 4, 0.5]],
    ['xor', v128.xor(v128.xor(four, other), other), [1, -2, 4, 0.5]],
    ['shuffle', v128.shuffle(four, other, [3, 4, 0, 7]), [0.5, 2, 1, 8]],
    ['loadSplat', v128.loadSplat(i32.const(4), 8), [0.5, 0.5, 0.5, 0.5]],
    ['loadZero', v128.loadZero(here, 8), [4, 0, 0, 0]],
    ['loadLane', v128.loadLane(here, 16, 2, four), [1, -2, 2, 0.5]],
    [
      'splat',
      f32x4.splat(f32.div(f32.fromInt(i32.const(1)), f32.fromInt(i32.const(4)))),
      [0.25, 0.25, 0.25, 0.25]
    ],
    ['splat of a lane', f32x4.splat(f32x4.lane(four, 2)), [4, 4, 4, 4]],
    ['consts', f32x4.consts([1, 2, 3, 4]), [1, 2, 3, 4]],
    ['fromInts', f32x4.fromInts(i32x4.add(i32x4.const(-5), i32x4.const(2))), [-3, -3, -3, -3]],
    [
      'shl and sub',
      f32x4.fromInts(i32x4.sub(i32x4.shl(i32x4.const(3), 2), i32x4.const(2))),
      [10, 10, 10, 10]
    ],
    ['shr', f32x4.fromInts(i32x4.shr(i32x4.const(13), 2)), [3, 3, 3, 3]]
  ])('vectors: %s', (_, code, expected) => {
    const view = run((f) => f.do(v128.store(i32.const(32), 16, code)), memory)
    expect([0, 4, 8, 12].map((at) => view.getFloat32(48 + at, true))).toEqual(expected)
  })

  test('float64 sums become float32', () => {
    const sum = f64.add(f64.const(0.25), f64.add(f64.load(here, 8), f64.const(1)))
    const view = run((f) => f.do(f32.store(here, 4, f32.fromDouble(sum))))
    expect(view.getFloat32(4, true)).toBe(1.25)
  })
})

describe('functions', () => {
  test('loops, branches, parameters and calls', () => {
    const module = new ModuleBuilder()
    const add = module.define(['i32', 'f32'], (f) => {
      const before = f32x4.lane(v128.loadZero(here, 0), 0)
      const both = f64.add(f64.fromFloat(before), f64.fromFloat(f.params[1] as Expr<'f32'>))
      f.if(
        f.int(0),
        () => f.do(f32.store(here, 0, f32.fromDouble(both))),
        () => f.do(f32.store(here, 4, f32.fromDouble(both)))
      )
    })
    module.define(
      ['i32'],
      (f) => {
        const left = f.keep(f.int(0))
        f.while(left, () => {
          f.call(add, i32.const(1), f32.fromInt(left))
          f.advance(left, -1)
        })
        f.call(add, i32.const(0), f32.fromInt(i32.const(100)))
      },
      'sumUpTo'
    )
    const code = instantiate<{ memory: WasmMemory; sumUpTo: (n: number) => void }>(module.encode(1))
    const floats = new Float32Array(code.memory.buffer)
    code.sumUpTo(4)
    expect([floats[0], floats[1]]).toEqual([10, 110])
    code.sumUpTo(0)
    expect([floats[0], floats[1]]).toEqual([10, 110])
    expect(code.memory.buffer.byteLength).toBe(PAGE)
  })

  test('variables of a scope are used again, others are not', () => {
    const f = new FunctionBuilder(0, ['i32'])
    const kept = f.keep(i32.const(1))
    const inner = f.scope(() => f.keep(i32.const(2)))
    const next = f.keep(i32.const(3))
    expect(next.index).toBe(inner.index)
    expect(new Set([f.int(0).index, kept.index, next.index]).size).toBe(3)
  })

  test('calls and parameters that do not fit are refused', () => {
    const module = new ModuleBuilder()
    const callee = module.define(['i32'], () => undefined)
    const f = new FunctionBuilder(1, ['f32'])
    expect(() => f.call(callee)).toThrow('fit')
    expect(() => f.int(0)).toThrow('i32')
  })
})
