import { describe, expect, test } from 'vitest'
import { makeDataset } from '@core/data/dataset'
import { applyEdit } from '@core/document/edits'
import { derive } from '@core/graph/derive'
import { firstProject } from '@core/templates'
import { guessHeight, placeCallouts, type Box } from '@renderer/canvas/callouts'
import { canConnect, offersFrom } from '@renderer/canvas/connect'
import { planeField } from '@renderer/canvas/features'
import { canvasStyle, cardGeometry, CARD_WIDTH, normalStyle } from '@renderer/canvas/geometry'
import type { Rect } from '@renderer/canvas/geometry'
import { isBounded } from '@renderer/canvas/neurons'
import { weightText } from '@renderer/canvas/numbers'
import { threadsOf } from '@renderer/canvas/threads'
import { tidyPlaces } from '@core/graph/tidy'
import { fitViewport } from '@renderer/canvas/viewport.svelte'
import { nearestIn } from '@renderer/canvas/walk'
import { exampleValues, examplesOf } from '@renderer/canvas/examples'
import { picturePixels, sequencePath, turned } from '@renderer/shared/exampleShapes'
import { sheetsOf } from '@renderer/canvas/shapes'
import { activations, sources } from '@core/registry'
import { defaultsOf } from '@core/registry/fields'
import { unwrap } from '@core/result'

const card = (units: number, role: 'source' | 'layer' | 'sink' = 'layer', plane = true) =>
  cardGeometry({ role, units, plane, map: plane, rank: 1, examples: 0 }, normalStyle)
/** Cards of a project without pictures over the plane. */
const plain = canvasStyle({ plane: false, long: true })

describe('cards', () => {
  test.each([0, 1, 2, 3, 5, 8, 9, 16, 21, 22, 36, 50, 128, 4096])('%i neurons stay on the card', (units) => {
    const { units: tiles, hidden, height, threads } = card(units)
    expect(tiles.length + hidden).toBe(units)
    expect(threads).toBe(units <= 8)
    for (const r of tiles) {
      expect(r.x).toBeGreaterThanOrEqual(12)
      expect(r.x + r.width).toBeLessThanOrEqual(CARD_WIDTH - 11.9)
      expect(r.y).toBeGreaterThanOrEqual(normalStyle.header)
      expect(r.y + r.height).toBeLessThanOrEqual(height - normalStyle.footer)
    }
  })

  test.each([1, 4, 8, 9, 40])('%i columns of a table stay on the card', (columns) => {
    const { units, hidden, height } = card(columns, 'source', false)
    expect(units.length + hidden).toBe(columns)
    for (const r of units) expect(r.y + r.height).toBeLessThanOrEqual(height - normalStyle.footer)
  })
})

describe('cards without pictures over the plane', () => {
  const inside = (r: Rect, height: number) => {
    expect(r.x).toBeGreaterThanOrEqual(8)
    expect(r.x + r.width).toBeLessThanOrEqual(CARD_WIDTH - 8)
    expect(r.y).toBeGreaterThanOrEqual(plain.header)
    expect(r.y + r.height).toBeLessThanOrEqual(height - plain.footer)
  }
  test.each([1, 2, 8, 9, 16, 40, 400, 4096])(
    '%i neurons are circles on the card, few with threads',
    (units) => {
      const laid = cardGeometry(
        { role: 'layer', units, plane: false, map: false, rank: 1, examples: 0 },
        plain
      )
      expect(laid.units.length + laid.hidden).toBe(units)
      expect(laid.threads).toBe(units <= 8)
      for (const [i, a] of laid.units.entries()) {
        inside(a, laid.height)
        for (const b of laid.units.slice(i + 1))
          expect(a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y).toBe(true)
      }
    }
  )
  test.each([
    [2, 3],
    [3, 4],
    [3, 1]
  ])('examples of rank %i lie on the card, words below each', (rank, examples) => {
    const laid = cardGeometry({ role: 'source', units: 0, plane: false, map: false, rank, examples }, plain)
    expect(laid.examples).toHaveLength(examples)
    for (const r of laid.examples) inside({ ...r, height: r.height + 14 }, laid.height)
  })
  test.each([
    [[28, 28, 1], 1],
    [[5, 5, 16], 6],
    [[1, 400, 3], 3]
  ] as const)('feature maps %j are %i sheets within the card', (shape, sheets) => {
    const { rects, width, height } = sheetsOf(shape)
    expect(rects).toHaveLength(sheets)
    expect(width).toBeLessThan(CARD_WIDTH)
    expect(height).toBeLessThan(plain.body)
  })
})

describe('examples of the data', () => {
  const made = (type: string, config = {}) =>
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
  test('one a class, with its name', () => {
    expect(examplesOf(made('pictures', { samples: 20 })).map((e) => e.caption)).toEqual(['disc', 'cross'])
    expect(examplesOf(made('waves', { samples: 20 })).map((e) => e.row)).toEqual([0, 1, 2])
    expect(examplesOf(made('moons'))).toEqual([])
  })
  test('bytes become shares of white, and a picture’s pixels their colours', () => {
    const data = made('pictures', { samples: 10 })
    const values = exampleValues(data, 1)
    expect(values[5]).toBeCloseTo(data.x[32 * 32 * 3 + 5]! / 255, 6)
    expect([...picturePixels(Float32Array.of(0, 1, 0.5, 1, 0, 0), [1, 2, 3]).pixels]).toEqual([
      0, 255, 128, 255, 255, 0, 0, 255
    ])
    expect([...picturePixels(Float32Array.of(0.2), [1, 1, 1]).pixels]).toEqual([51, 51, 51, 255])
    // Ink lies on whatever ground there is.
    expect([...picturePixels(Float32Array.of(0.2), [1, 1, 1], [9, 8, 7]).pixels]).toEqual([9, 8, 7, 51])
  })
  test('a sequence runs from left to right', () => {
    // Two numbers at each of three steps.
    expect([...turned(Float32Array.of(1, 10, 2, 20, 3, 30), 3, 2)]).toEqual([1, 2, 3, 10, 20, 30])
    const box = { x: 1, y: 2, width: 10, height: 4 }
    expect(sequencePath(Float32Array.of(0, 1, 0), box)).toBe('M1.0 6.0L6.0 2.0L11.0 6.0')
  })
})

describe('threads', () => {
  const derived = derive(firstProject, {}).nodes
  test('one for each weight between small layers', () => {
    const threads = threadsOf({
      source: card(2, 'source'),
      target: card(3),
      targetRole: 'layer',
      derived: derived['hidden']
    })
    expect(threads.map((t) => [t.from, t.to])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2]
    ])
  })
  test('none beyond eight units, one a class to the output', () => {
    const ends = { source: card(9), target: card(2), derived: undefined }
    expect(threadsOf({ ...ends, targetRole: 'layer' })).toEqual([])
    const out = threadsOf({ ...ends, source: card(2), target: card(2, 'sink'), targetRole: 'sink' })
    expect(out.map((t) => t.kind)).toEqual(['class', 'class'])
  })
})

describe('callouts', () => {
  test('touch neither cards nor each other', () => {
    const cards: Box[] = [0, 204, 300, 408].map((x) => ({ x, y: 0, width: 150, height: 268 }))
    const problems = [{ number: 1, problem: { code: 'x', message: 'Has 0 neurons, needs at least 1.' } }]
    const placed = placeCallouts(
      cards.map((under, i) => ({ key: String(i), under, problems, height: guessHeight(problems) })),
      cards
    )
    const overlap = (a: Box, b: Box) =>
      a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
    for (const [i, a] of placed.entries()) {
      expect(cards.some((c) => overlap(a, c))).toBe(false)
      expect(placed.some((b, k) => k !== i && overlap(a, b))).toBe(false)
    }
  })
})

describe('the view', () => {
  const graph = { x: 0, y: 0, width: 762, height: 303 }
  test('fits between scale 1 and 1.34, and shows the beginning of what does not fit', () => {
    expect(fitViewport(graph, 788, 422, false).zoom).toBeCloseTo(1, 1)
    expect(fitViewport(graph, 4000, 3000, false).zoom).toBe(1.34)
    const small = fitViewport(graph, 532, 300, false)
    expect(small).toEqual({ x: 12, y: 12, zoom: 1 })
  })
  test('fills the box of the presentation', () => {
    expect(fitViewport(graph, 1532, 2000, true).zoom).toBeCloseTo(2, 1)
  })
})

test('tidying keeps a chain in one row, in order', () => {
  const moved = applyEdit(firstProject, {
    kind: 'move',
    to: { hidden: { x: 900, y: 300 }, target: { x: -50, y: 7 } }
  })
  const places = tidyPlaces(moved.networks, () => 268)
  expect(Object.values(places).every((p) => p.y === 0)).toBe(true)
  expect(['data', 'hidden', 'output', 'target'].map((id) => places[id]!.x)).toEqual([0, 204, 408, 612])
})

test('arrows go to the nearest node in their direction', () => {
  const at = (x: number, y: number): Box => ({ x, y, width: 150, height: 268 })
  const boxes = new Map([
    ['a', at(0, 0)],
    ['b', at(204, 0)],
    ['c', at(408, 0)],
    ['d', at(204, 400)]
  ])
  expect(nearestIn(boxes, 'a', 'ArrowRight')).toBe('b')
  expect(nearestIn(boxes, 'b', 'ArrowDown')).toBe('d')
  expect(nearestIn(boxes, 'c', 'ArrowLeft')).toBe('b')
  expect(nearestIn(boxes, 'a', 'ArrowLeft')).toBeUndefined()
})

test('only ports of one kind are joined, and never in a circle', () => {
  const edge = (from: string, fromPort: string, to: string, toPort: string) => ({
    from: { node: from, port: fromPort },
    to: { node: to, port: toPort }
  })
  expect(canConnect(firstProject, edge('data', 'features', 'output', 'input'))).toBe(true)
  expect(canConnect(firstProject, edge('data', 'target', 'output', 'input'))).toBe(false)
  expect(canConnect(firstProject, edge('output', 'output', 'hidden', 'input'))).toBe(false)
  expect(offersFrom(firstProject, 'hidden').map((o) => o.label)).toEqual(['Output: Answer'])
})

test('an input’s picture is its value: low on the left or at the bottom', () => {
  const domain: [number, number, number, number] = [-1, 3, -2, 2]
  const x = planeField(domain, 'x')
  expect(x.values[0]).toBeLessThan(x.values[x.width - 1]!)
  const y = planeField(domain, 'y')
  expect(y.values[0]).toBeGreaterThan(y.values.at(-1)!)
  // The middle of the last of 32 columns between −1 and 3.
  expect(x.limit).toBeCloseTo(3 - 4 / 64, 6)
  const product = planeField(domain, 'product')
  expect(product.values[0]).toBeCloseTo((-1 + 4 / 64) * (2 - 4 / 40), 5)
})

test('bounded activations are those that never leave −1 to 1', () => {
  const bounded = Object.values(activations)
    .filter(isBounded)
    .map((a) => a.type)
  expect(bounded).toEqual(expect.arrayContaining(['tanh', 'sigmoid', 'softmax', 'gaussian', 'step']))
  expect(bounded).not.toContain('relu')
  expect(bounded).not.toContain('linear')
})

test('weights read with their sign', () => {
  expect(weightText(-1.314)).toBe('−1.31')
  expect(weightText(12.34)).toBe('+12.3')
})
