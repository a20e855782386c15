import { expect, test } from 'vitest'
import { setSetting } from '@core/document/paths'
import { lessons } from '@core/lessons'
import { firstProject } from '@core/templates'
import { unwrap } from '@core/result'
import { pinChoices, pinSetting, waitingChanges } from '@renderer/present/settings'
import { contours } from '@renderer/views/contours'
import { largest, sampleField, unitField } from '@renderer/views/field'
import { sharesText } from '@renderer/views/sharesText'

/** Shares over [0, w] × [0, h] from a function of the cell's middle. */
function fieldOf(width: number, height: number, classes: number, shares: (x: number, y: number) => number[]) {
  const values = new Float32Array(width * height * classes)
  for (let r = 0; r < height; r++)
    for (let c = 0; c < width; c++) values.set(shares(c + 0.5, r + 0.5), (r * width + c) * classes)
  return { width, height, classes, values }
}

test('the border of two classes is where both have a half', () => {
  const field = fieldOf(20, 10, 2, (x) => [1 - x / 20, x / 20])
  const border = contours(field)
  expect(border.length).toBeGreaterThan(8)
  for (const [x1, , x2] of border) {
    expect(x1).toBeCloseTo(10, 4)
    expect(x2).toBeCloseTo(10, 4)
  }
})

test('a network with one answer changes its mind at .5', () => {
  const border = contours(fieldOf(20, 10, 1, (_, y) => [y / 10]))
  expect(border.length).toBeGreaterThan(0)
  for (const [, y1] of border) expect(y1).toBeCloseTo(5, 4)
})

test('three classes meet where their shares are equal', () => {
  const at = [
    [5, 5],
    [25, 5],
    [15, 25]
  ] as const
  const field = fieldOf(30, 30, 3, (x, y) => {
    const near = at.map(([px, py]) => Math.exp(-((x - px) ** 2 + (y - py) ** 2) / 60))
    const sum = near.reduce((a, b) => a + b, 0)
    return near.map((v) => v / sum)
  })
  const middle = contours(field).filter(([x, y]) => Math.hypot(x - 15, y - 12.5) < 2)
  expect(middle.length).toBeGreaterThan(2)
  expect(contours(fieldOf(6, 6, 3, () => [0.6, 0.3, 0.1]))).toEqual([])
})

test('a value between cells is their mean in proportion, with row 0 at the top', () => {
  const field = fieldOf(2, 2, 1, (x, y) => [x + 10 * y])
  const domain = [0, 2, 0, 2] as [number, number, number, number]
  expect(sampleField(field, domain, 1, 1)[0]).toBeCloseTo(11, 5)
  expect(sampleField(field, domain, 0.5, 1.5)[0]).toBeCloseTo(5.5, 5)
  expect(sampleField(field, domain, -9, 9)[0]).toBeCloseTo(5.5, 5)
})

test('one neuron is cut out of its layer', () => {
  const tiles = { units: 2, width: 2, height: 1, values: Float32Array.of(1, 2, 3, -4) }
  expect([...unitField(tiles, 1)!.values]).toEqual([3, -4])
  expect(unitField(tiles, 2)).toBeUndefined()
  expect(largest(tiles.values)).toBe(4)
  expect(largest(new Float32Array(3))).toBe(1)
})

test('shares are told largest first, and never with more certainty than there is', () => {
  expect(sharesText([0.28, 0.72], ['lower', 'upper'])).toBe('72 % upper, 28 % lower')
  expect(sharesText([0.0001, 0.9999], ['a', 'b'])).toBe('> 99 % b, < 1 % a')
  expect(sharesText([0.25], ['no', 'yes'])).toBe('75 % no, 25 % yes')
})

test('presentation offers sizes, amounts, penalties and the learning rate, and every lesson pins what exists', () => {
  const paths = pinChoices(firstProject).map((c) => c.path)
  expect(paths).toEqual(
    expect.arrayContaining([
      'nodes.hidden.units',
      'nodes.hidden.kernelRegularizer',
      'data.source.noise',
      'data.source.samples',
      'training.optimizer.learningRate',
      'training.epochs'
    ])
  )
  expect(pinSetting(firstProject, 'nodes.gone.units')).toBeUndefined()
  for (const { document } of Object.values(lessons))
    for (const path of document.view.pinned) expect(pinSetting(document, path), path).toBeDefined()
})

test('settings that wait for a new start are named', () => {
  const pinned = ['nodes.hidden.units', 'data.source.noise', 'training.optimizer.learningRate']
  const more = unwrap(setSetting(firstProject, 'nodes.hidden.units', 20))
  expect(waitingChanges(firstProject, more, pinned)).toBe('20 neurons')
  const both = unwrap(setSetting(more, 'data.source.noise', 0.35))
  expect(waitingChanges(firstProject, both, pinned)).toBe('20 neurons and noise 0.35')
  // The learning rate is taken up at once.
  const rate = unwrap(setSetting(firstProject, 'training.optimizer.learningRate', 0.1))
  expect(waitingChanges(firstProject, rate, pinned)).toBeUndefined()
})
