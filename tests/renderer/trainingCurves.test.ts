import { expect, test } from 'vitest'
import { part } from '@core/registry/define'
import { setSetting } from '@core/document/paths'
import { unwrap } from '@core/result'
import { firstProject } from '@core/templates'
import { changesOf } from '@renderer/training/changes'
import { lossText, percentText } from '@renderer/training/numbers'
import { lowerRate } from '@core/run/rate'
import { phasesOf } from '@renderer/training/phases'
import { nearestIndex, seriesOf, valuesOf } from '@renderer/training/series'
import { smooth } from '@renderer/training/smooth'

test('smoothing keeps a level curve, starts at the first value and leaves gaps alone', () => {
  expect(smooth([2, 2, 2], 0.9).map((v) => Number(v.toFixed(9)))).toEqual([2, 2, 2])
  expect(smooth([1, 5, 3], 0)).toEqual([1, 5, 3])
  expect(smooth([4, 0, 0], 0.5)[0]).toBeCloseTo(4, 12)
  expect(smooth([1, NaN, 1], 0.5)[1]).toBeNaN()
  expect(smooth([1, NaN, 1], 0.5)[2]).toBeCloseTo(1, 12)
})

const words = { noun: 'points', phases: [] } as const

test('series use the measure on the whole training part, and the running mean where there is none', () => {
  const series = seriesOf(
    [
      { epoch: 1, step: 1, loss: 0.7, accuracy: 0.5, ms: 1 },
      {
        epoch: 2,
        step: 2,
        loss: 0.6,
        accuracy: 0.6,
        trainLoss: 0.55,
        trainAccuracy: 0.65,
        valLoss: 0.8,
        valAccuracy: 0.4,
        ms: 1
      }
    ],
    words
  )
  expect(series.loss.map((l) => l.label)).toEqual(['train', 'new points'])
  expect(series.loss.map((l) => l.values)).toEqual([
    [0.7, 0.55],
    [NaN, 0.8]
  ])
  expect(series.metrics[0]!.lines.map((l) => l.values)).toEqual([
    [0.5, 0.65],
    [NaN, 0.4]
  ])
  expect(seriesOf([], words).loss).toHaveLength(1)
})

test('answers that are numbers have no accuracy', () => {
  const series = seriesOf([{ epoch: 1, step: 1, loss: 0.7, valLoss: 0.9, ms: 1 }], words)
  expect(series.metrics).toEqual([])
  expect(valuesOf(series.loss)).toEqual([0.7, 0.9])
})

test('a way of learning with phases has a line for each, with its name', () => {
  const training = { ...firstProject.training, scheme: part('adversarial') }
  const phases = phasesOf({ training })
  const series = seriesOf(
    [
      { epoch: 1, step: 2, loss: 2, phases: { discriminator: 1.4, generator: 0.7 }, ms: 1 },
      { epoch: 2, step: 4, loss: 2, phases: { discriminator: 1.3 }, ms: 1 }
    ],
    { noun: 'points', phases }
  )
  expect(series.loss.map(({ label, values }) => [label, values])).toEqual([
    ['Judge', [1.4, 1.3]],
    ['Forger', [0.7, NaN]]
  ])
  expect(new Set(series.loss.map((l) => l.look)).size).toBe(2)
  expect(series.metrics).toEqual([])
  expect(phasesOf(firstProject)).toEqual([])
})

test('the nearest epoch is found in a thinned history', () => {
  const epochs = [1, 3, 5, 9]
  expect([0, 1, 2, 3.9, 4.1, 8, 100].map((e) => nearestIndex(epochs, e))).toEqual([0, 0, 0, 1, 2, 3, 3])
  expect(nearestIndex([], 4)).toBe(-1)
})

test('a change while training is told with what it was before', () => {
  const started = unwrap(
    setSetting(
      unwrap(setSetting(firstProject, 'training.optimizer.learningRate', 0.03)),
      'nodes.hidden.kernelRegularizer',
      'none'
    )
  )
  const changes = [
    { epoch: 120, path: 'training.optimizer.learningRate', value: 0.01 },
    { epoch: 200, path: 'training.optimizer.learningRate', value: 0.003 },
    { epoch: 300, path: 'nodes.hidden.kernelRegularizer', value: part('l2', { rate: 0.003 }) }
  ]
  expect(changesOf(changes, started, started).map((c) => c.text)).toEqual([
    'learning rate 0.03 → 0.01 at epoch 120',
    'learning rate 0.01 → 0.003 at epoch 200',
    'keep weights small (Dense) Off → L2 0.003 at epoch 300'
  ])
  expect(changesOf(changes.slice(0, 1), started, undefined)[0]!.text).toBe('learning rate 0.01 at epoch 120')
})

test('a lower learning rate is a third of it, in round numbers', () => {
  expect([0.03, 0.01, 1, 0.02].map(lowerRate)).toEqual([0.01, 0.003, 0.3, 0.007])
})

test('numbers read well', () => {
  expect([0.21, 1.234, 12.34, 1234, 0, NaN].map(lossText)).toEqual([
    '0.210',
    '1.23',
    '12.3',
    '1,234',
    '0.000',
    'past all bounds'
  ])
  expect(percentText(0.935, 200)).toBe('93.5 %')
  expect(percentText(0.935, 40)).toBe('94 %')
})
