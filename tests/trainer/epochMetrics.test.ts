import { afterEach, describe, expect, test } from 'vitest'
import { metrics } from '@core/registry'
import type { Document } from '@core/document/schema'
import { firstProject } from '@core/templates'
import { engines, openSession, withSettings } from './support'

const open: ReturnType<typeof openSession>[] = []
afterEach(async () => {
  for (const { session } of open.splice(0)) await session.dispose()
})

const asking = (document: Document, types: readonly string[]): Document => ({
  ...document,
  view: { ...document.view, metrics: types }
})

describe.each([...engines, 'fused'])('on %s', (engine) => {
  test('the metrics that are asked for are measured after each epoch, on both parts', async () => {
    const made = openSession()
    open.push(made)
    const { session, start, run } = made
    const document = withSettings(firstProject, { 'training.engine': engine, 'training.epochs': 3 })
    await start(asking(document, ['precision', 'recall', 'f1', 'auc', 'meanSquaredError', 'unheardOf']))
    await session.idle()
    const last = run().history.at(-1)!
    // What belongs to numbers, or is not known, is left out.
    expect(Object.keys(last.valMetrics!)).toEqual(['precision', 'recall', 'f1', 'auc'])

    // By hand from the answers: class 1 against class 0.
    const { network, dataset } = session.ready!
    for (const [part, told] of [
      ['train', last.trainMetrics!],
      ['validation', last.valMetrics!]
    ] as const) {
      const shares = network.predict(part)
      const rows = dataset.parts[part]
      let [right, claimed, missed] = [0, 0, 0]
      for (const [i, row] of rows.entries()) {
        const said = Number(shares[2 * i + 1]! > shares[2 * i]!)
        const truth = dataset.y![row]!
        right += Number(said === 1 && truth === 1)
        claimed += Number(said === 1 && truth === 0)
        missed += Number(said === 0 && truth === 1)
      }
      expect(told['precision']).toBeCloseTo(right / (right + claimed), 12)
      expect(told['recall']).toBeCloseTo(right / (right + missed), 12)
      expect(told['f1']).toBeCloseTo((2 * right) / (2 * right + claimed + missed), 12)
      expect(told['auc']).toBeGreaterThan(0.5)
    }
  })
})

test('answers that are numbers have errors and R², and one that is added while it trains begins there', async () => {
  const made = openSession()
  open.push(made)
  const { session, start, run, until } = made
  const plane = withSettings(firstProject, {
    'data.source': { type: 'plane', config: {} },
    'nodes.output.units': 1,
    'nodes.output.activation': 'linear',
    'nodes.target.loss': 'meanSquaredError',
    'training.epochs': 1_000_000
  })
  await start(asking(plane, ['r2']))
  await until(() => run().epoch >= 5)
  session.receive({ type: 'hot', document: asking(plane, ['r2', 'meanAbsoluteError']) })
  await until(() => run().history.at(-1)?.valMetrics?.['meanAbsoluteError'] !== undefined)
  session.receive({ type: 'stop' })
  await session.idle()
  const { history } = run()
  expect(history[0]!.valMetrics!['meanAbsoluteError']).toBeUndefined()
  expect(history.every((p) => Number.isFinite(p.valMetrics!['r2']))).toBe(true)
  expect(metrics['r2']!.better).toBe('higher')
  // Loss is the mean squared error with the penalty on weights; that is a share of it here.
  expect(run().changes).toEqual([])
})
