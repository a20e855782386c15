import type { Document } from '@core/document/schema'
import { firstProject } from '@core/templates'
import { describe, expect, test } from 'vitest'
import { engines, openSession, withSettings } from './support'

const files = {}
const project = (more: Record<string, unknown>): Document =>
  withSettings(firstProject, { 'training.epochs': 40, 'training.batchSize': 30, ...more })

describe.each([...engines, 'fused' as const])('what was trained on %s', (engine) => {
  const document = project({ 'training.engine': engine })

  test('can be brought back after a new start, and after that the new start, too', async () => {
    const { session, start, run, givenUp } = openSession()
    await start(document)
    await session.idle()
    expect(givenUp).toHaveLength(0)
    const learned = session.ready!.network.readState()
    await start(withSettings(document, { 'training.epochs': 3 }))
    await session.idle()
    const again = session.ready!.network.readState()
    expect(givenUp).toHaveLength(1)
    expect(again).not.toEqual(learned)

    expect(await session.recall({ document, files, checkpoint: givenUp[0]! })).toMatchObject({ ok: true })
    expect(session.ready!.network.readState()).toEqual(learned)
    expect(run()).toMatchObject({ epoch: 40, status: 'ended' })
    expect(run().history.map(({ epoch }) => epoch)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))

    expect(await session.recall({ document, files, checkpoint: givenUp[1]! })).toMatchObject({ ok: true })
    expect(session.ready!.network.readState()).toEqual(again)
    await session.dispose()
  })

  test('can be brought back after a step back in time, while training runs', async () => {
    const { session, start, run, until, givenUp } = openSession()
    await start(withSettings(document, { 'training.epochs': 1_000_000 }))
    await until(() => run().epoch >= 60)
    session.receive({ type: 'restore', epoch: 10 })
    expect(givenUp).toHaveLength(1)
    await session.recall({ document, files, checkpoint: givenUp[0]! })
    expect(run().epoch).toBeGreaterThanOrEqual(60)
    expect(run().status).not.toBe('running')
    await session.dispose()
  })

  test('goes on from its best epoch as if it had not been trained past it', async () => {
    const epochsTo = async (epochs: number) => {
      const opened = openSession()
      await opened.start(withSettings(document, { 'training.epochs': epochs }))
      await opened.session.idle()
      return opened
    }
    const { session, run } = await epochsTo(40)
    const best = run().best!.epoch
    session.receive({ type: 'restore', epoch: best })
    const state = session.ready!.network.readState()
    await session.dispose()
    const other = await epochsTo(best)
    expect(state).toEqual(other.session.ready!.network.readState())
    await other.session.dispose()
  })
})
