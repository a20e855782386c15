import { describe, expect, test } from 'vitest'
import { makeDataset } from '@core/data/dataset'
import { sizeOf } from '@core/graph/signal'
import { sources } from '@core/registry'
import { fullPart } from '@core/registry/complete'
import type { Config } from '@core/registry/fields'
import { describeRows, fakeLibrary, make, sameNumbers } from './helpers/sources'

/** Sources that need nothing from outside, with all their choices. */
const generated: readonly (readonly [string, Config])[] = Object.values(sources)
  .filter(
    (source) =>
      source.library === undefined &&
      source.pictures === undefined &&
      !['table', 'text', 'drawn', 'pictureFolder'].includes(source.type)
  )
  .flatMap(({ type, fields }) => [
    [type, {}] as const,
    ...Object.entries(fields).flatMap(([name, field]) =>
      field.kind === 'choice' ? field.options.map(({ value }) => [type, { [name]: value }] as const) : []
    )
  ])

describe.each(generated)('%s %j', (type, config) => {
  const { fields } = sources[type]

  test('makes the rows that it describes', () => {
    const amounts: Config[] = 'samples' in fields ? [10, 11, 201].map((samples) => ({ samples })) : [{}]
    for (const amount of amounts) {
      const all = { ...config, ...amount }
      const described = describeRows(type, all)
      const { x, y } = make(type, all)
      const { classes, shape } = described.target
      if ('samples' in amount) expect(described.rows).toBe(amount['samples'])
      expect(x).toHaveLength(described.rows * sizeOf(described.shape))
      expect(x.every(Number.isFinite)).toBe(true)
      expect(y).toHaveLength(described.rows * sizeOf(shape))
      expect(y).toBeInstanceOf(classes === undefined ? Float32Array : Int32Array)
      expect(y!.every(Number.isFinite)).toBe(true)
      expect(described.classes).toHaveLength(classes ?? 0)
      if (classes !== undefined) expect(y!.every((c) => c >= 0 && c < classes)).toBe(true)
      if (described.features.length > 0) expect(described.features).toHaveLength(described.shape.at(-1)!)
    }
  })

  test('is a function of its seed', () => {
    const few = 'samples' in fields ? { ...config, samples: 40 } : config
    const [one, again, other] = [3, 3, 4].map((seed) => make(type, few, seed))
    expect(sameNumbers(one.x, again.x) && sameNumbers(one.y, again.y)).toBe(true)
    // Irises and fables are what they are.
    expect(sameNumbers(one.x, other.x) && sameNumbers(one.y, other.y)).toBe(['iris', 'fables'].includes(type))
  })

  test('becomes a data set with all its parts', () => {
    const source = fullPart('source', { type, config })
    const made = makeDataset({ source, seed: 1, split: { train: 0.6, test: 0.2 } }, {})
    if (!made.ok) throw new Error(made.problems[0].message)
    const { parts, rows } = made.value
    expect(parts.train.length + parts.validation.length + parts.test.length).toBe(rows)
    expect(parts.test.length).toBeGreaterThan(0)
  })
})

describe.each([
  ['mnist', 784, 60_000],
  ['fashionMnist', 784, 60_000],
  ['cifar10', 3072, 50_000]
])('%s', (type, size, train) => {
  const set = fakeLibrary(size)
  const library = { [type]: set }

  test('names the data set it needs, and says so where it is not there', () => {
    expect(sources[type].library).toEqual([type])
    const source = fullPart('source', { type, config: {} })
    const made = makeDataset({ source, seed: 1, split: { train: 1, test: 0 } }, {})
    expect(made).toMatchObject({ ok: false, problems: [{ code: 'library' }] })
  })

  test('hands on the first of those to learn from and the first of those held back', () => {
    const config = { samples: 30, heldOutSamples: 20 }
    const { x, y } = make(type, config, 1, library)
    expect(describeRows(type, config)).toMatchObject({
      rows: 50,
      heldOut: { rows: 20, part: 'validation' },
      scale: 1 / 255
    })
    expect(x).toHaveLength(50 * size)
    // In the library of 20,000 rows the last 10,000 are held back: row 10,000 has the byte 16.
    expect([x[29 * size], x[30 * size], x[49 * size]]).toEqual([29, 10_000 % 256, 10_019 % 256])
    expect([...y!.subarray(28, 32)]).toEqual([8, 9, 0, 1])
  })

  test('held back for the one honest score, they are the test part', () => {
    const config = { samples: 30, heldOutSamples: 20, heldOut: 'test' }
    const source = fullPart('source', { type, config })
    const made = makeDataset({ source, seed: 1, split: { train: 1, test: 0 } }, {}, { library })
    if (!made.ok) throw new Error(made.problems[0].message)
    expect([...made.value.parts.test]).toEqual(Array.from({ length: 20 }, (_, i) => 30 + i))
    expect(made.value.parts.train).toHaveLength(30)
    expect(made.value.parts.validation).toHaveLength(0)
  })

  test('the answer can be the picture itself', () => {
    const config = { samples: 30, heldOutSamples: 20, answers: 'picture' }
    const described = describeRows(type, config)
    expect(described.target).toEqual({ shape: described.shape })
    expect(described.classes).toEqual([])
    expect(make(type, config, 1, library).y).toBeUndefined()
  })

  test('all of it is handed on as it is', () => {
    expect(describeRows(type)).toMatchObject({ rows: train + 10_000, classes: { length: 10 } })
    const rows = train + 10_000
    const all = { x: new Uint8Array(rows), y: new Uint8Array(rows) }
    expect(make(type, {}, 1, { [type]: all }).x).toBe(all.x)
  })
})

test('mnist: pixels from the threshold on are white, the others black', () => {
  const config = { samples: 300, heldOutSamples: 10, threshold: 128 }
  const { x } = make('mnist', config, 1, { mnist: fakeLibrary(784) })
  expect(describeRows('mnist', config).scale).toBe(1)
  expect([x[127 * 784], x[128 * 784], x[255 * 784], x[256 * 784]]).toEqual([0, 1, 1, 0])
})
