import { describe, expect, test } from 'vitest'
import { orthonormalize } from '@core/random/orthogonal'
import { randomStream } from '@core/random/stream'
import { initializers } from '@core/registry'
import { fullConfig } from '@core/registry/complete'
import type { NewWeight } from '@core/registry/define'
import type { Config } from '@core/registry/fields'
import { sizeOf } from '@core/graph/signal'
import { golden } from './helpers/golden'
import { moments } from './helpers/statistics'

/** What Keras' own draws look like: see tests/oracles/initializers.py. */
interface Reference {
  readonly draws: number
  readonly quantiles: readonly number[]
  readonly fans: readonly { readonly shape: readonly number[]; readonly in: number; readonly out: number }[]
  readonly cases: readonly {
    readonly keras: string
    readonly config: { readonly [name: string]: number | string }
    readonly shape: readonly number[]
    readonly mean: number
    readonly std: number
    readonly smallest: number
    readonly largest: number
    readonly quantiles: readonly number[]
    readonly limit: number | null
  }[]
}
const reference = golden<Reference>('initializers.json')

/** Ours for an initialiser of Keras. */
function ours(
  keras: string,
  config: { readonly [name: string]: number | string }
): { type: string; config: Config } {
  if (keras === 'VarianceScaling') return { type: 'fanInNormal', config: {} }
  const names: Record<string, string> = { minval: 'low', maxval: 'high', stddev: 'std' }
  return {
    type: keras.charAt(0).toLowerCase() + keras.slice(1),
    config: Object.fromEntries(Object.entries(config).map(([name, value]) => [names[name] ?? name, value]))
  }
}

/** Fans of a shape of rank 2 and more. */
function weightOf(shape: readonly number[]): NewWeight {
  const window = sizeOf(shape.slice(0, -2))
  return { shape, size: sizeOf(shape), fanIn: shape.at(-2)! * window, fanOut: shape.at(-1)! * window }
}

const cases = reference.cases.map((c) => ({ ...c, ...ours(c.keras, c.config), asKeras: c.config }))

test('every initialiser is compared with one of Keras', () => {
  // The open forget gates of an LSTM are a setting of the layer in Keras, and no initialiser.
  const types = [...cases.map(({ type }) => type), 'openGates']
  expect(new Set(types)).toEqual(new Set(Object.keys(initializers)))
})

test('an LSTM starts with its forget gates open, as in Keras', () => {
  // keras.layers.LSTM(3), built: bias of the gates input, forget, carry, output.
  const weight = { shape: [12], size: 12, fanIn: 12, fanOut: 12 }
  expect([...initializers['openGates']!.values({ value: 1 }, weight, randomStream(1, 'bias'))]).toEqual([
    0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0
  ])
})

test('open gates: the update gates of a GRU, which come first, in both rows of its biases', () => {
  // keras.layers.GRU(2), built: bias [2, 6] of update, reset, candidate; what goes into a gate is the sum of the rows.
  const weight = { shape: [2, 6], size: 12, fanIn: 2, fanOut: 6 }
  const values = initializers['openGates']!.values({ value: 5 }, weight, randomStream(1, 'bias'))
  expect([...values]).toEqual([2.5, 2.5, 0, 0, 0, 0, 2.5, 2.5, 0, 0, 0, 0])
  const { mean, std } = initializers['openGates']!.moments({ value: 5 }, weight)
  expect(moments(values).mean).toBeCloseTo(mean, 6)
  expect(moments(values).std).toBeCloseTo(std, 6)
})

test('the fans here are those of Keras', () => {
  for (const { shape, ...fans } of reference.fans.filter((f) => f.shape.length > 1))
    expect(weightOf(shape)).toMatchObject({ fanIn: fans.in, fanOut: fans.out })
})

describe.each(cases)('$keras $asKeras at $shape', ({ type, config, shape, ...keras }) => {
  const DRAWS = 4
  const weight = weightOf(shape)
  const initializer = initializers[type]!
  const settings = fullConfig(initializer.fields, config)
  const all = new Float32Array(DRAWS * weight.size)
  for (let i = 0; i < DRAWS; i++)
    all.set(initializer.values(settings, weight, randomStream(11, type, i)), i * weight.size)
  // Both sides are samples: five standard errors of their difference, which chance exceeds once in a million.
  const five = 5 * Math.sqrt(1 / all.length + 1 / (reference.draws * weight.size))
  const { mean, std } = moments(all)

  test('has the mean and spread of Keras, and those it states', () => {
    const stated = initializer.moments(settings, weight)
    for (const expected of [keras, stated]) {
      expect(Math.abs(mean - expected.mean)).toBeLessThanOrEqual(five * expected.std + 1e-6)
      expect(Math.abs(std - expected.std)).toBeLessThanOrEqual(five * expected.std + 1e-6)
    }
  })

  test('has as many numbers below each quantile as Keras', () => {
    if (keras.std === 0) return expect(new Set(all)).toEqual(new Set([Math.fround(keras.mean)]))
    for (const [i, share] of reference.quantiles.entries()) {
      const below = all.reduce((n, value) => n + Number(value < keras.quantiles[i]!), 0) / all.length
      expect(Math.abs(below - share)).toBeLessThan(five * Math.sqrt(share * (1 - share)))
    }
  })

  test('ends where Keras ends', () => {
    const smallest = all.reduce((a, b) => Math.min(a, b))
    const largest = all.reduce((a, b) => Math.max(a, b))
    // A bell without an end reaches a little further in one sample than in another; a limit binds.
    if (keras.limit !== null) expect(largest - smallest).toBeLessThanOrEqual(2 * keras.limit * (1 + 1e-6))
    expect(Math.abs(largest - smallest - (keras.largest - keras.smallest))).toBeLessThanOrEqual(
      0.35 * (keras.largest - keras.smallest)
    )
  })
})

describe('orthogonal', () => {
  const { values } = initializers['orthogonal']!

  test.each([[[4, 4]], [[7, 3]], [[3, 7]], [[1, 1]], [[5]], [[]], [[3, 3, 2, 8]], [[1, 1, 2, 9]]])(
    'rows or columns of %j stand at right angles and have the length of the gain',
    (shape: number[]) => {
      const columns = shape.at(-1) ?? 1
      const rows = sizeOf(shape) / columns
      const matrix = values(
        { gain: 0.5 },
        { shape, size: sizeOf(shape), fanIn: 1, fanOut: 1 },
        randomStream(2, 'orthogonal')
      )
      const [count, length] = rows < columns ? [rows, columns] : [columns, rows]
      const at = (vector: number, i: number) =>
        rows < columns ? matrix[vector * columns + i]! : matrix[i * columns + vector]!
      for (let a = 0; a < count; a++)
        for (let b = 0; b < count; b++) {
          let product = 0
          for (let i = 0; i < length; i++) product += at(a, i) * at(b, i)
          expect(product).toBeCloseTo(a === b ? 0.25 : 0, 6)
        }
    }
  )

  test('keeps its right angles where vectors are almost the same', () => {
    // Columns of the Hilbert matrix of order 10, whose condition is 1e13: one pass leaves angles of 1e-4 and worse.
    const vectors = Array.from({ length: 10 }, (_, j) =>
      Float64Array.from({ length: 10 }, (__, i) => 1 / (i + j + 1))
    )
    const first = vectors[0]!.slice()
    orthonormalize(vectors)
    for (const [a, u] of vectors.entries())
      for (const [b, v] of vectors.entries())
        expect(Math.abs(u.reduce((sum, x, i) => sum + x * v[i]!, 0) - Number(a === b))).toBeLessThan(1e-13)
    // The diagonal of R is positive: the first direction is kept.
    expect(vectors[0]![0]! / first[0]!).toBeCloseTo(1 / Math.hypot(...first), 12)
  })
})
