import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { makeDataset } from '@core/data/dataset'
import {
  decodeDrawing,
  DRAWING_DOMAIN,
  encodeDrawing,
  EMPTY_DRAWING,
  MOST_DRAWN
} from '@core/data/points/drawing'
import { derive } from '@core/graph/derive'
import { applyEdit } from '@core/document/edits'
import { sources } from '@core/registry'
import { fullPart } from '@core/registry/complete'
import { unwrap } from '@core/result'
import { structureKey } from '@core/run/structure'
import { firstProject } from '@core/templates'
import { describeRows, make } from './helpers/sources'

interface Golden {
  readonly x: readonly (readonly number[])[]
  readonly y: readonly number[]
}
const golden = JSON.parse(readFileSync('tests/oracles/points.json', 'utf8')) as {
  readonly moons: { readonly [samples: string]: Golden }
  readonly circles: { readonly [samples: string]: { readonly [factor: string]: Golden } }
}

describe('without noise the points are scikit-learn’s', () => {
  const compare = ({ x, y }: ReturnType<typeof make>, expected: Golden): void => {
    expect([...y!]).toEqual(expected.y)
    for (const [i, value] of expected.x.flat().entries()) expect(x[i]).toBeCloseTo(value, 6)
  }
  test.each(Object.entries(golden.moons))('make_moons, %s points', (samples, expected) =>
    compare(make('moons', { samples: Number(samples), noise: 0 }), expected)
  )
  test.each(
    Object.entries(golden.circles).flatMap(([samples, byFactor]) =>
      Object.entries(byFactor).map(([factor, expected]) => [samples, factor, expected] as const)
    )
  )('make_circles, %s points, factor %s', (samples, factor, expected) =>
    compare(make('circles', { samples: Number(samples), noise: 0, factor: Number(factor) }), expected)
  )
})

describe('inputs', () => {
  const all = 'x y xSquared ySquared product sineX sineY'
  const withInputs = (type: string, inputs: string) =>
    unwrap(
      makeDataset(
        {
          source: fullPart('source', { type, config: { samples: 40, inputs } }),
          seed: 5,
          split: { train: 0.5, test: 0 }
        },
        {}
      )
    )
  const choosing = Object.values(sources).filter(({ fields }) => 'inputs' in fields && 'samples' in fields)

  test('are a choice of the points of the plane', () => {
    expect(choosing.map((s) => s.type)).toEqual(
      expect.arrayContaining([
        'moons',
        'circle',
        'circles',
        'xor',
        'gauss',
        'spiral',
        'blobs',
        'plane',
        'gaussianRegression'
      ])
    )
  })

  test.each(choosing.map((s) => s.type))('%s: the seven of the playground, in its order', (type) => {
    const { x, plane, shape, features, rows } = withInputs(type, all)
    expect(shape).toEqual([7])
    expect(features).toEqual(['x', 'y', 'x²', 'y²', 'x · y', 'sin x', 'sin y'])
    for (let row = 0; row < rows; row++) {
      const [a, b] = [plane!.points[2 * row], plane!.points[2 * row + 1]]
      const expected = [a, b, a * a, b * b, a * b, Math.sin(a), Math.sin(b)]
      for (const [i, value] of expected.entries()) expect(x[7 * row + i]).toBeCloseTo(value, 4)
    }
  })

  test('do not move the points, their answers or their parts', () => {
    const [plain, few] = [withInputs('xor', 'x y'), withInputs('xor', 'product')]
    expect(few.plane!.points).toEqual(plain.x)
    expect([few.y, few.parts]).toEqual([plain.y, plain.parts])
    expect(few.shape).toEqual([1])
  })
})

describe('points that a person draws', () => {
  const [from, to] = DRAWING_DOMAIN
  const step = (to - from) / 4095
  const drawing = fc.integer({ min: 2, max: 10 }).chain((classes) =>
    fc.record({
      classes: fc.constant(classes),
      points: fc.array(
        fc.record({
          x: fc.double({ min: from, max: to, noNaN: true }),
          y: fc.double({ min: from, max: to, noNaN: true }),
          label: fc.integer({ min: 0, max: classes - 1 })
        }),
        { maxLength: 60 }
      )
    })
  )

  test('are read as they were written, to half a step of the plane', () => {
    fc.assert(
      fc.property(drawing, (drawn) => {
        const text = encodeDrawing(drawn)
        const read = decodeDrawing(text)!
        expect(read.classes).toBe(drawn.classes)
        expect(read.points.map((p) => p.label)).toEqual(drawn.points.map((p) => p.label))
        for (const [i, p] of read.points.entries()) {
          expect(Math.abs(p.x - drawn.points[i].x)).toBeLessThanOrEqual(0.51 * step)
          expect(Math.abs(p.y - drawn.points[i].y)).toBeLessThanOrEqual(0.51 * step)
        }
        expect(encodeDrawing(read)).toBe(text)
      })
    )
  })

  test('any other text is refused or is a drawing that is written the same', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const read = decodeDrawing(text)
        if (read) expect(encodeDrawing(read)).toBe(text)
      })
    )
    expect(decodeDrawing('C' + 'AAAAA'.repeat(MOST_DRAWN))).toBeDefined()
    expect(decodeDrawing('C' + 'AAAAA'.repeat(MOST_DRAWN + 1))).toBeUndefined()
  })

  const drawn = (text: string) =>
    applyEdit(firstProject, {
      kind: 'setData',
      change: { source: fullPart('source', { type: 'drawn', config: { drawing: text } }) }
    })
  const three = encodeDrawing({
    classes: 3,
    points: [
      { x: -6, y: 6, label: 0 },
      { x: 0, y: 1.5, label: 2 },
      { x: 6, y: -6, label: 1 }
    ]
  })

  test('are the rows of the data', () => {
    const { x, y } = make('drawn', { drawing: three })
    expect([...y!]).toEqual([0, 2, 1])
    for (const [i, v] of [-6, 6, 0, 1.5, 6, -6].entries()) expect(Math.abs(x[i] - v)).toBeLessThan(step)
    expect(describeRows('drawn', { drawing: three })).toMatchObject({
      rows: 3,
      classes: ['class A', 'class B', 'class C'],
      plane: { domain: DRAWING_DOMAIN }
    })
  })

  test('none yet is a problem that says where to draw, and everything else is still known', () => {
    const { problems, data, nodes } = derive(drawn(EMPTY_DRAWING), {})
    expect(problems.map((p) => p.code)).toEqual(['no-rows'])
    expect(data?.rows).toBe(0)
    expect(nodes['data']?.outputs['features']).toEqual({ kind: 'numbers', shape: [2] })
    expect(
      derive(drawn(encodeDrawing({ ...decodeDrawing(three)!, classes: 2, points: [] })), {}).problems
    ).toHaveLength(1)
  })

  test('a text that is no drawing cannot get into a document', () => {
    const document = drawn(EMPTY_DRAWING)
    const { source } = document.data
    const broken = { ...source, config: { ...source.config, drawing: 'no drawing' } }
    expect(applyEdit(document, { kind: 'setData', change: { source: broken } })).toBe(document)
    expect(structureKey(drawn(three))).not.toBe(structureKey(document))
  })
})
