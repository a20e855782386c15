import { expect, test } from 'vitest'
import { makeDataset, type Dataset } from '@core/data/dataset'
import { sources } from '@core/registry'
import { defaultsOf } from '@core/registry/fields'
import { unwrap } from '@core/result'
import { linesOf, scatterOf } from '@renderer/data/scatter'
import { allParts } from '@core/data/split'
import { sketchOf } from '@renderer/data/sketch'
import { sourceGroups } from '@renderer/data/sourceGroups'
import { nounOf } from '@core/data/noun'
import { classPointsOf, colouredBy, planeDomain, pointsOf } from '@renderer/shared/plane'
import { readingWords } from '@core/run/readingWords'
import { noMap } from '@renderer/views/noMap'

const made = (type: string, config = {}): Dataset =>
  unwrap(
    makeDataset(
      {
        source: { type, config: { ...defaultsOf(sources[type]!.fields), ...config } },
        seed: 1,
        split: { train: 1, test: 0 }
      },
      {}
    )
  )

test.each([
  ['moons', {}, 'points', 'class'],
  ['iris', {}, 'points', 'class'],
  ['iris', { features: 'all' }, 'rows', 'class'],
  ['plane', {}, 'points', 'number'],
  ['moons', { inputs: 'x y xSquared' }, 'points', 'class'],
  ['waves', { samples: 20 }, 'sequences', 'class'],
  ['waves', { samples: 20, task: 'label' }, 'sequences', undefined],
  ['waves', { samples: 20, task: 'draw' }, 'rows', undefined],
  ['binaryAddition', { samples: 20 }, 'sequences', undefined],
  ['pictures', { samples: 20 }, 'pictures', 'class']
] as const)('%s %j are %s, coloured by %s', (type, config, noun, told) => {
  const data = made(type, config)
  expect(nounOf(data)).toBe(noun)
  expect(colouredBy(data)).toBe(told)
  expect(pointsOf(data) !== undefined).toBe(noun === 'points')
  expect(classPointsOf(data) !== undefined).toBe(noun === 'points' && told === 'class')
  expect(scatterOf(data, 88, 52) !== undefined).toBe(noun === 'points')
})

test('an answer that is the example itself colours no point', () => {
  const points = { ...made('moons'), y: undefined, classes: [], target: { shape: [2] } }
  expect(colouredBy(points)).toBeUndefined()
  expect(scatterOf(points, 88, 52)!.paths.map((p) => p.colour)).toEqual(['var(--ink-3)'])
})

test('the plane holds every point', () => {
  const points = pointsOf(made('plane'))!
  const [left, right, bottom, top] = planeDomain(points)
  for (let i = 0; i < points.rows; i++) {
    expect(points.x[2 * i]! > left && points.x[2 * i]! < right).toBe(true)
    expect(points.x[2 * i + 1]! > bottom && points.x[2 * i + 1]! < top).toBe(true)
  }
})

test('numbers have a shade by their size and sign', () => {
  const scatter = scatterOf(made('plane'), 88, 52)!
  const colours = scatter.paths.map((p) => p.colour)
  expect(colours.some((c) => c.includes('--neg'))).toBe(true)
  expect(colours.some((c) => c.includes('--pos'))).toBe(true)
  expect(scatter.paths.reduce((n, { d }) => n + d.split('M').length - 1, 0)).toBe(made('plane').rows)
})

test('where there is no map, one says why', () => {
  expect(noMap(undefined, 'rows')).toBeUndefined()
  expect(noMap(made('pictures', { samples: 20 }), 'pictures')).toContain('A picture has no place in one.')
  expect(noMap({ shape: [3], target: { classes: 2, shape: [] } }, 'rows')).toContain('two columns of numbers')
  expect(noMap(made('plane'), 'points')).toContain('a colour for each class')
})

test('readings call examples by their name', () => {
  expect(readingWords({ kind: 'learning' }, 'pictures')!.short).toBe('Still good on new pictures')
  expect(readingWords({ kind: 'learning' }, 'points')!.short).toBe('Still good on new points')
})

test('every kind of data is in one group', () => {
  const types = sourceGroups.flatMap((group) => group.sources.map((source) => source.type))
  expect([...types].sort()).toEqual(Object.keys(sources).sort())
  const of = (title: string) => sourceGroups.find((g) => g.title === title)!.sources.map((s) => s.type)
  expect(of('Pictures')).toEqual(expect.arrayContaining(['mnist', 'cifar10', 'pictures']))
  expect(of('Tables')).toContain('table')
  expect(of('Sequences')).toContain('waves')
})

test('sequences of one number are drawn as lines within their box', () => {
  const lines = linesOf(made('waves', { samples: 20 }), 88, 52)!
  expect(lines.paths).toHaveLength(2)
  for (const { d } of lines.paths)
    for (const [x, y] of d
      .slice(1)
      .split('L')
      .map((p) => p.split(' ').map(Number))) {
      expect(x! >= 6 && x! <= 82).toBe(true)
      expect(y! >= 6 && y! <= 46.1).toBe(true)
    }
  expect(linesOf(made('moons'), 88, 52)).toBeUndefined()
  expect(linesOf(made('binaryAddition', { samples: 20 }), 88, 52)).toBeUndefined()
})

test('of many pictures or sequences the window makes the first, which are the same; of anything else it makes all', () => {
  const data = (type: string, config = {}) => ({
    source: { type, config: { ...defaultsOf(sources[type]!.fields), ...config } },
    seed: 3,
    split: { train: 1, test: 0 }
  })
  for (const type of ['moons', 'iris', 'waves', 'table', 'mnist']) {
    const whole = data(type)
    expect(sketchOf(whole, {}), type).toBe(whole)
  }
  const small = data('pictures', { samples: 40 })
  expect(sketchOf(small, {})).toBe(small)
  const large = [
    data('pictures', { samples: 200 }),
    data('waves', { samples: 400, steps: 1000 }),
    data('memory', { samples: 2000, gap: 60 })
  ]
  for (const asked of large) {
    const sketch = unwrap(makeDataset(sketchOf(asked, {}), {}))
    const whole = unwrap(makeDataset(asked, {}))
    expect(sketch.rows, asked.source.type).toBeLessThan(whole.rows)
    expect(sketch.x.every((value, i) => value === whole.x[i])).toBe(true)
    expect(sketch.y!.every((value, i) => value === whole.y![i])).toBe(true)
  }
})

test('rows that are set aside count where they belong', () => {
  const heldOut = { rows: 10, part: 'validation' } as const
  expect(allParts({ train: 0.9, test: 0.1 }, { rows: 110, heldOut })).toEqual({
    train: 90,
    validation: 10,
    test: 10
  })
  expect(allParts({ train: 1, test: 0 }, { rows: 50 })).toEqual({ train: 50, validation: 0, test: 0 })
})
