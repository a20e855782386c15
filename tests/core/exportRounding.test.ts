import fc from 'fast-check'
import { expect, test } from 'vitest'
import { restored, store } from '@core/export/tflite/rounding'

const matrix = (values: readonly number[], columns: number) => ({
  value: {
    name: 'w',
    type: 'float32' as const,
    shape: [values.length / columns, columns]
  },
  values: Float32Array.from(values)
})

// Bits of IEEE 754 binary16, as NumPy has them: np.array([...], 'float16').view('uint16').
test.each([
  [1, 0x3c00],
  [-2, 0xc000],
  [1 / 3, 0x3555],
  [65504, 0x7bff],
  [2 ** -24, 0x0001],
  [2 ** -14, 0x0400],
  [1 + 2 ** -11, 0x3c00],
  [1 + 3 * 2 ** -11, 0x3c02],
  [2047.5, 0x67ff + 1],
  [0.1, 0x2e66],
  [0, 0]
])('%s as half precision', (value, bits) => {
  expect(store(matrix([value], 1), 'float16').values[0]).toBe(bits)
})

test('half precision is near', () => {
  fc.assert(
    fc.property(fc.float({ min: -60_000, max: 60_000, noNaN: true }), (value) => {
      const [near] = restored(store(matrix([value], 1), 'float16'))
      expect(Math.abs(near! - value)).toBeLessThanOrEqual(Math.max(Math.abs(value) * 2 ** -11, 2 ** -25))
    })
  )
})

test('8 bits have a scale for each column, and keep its largest number', () => {
  const stored = store(matrix([1, 100, -0.4, -40, 0, 0], 2), 'int8')
  expect([...stored.scales!]).toEqual([Math.fround(1 / 127), Math.fround(100 / 127)])
  expect([...stored.values]).toEqual([127, 127, -51, -51, 0, 0])
  expect(restored(stored)[1]).toBeCloseTo(100, 4)
})

test('numbers that half precision cannot hold, and rows, stay as they are', () => {
  expect(store(matrix([70_000], 1), 'float16').kind).toBe('float32')
  const bias = { value: { name: 'b', type: 'float32' as const, shape: [2] }, values: Float32Array.of(1, 2) }
  expect(store(bias, 'int8').kind).toBe('float32')
})
