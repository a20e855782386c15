import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import Papa from 'papaparse'
import { addBatches, noBatches } from '@core/run/batchLosses'
import type { EpochPoint } from '@core/run/events'
import { fittedAxis, lossAxis, lossLabel, stretchAxis } from '@renderer/training/axis'
import { batchPoints } from '@renderer/training/curveChart'
import { batchHeights, drawsBatches } from '@renderer/training/curveLook'
import { batchesCsv, epochsCsv } from '@renderer/training/curvesCsv'
import { curvesSvg } from '@renderer/training/curvesSvg'
import { lowerBound, shownPlaces } from '@renderer/training/decimate'
import { exactText } from '@renderer/training/numbers'
import { metricsFor, metricText, seriesOf } from '@renderer/training/series'
import { dragged, panned, zoomed } from '@renderer/training/zoom'

describe('what is drawn of many points', () => {
  const columns = 40

  test('touches the lowest and the highest of every column, ends included, and is far less than all', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 400, maxLength: 900 }),
        (ys) => {
          const xs = ys.map((_, i) => i)
          const to = ys.length - 1
          const places = shownPlaces(xs, ys, 0, to, columns)
          expect(places).toEqual([...new Set(places)].sort((a, b) => a - b))
          expect(places.length).toBeLessThanOrEqual(4 * (columns + 1))
          expect([places[0], places.at(-1)]).toEqual([0, to])
          for (let c = 0; c < columns; c++) {
            const own = xs.filter((x) => Math.floor((x / to) * columns) === c)
            const drawn = places.filter((x) => Math.floor((x / to) * columns) === c)
            expect(Math.min(...drawn.map((x) => ys[x]))).toBe(Math.min(...own.map((x) => ys[x])))
            expect(Math.max(...drawn.map((x) => ys[x]))).toBe(Math.max(...own.map((x) => ys[x])))
          }
        }
      ),
      { numRuns: 40 }
    )
  })

  test('of a stretch are its points and a neighbour on both sides', () => {
    const xs = [1, 2, 3, 4, 5, 6, 7, 8]
    expect(shownPlaces(xs, xs, 3, 5, 100)).toEqual([1, 2, 3, 4])
    expect(shownPlaces(xs, [1, NaN, 3, NaN, 5, 6, 7, 8], 1, 8, 100)).toEqual([0, 2, 4, 5, 6, 7])
    expect([lowerBound(xs, 0), lowerBound(xs, 4), lowerBound(xs, 9)]).toEqual([0, 3, 8])
  })

  test('of 200,000 batches there are two points a column, and no spike is lost', () => {
    let losses = noBatches()
    for (let step = 0; step < 200_000; step += 4000)
      losses = addBatches(
        losses,
        step + 4000,
        Array.from({ length: 4000 }, (_, i) => (step + i === 123_456 ? 9 : 1 + ((step + i) % 2)))
      )
    const x = stretchAxis({ from: 0, to: 2000 }, 5)
    const y = { from: 0, to: 10, log: false, ticks: [] }
    const points = batchPoints({ losses, stepsPerEpoch: 100 }, x, y, 600)
    expect(points.length).toBeLessThanOrEqual(2 * 602)
    const spike = points.find((p) => p.y > 0.5)!
    expect(spike.y).toBeCloseTo(0.9, 6)
    expect(spike.x).toBeCloseTo(1234.56 / 2000, 2)
  })
})

describe('zooming', () => {
  const whole = { from: 0, to: 1000 }
  test('keeps what is under the pointer there, and never leaves the run', () => {
    const closer = zoomed(whole, whole, 250, 0.5)!
    expect(closer).toEqual({ from: 125, to: 625 })
    expect((250 - closer.from) / (closer.to - closer.from)).toBeCloseTo(0.25, 12)
    expect(zoomed(closer, whole, 250, 4)).toBeUndefined()
    expect(panned(closer, whole, -1)).toEqual({ from: 0, to: 500 })
    expect(panned(closer, whole, 9)).toEqual({ from: 500, to: 1000 })
    expect(zoomed({ from: 10, to: 15 }, whole, 12, 0.1)!.to).toBeGreaterThan(12)
  })
  test('by dragging takes both directions; a twitch is none', () => {
    expect(dragged(700, 300, whole)).toEqual({ from: 300, to: 700 })
    expect(dragged(300, 302, whole)).toBeUndefined()
  })
  test('axes fit what is shown', () => {
    expect(fittedAxis([0.912, 0.934], 4)).toMatchObject({ from: 0.91, to: 0.94 })
    expect(fittedAxis([0.98, 1], 3, 0, 1).to).toBe(1)
    expect(fittedAxis([3, 3], 3).to).toBeGreaterThan(3)
    expect(fittedAxis([], 3)).toMatchObject({ from: 0, to: 1 })
    expect(stretchAxis({ from: 120, to: 180 }, 4).ticks).toEqual([120, 140, 160, 180])
  })
})

const history: EpochPoint[] = [
  { epoch: 1, step: 4, loss: 0.7, accuracy: 0.5, valLoss: 0.8, valAccuracy: 0.4, ms: 1 },
  {
    epoch: 2,
    step: 8,
    loss: 0.6,
    accuracy: 0.6,
    trainLoss: 0.1 + 0.2,
    trainAccuracy: 2 / 3,
    valLoss: 0.75,
    valAccuracy: 0.5,
    trainMetrics: { f1: 0.25, auc: NaN },
    valMetrics: { f1: 0.2 },
    ms: 1
  }
]

test('the table of the epochs is read back exactly, with a column for what was measured and none for what was not', () => {
  const { data } = Papa.parse<Record<string, string>>(epochsCsv(history), {
    header: true,
    skipEmptyLines: true
  })
  expect(Object.keys(data[0]!)).toEqual([
    'epoch',
    'step',
    'train_loss',
    'validation_loss',
    'train_accuracy',
    'validation_accuracy',
    'train_f1',
    'validation_f1',
    'train_auc'
  ])
  expect(Number(data[1]!['train_loss'])).toBe(0.1 + 0.2)
  expect(Number(data[1]!['train_accuracy'])).toBe(2 / 3)
  expect([data[0]!['train_f1'], data[1]!['train_f1'], data[1]!['validation_f1']]).toEqual(['', '0.25', '0.2'])
})

test('the table of the batches has a row for each, and leaves out what was not told', () => {
  expect(batchesCsv(addBatches(noBatches(), 4, [0.5, 0.25]))).toBe('step,loss\n3,0.5\n4,0.25\n')
})

test('metrics are a chart each, those of the kind of answers are offered, and shares read as per cent', () => {
  const { metrics } = seriesOf(history, { noun: 'points', phases: [] })
  expect(metrics.map((m) => m.id)).toEqual(['accuracy', 'f1', 'auc'])
  expect(metrics.find((m) => m.id === 'f1')!.lines.map((l) => l.values)).toEqual([
    [NaN, 0.25],
    [NaN, 0.2]
  ])
  const classes = metricsFor({ target: { classes: 2, shape: [] } }).map((m) => m.type)
  expect(classes).toEqual(expect.arrayContaining(['precision', 'recall', 'f1', 'auc', 'topKAccuracy']))
  expect(classes).not.toContain('accuracy')
  expect(metricsFor({ target: { shape: [1] } }).map((m) => m.type)).toEqual(
    expect.arrayContaining(['meanSquaredError', 'meanAbsoluteError', 'r2'])
  )
  expect(metricText({ unit: 'share' }, 0.934, 500)).toBe('93.4 %')
  expect(metricText({ unit: 'number' }, NaN)).toBe('–')
  expect(exactText(0.123456789)).toBe('0.123457')
})

test('the drawing of the curves is SVG with a line for each, names escaped', () => {
  const series = seriesOf(history, { noun: 'points', phases: [] })
  const y = lossAxis([0.8], false, 3)
  const svg = curvesSvg(
    {
      title: 'Moons <&>',
      epochs: series.epochs,
      charts: [{ id: 'loss', title: 'Loss', lines: series.loss, raw: undefined, y, format: lossLabel(y) }],
      batches: undefined,
      x: stretchAxis({ from: 0, to: 10 }, 4),
      best: 2,
      bandFrom: undefined,
      legend: series.loss
    },
    {
      ...{ train: '#000', validation: '#a02f70', second: '#0b7263', band: '#a02f7022' },
      ...{ ground: '#fff', text: '#111', quiet: '#555', grid: '#eee' }
    }
  )
  expect(svg).toContain('Moons &#60;&#38;&#62;')
  expect(svg.match(/stroke="#a02f70"/g)).toHaveLength(2)
  // Epoch 1 of 10 on 816 px from 64: the first point of the line, at 0.7 of 0.8.
  expect(svg).toContain('M145.6 ')
  expect(svg).not.toContain('NaN')
})

describe('every batch', () => {
  test('is drawn while few epochs are through, unless a person chose otherwise', () => {
    expect(drawsBatches(undefined, 0, 1875)).toBe(true)
    expect(drawsBatches(undefined, 3, 1875)).toBe(true)
    expect(drawsBatches(undefined, 4, 1875)).toBe(false)
    // Moons, all at once: an update is an epoch.
    expect(drawsBatches(undefined, 0, 1)).toBe(false)
    expect(drawsBatches(0, 0, 1875)).toBe(false)
    expect(drawsBatches(1, 900, 10)).toBe(true)
  })

  test('gives an axis some of its values, first and last among them', () => {
    const losses = Array.from({ length: 3999 }, (_, i) => 4 - i / 1000)
    const heights = batchHeights(addBatches(noBatches(), losses.length, losses))
    expect(heights).toHaveLength(400)
    expect(heights[0]).toBe(4)
    expect(heights.at(-1)).toBeCloseTo(0.01, 6)
    expect(batchHeights(noBatches())).toEqual([])
  })
})
