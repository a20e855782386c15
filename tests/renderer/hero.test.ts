import { makeDataset } from '@core/data/dataset'
import { unwrap } from '@core/result'
import { firstProject } from '@core/templates'
import { expect, test } from 'vitest'
import { classPointsOf } from '@renderer/shared/plane'
import { heroAt, heroRun, heroShare } from '@renderer/start/hero'

const dataset = classPointsOf(unwrap(makeDataset(firstProject.data, {})))!

function accuracy(weights: (typeof heroRun)[number]): number {
  const rows = dataset.parts.validation
  const right = rows.filter(
    (row) => Number(heroShare(weights, dataset.x[2 * row]!, dataset.x[2 * row + 1]!) > 0.5) === dataset.y[row]
  )
  return right.length / rows.length
}

test('the start screen shows a training that really parts the first project’s points', () => {
  expect(accuracy(heroRun.at(-1)!)).toBeGreaterThanOrEqual(0.93)
  expect(accuracy(heroRun[0]!)).toBeLessThan(0.9)
})

test('the replay begins with the first moment and ends with the last', () => {
  expect(heroAt(0)).toEqual(heroRun[0])
  expect(heroAt(1)).toEqual(heroRun.at(-1))
  const epochs = [0, 0.2, 0.5, 0.7, 1].map((moment) => heroAt(moment).epoch)
  expect(epochs).toEqual([...epochs].sort((a, b) => a - b))
})
