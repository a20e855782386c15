import { expect, test } from 'vitest'
import { idleRun } from '@core/run/state'
import { derive } from '@core/graph/derive'
import { firstProject } from '@core/templates'
import { cardsOf } from '@renderer/canvas/cards'
import { normalStyle } from '@renderer/canvas/geometry'
import { networkSvg } from '@core/graph/drawing'
import { coveredRun } from '@renderer/training/covered'
import { filmEpoch, filmShare } from '@renderer/training/film.svelte'
import { readingOf } from '@core/run/reading'
import { seriesOf } from '@renderer/training/series'
import {
  classesEdit,
  drawingEdit,
  drawingOf,
  pointNear,
  withMoved,
  withoutNear,
  withPoint
} from '@renderer/data/drawing'
import { applyEdit } from '@core/document/edits'
import { MOST_DRAWN } from '@core/data/points/drawing'
import { templates } from '@core/templates'

test('the film begins with the first epoch, ends with the last, and gives each doubling the same time', () => {
  expect(filmEpoch(0, 1, 1000)).toBeCloseTo(1, 9)
  expect(filmEpoch(1, 1, 1000)).toBeCloseTo(1001, 6)
  const [a, b, c] = [0.2, 0.4, 0.6].map((share) => filmEpoch(share, 1, 1000))
  expect(b! / a!).toBeCloseTo(c! / b!, 9)
  for (const epoch of [1, 7, 300, 1000])
    expect(filmEpoch(filmShare(epoch, 1, 1000), 1, 1000)).toBeCloseTo(epoch, 6)
})

test('a covered run shows nothing of what was held back', () => {
  const run = {
    ...idleRun,
    rows: { train: 60, validation: 400, test: 0 },
    history: [
      {
        epoch: 1,
        step: 1,
        loss: 1,
        trainLoss: 0.9,
        valLoss: 0.7,
        valAccuracy: 0.5,
        valMetrics: { f1: 1 },
        ms: 1
      }
    ],
    best: { epoch: 1, step: 1, loss: 1, ms: 1 }
  }
  const covered = coveredRun(run)
  expect(Object.keys(covered.history[0]!).filter((key) => key.startsWith('val'))).toEqual([])
  expect(covered.best).toBeUndefined()
  expect(seriesOf(covered.history, { noun: 'points', phases: [] }).loss.map((l) => l.look)).toEqual(['train'])
  expect(readingOf(covered).kind).toBe('none')
})

test('the picture of the network has a box for each layer and a line for each connection', () => {
  const [network] = firstProject.networks
  const cards = cardsOf({
    ...{
      document: firstProject,
      network: network!,
      derivation: derive(firstProject, {}),
      noun: 'points' as const
    },
    ...{ plane: false, map: false, examples: 0, style: normalStyle }
  })
  const ink = { ground: '#fff', surface: '#fff', line: '#999', wire: '#555', text: '#111', quiet: '#444' }
  const svg = networkSvg(firstProject.networks, cards, ink)
  expect(svg.match(/<g transform/g)).toHaveLength(Object.keys(network!.nodes).length)
  expect(svg.match(/fill="none"/g)).toHaveLength(network!.edges.length)
  expect(svg).toContain('3 neurons')
  expect(svg).toContain('9 weights')
})

const drawn = templates.find(({ id }) => id === 'drawn')!.document
const reach = { x: 0.5, y: 0.5 }

test('points are added, found, moved and erased, within the plane and up to what a document holds', () => {
  const empty = { classes: 2, points: [] }
  const one = withPoint(empty, { x: 9, y: 1, label: 1 })
  expect(one.points).toEqual([{ x: 6, y: 1, label: 1 }])
  const two = withPoint(one, { x: 0, y: 0, label: 0 })
  expect([pointNear(two, { x: 0.3, y: 0.3 }, reach), pointNear(two, { x: 1, y: 1 }, reach)]).toEqual([1, -1])
  expect(withMoved(two, 1, { x: -3, y: -9 }).points[1]).toEqual({ x: -3, y: -6, label: 0 })
  expect(withoutNear(two, { x: 0.3, y: 0 }, reach).points).toEqual(one.points)
  expect(withoutNear(two, { x: 3, y: 3 }, reach)).toBe(two)
  const full = { classes: 2, points: Array.from({ length: MOST_DRAWN }, () => two.points[0]!) }
  expect(withPoint(full, two.points[1]!)).toBe(full)
})

test('a class more makes the network fit it, and one less takes its points along', () => {
  const three = applyEdit(drawn, classesEdit(drawn, {}, 1)!)
  expect(drawingOf(three)!.classes).toBe(3)
  expect(derive(three, {}).problems).toEqual([])
  const used = applyEdit(three, drawingEdit(three, withPoint(drawingOf(three)!, { x: 1, y: 1, label: 2 })))
  const back = applyEdit(used, classesEdit(used, {}, -1)!)
  expect(drawingOf(back)).toEqual(drawingOf(drawn))
  expect(derive(back, {}).problems).toEqual([])
  expect(classesEdit(drawn, {}, -1)).toBeUndefined()
})
