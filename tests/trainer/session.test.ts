import { fromTrainerSchema } from '@core/ipc'
import { firstProject } from '@core/templates'
import { describe, expect, test } from 'vitest'
import { engines, openSession, withSettings } from './support'

describe.each(engines)('a session on %s', (engine) => {
  const document = withSettings(firstProject, { 'training.engine': engine, 'training.epochs': 30 })

  test('prepares, trains to the end and shows what it learned', async () => {
    const { session, start, run, answers, until, training } = openSession()
    expect(await session.prepare({ document, files: {} })).toEqual({ ok: true, value: undefined })
    expect(await start(document)).toEqual({ ok: true, value: undefined })
    await session.idle()
    expect(run()).toMatchObject({ status: 'ended', ending: 'finished', epoch: 30, step: 30 })
    expect(run().history).toHaveLength(30)
    expect(run().history.at(-1)!.trainLoss).toBeLessThan(run().history[0]!.trainLoss!)
    expect(training).toEqual([
      { on: true, epoch: 0 },
      { on: false, epoch: 30 }
    ])
    const plane = { width: 20, height: 10, domain: [-2, 3, -1.5, 2] as [number, number, number, number] }
    session.receive({ type: 'view', id: 7, boundary: plane, tiles: plane })
    await until(() => answers.length > 0)
    const view = fromTrainerSchema.parse(answers[0])
    expect(view).toMatchObject({
      type: 'view',
      id: 7,
      epoch: 30,
      boundary: { width: 20, height: 10, classes: 2 }
    })
    if (view.type !== 'view') throw new Error('no view')
    expect(Object.keys(view.tiles)).toEqual(['data', 'hidden', 'output'])
    expect(view.tiles['hidden']!.values).toHaveLength(3 * 200)
    expect(view.weights['hidden']!['kernel']!.shape).toEqual([2, 3])
    expect(view.predicted).toHaveLength(200)
    await session.dispose()
  })
})
