import { lessonOf } from '@core/lessons'
import { firstProject, templates } from '@core/templates'
import type { Document } from '@core/document/schema'
import { judged } from '@core/run/state'
import { describe, expect, test } from 'vitest'
import { openSession, withSettings } from './support'

/** The run of a document on the engine that is fast where networks are this small. */
async function train(document: Document, settings: Record<string, unknown>, every = 1) {
  const { session, run, start } = openSession({ observe: (epoch) => epoch % every === 0 || epoch < 300 })
  await start(withSettings(document, { 'training.engine': 'fused', ...settings }))
  await session.idle()
  const last = run().history.at(-1)!
  await session.dispose()
  return { last, best: run().best!, gap: last.trainAccuracy! - last.valAccuracy! }
}
const seeds = (n: number) => Array.from({ length: n }, (_, seed) => seed)

test('the first project tells new points apart from ten of ten starts', async () => {
  expect(firstProject.data.source).toMatchObject({ type: 'moons', config: { samples: 200, noise: 0.2 } })
  expect(firstProject.data.split).toEqual({ train: 0.5, test: 0 })
  expect(firstProject.training.epochs).toBeLessThanOrEqual(2000)
  for (const seed of seeds(10)) {
    const { last } = await train(firstProject, { 'training.seed': seed }, 1000)
    expect(last.valAccuracy, `seed ${seed}`).toBeGreaterThanOrEqual(0.93)
  }
}, 120_000)

describe('overfit-live', () => {
  const { document } = lessonOf('overfit-live')!

  test('learns its points by heart and gets worse on new ones, for eight of eight seeds', async () => {
    for (const seed of seeds(8)) {
      const { last, best, gap } = await train(document, { 'training.seed': seed }, 10)
      expect(last.trainAccuracy, `seed ${seed}`).toBeGreaterThanOrEqual(0.98)
      expect(last.valAccuracy).toBeGreaterThanOrEqual(0.75)
      expect(last.valAccuracy).toBeLessThanOrEqual(0.86)
      expect(last.valLoss! / judged(best)).toBeGreaterThanOrEqual(3)
      expect(best.epoch).toBeGreaterThanOrEqual(20)
      expect(best.epoch).toBeLessThanOrEqual(150)
      expect(gap).toBeGreaterThanOrEqual(0.12)
    }
  }, 120_000)

  test('L2 closes the gap for most seeds', async () => {
    const l2 = { 'nodes.hidden.kernelRegularizer': 'l2', 'nodes.output.kernelRegularizer': 'l2' }
    let closed = 0
    for (const seed of seeds(8)) {
      const { last, best, gap } = await train(document, { ...l2, 'training.seed': seed }, 10)
      if (gap < 0.06 && last.valLoss! <= 1.3 * judged(best)) closed++
    }
    expect(closed).toBeGreaterThanOrEqual(6)
  }, 120_000)

  test('three hidden units overfit visibly less', async () => {
    const { gap, last, best } = await train(document, { 'nodes.hidden.units': 3 }, 10)
    const many = await train(document, {}, 10)
    expect(gap).toBeLessThan(many.gap / 2)
    expect(last.valLoss! / judged(best)).toBeLessThan(many.last.valLoss! / judged(many.best) / 2)
  }, 120_000)
})

// What follows a character is never sure: text.test.ts says how well fables are learned.
test.each(templates.filter(({ id }) => id !== 'fables'))(
  'template $id learns',
  async ({ document }) => {
    const { last } = await train(document, {}, document.training.epochs)
    expect(last.valAccuracy).toBeGreaterThanOrEqual(0.9)
  },
  120_000
)
