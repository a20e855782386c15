import fc from 'fast-check'
import { expect, test } from 'vitest'
import { grouped, importanceOf, shuffledIn, singly } from '@core/answers/importance'

test('a column is shuffled, and nothing else', () => {
  const x = Float32Array.of(1, 10, 100, 2, 20, 200, 3, 30, 300)
  const order = Int32Array.of(2, 0, 1)
  const shuffled = shuffledIn(x, 3, { name: 'b and c', from: 1, count: 2 }, order)
  expect([...shuffled]).toEqual([1, 30, 300, 2, 10, 100, 3, 20, 200])
  expect([...x.subarray(0, 3)]).toEqual([1, 10, 100])
})

test('the numbers that a column became belong together', () => {
  const columns = [
    { name: 'age', names: ['age'] },
    { name: 'town', names: ['town = A', 'town = B', 'town is missing'] },
    { name: 'paid', names: ['paid'] }
  ]
  expect(grouped(columns)).toEqual([
    { name: 'age', from: 0, count: 1 },
    { name: 'town', from: 1, count: 3 },
    { name: 'paid', from: 4, count: 1 }
  ])
})

test('shuffling back brings back the rows', () => {
  const rows = fc.integer({ min: 1, max: 12 })
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 4 }), fc.nat(), (count, width, seed) => {
      const x = Float32Array.from({ length: count * width }, (_, i) => i)
      const order = Int32Array.from({ length: count }, (_, i) => (i + (seed % count)) % count)
      const back = Int32Array.from(order.keys(), (row) => order.indexOf(row))
      for (const column of singly(Array.from({ length: width }, (_, i) => `c${i}`)))
        expect(shuffledIn(shuffledIn(x, width, column, order), width, column, back)).toEqual(x)
    })
  )
})

test('importance is the mean fall of the score, with its spread', () => {
  // scikit-learn: importances_mean and importances_std of [0.1, 0.3, 0.2].
  const { drop, deviation } = importanceOf('a', 0.9, [0.8, 0.6, 0.7])
  expect(drop).toBeCloseTo(0.2, 12)
  expect(deviation).toBeCloseTo(0.0816496580927726, 12)
})
