import { describe, expect, test, vi } from 'vitest'
import type { Dataset } from '@core/data/dataset'
import { lessonProjectOf } from '@core/lessons/projects'
import { fromTrainerSchema } from '@core/ipc'
import { unwrap } from '@core/result'
import { structureKey } from '@core/run/structure'
import { firstProject } from '@core/templates'
import type { CompiledNetwork } from '@trainer/engines/engine'
import { Model } from '@trainer/model'
import { measureSpeed } from '@trainer/speed'
import { engines, openSession, withSettings } from './support'

const always = (): boolean => true

/** A network on which an update takes so many milliseconds, as does a pass of 100 rows; the clock is its own. */
function clockwork(cost: { readonly update: number; readonly pass: number; readonly first: number }) {
  let time = 0
  let calls = 0
  const spend = (ms: number): void => {
    // Whatever is done first takes longer.
    time += ms + (calls++ === 0 ? cost.first : 0)
  }
  const network = {
    evaluates: true,
    evaluateRows: 100,
    readState: () => [],
    writeState: () => undefined,
    train: ({ batches }: { batches: readonly unknown[] }) => spend(cost.update * batches.length),
    evaluate: (_: string, most: number) => spend((cost.pass * most) / 100)
  }
  return { network: network as unknown as CompiledNetwork, now: () => time }
}

const rows = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i)
const dataset = { parts: { train: rows(1000), validation: rows(250), test: rows(0) } } as unknown as Dataset
const document = withSettings(firstProject, { 'training.batchSize': 32 })
const measure = (
  { network, now }: ReturnType<typeof clockwork>,
  measureTraining = false,
  goOn: () => boolean = always
) =>
  measureSpeed(
    { document, dataset, network, position: { epoch: 0, step: 0 } },
    { measureTraining, goOn, now }
  )

describe('what is measured', () => {
  test.each([0.01, 1, 40, 700])(
    '%d ms an update: an epoch of 32 updates, and whole passes',
    async (update) => {
      const cost = { update, pass: 5, first: 1000 }
      const quiet = await measure(clockwork(cost))
      expect(quiet!.stepsPerEpoch).toBe(32)
      expect(quiet!.updating).toBeCloseTo(32 * update)
      expect(quiet!.measuring).toBeCloseTo(3 * 5)
      expect((await measure(clockwork(cost), true))!.measuring).toBeCloseTo((3 + 10) * 5)
    }
  )

  test('takes no longer than it has to', async () => {
    const slow = clockwork({ update: 700, pass: 1000, first: 0 })
    await measure(slow)
    expect(slow.now()).toBe(4 * 700 + 4 * 1000)
    const quick = clockwork({ update: 0.01, pass: 0.01, first: 0 })
    await measure(quick)
    expect(quick.now()).toBeLessThan(2 * 160)
  })

  test('a moment in which the computer was busy does not count', async () => {
    const clock = clockwork({ update: 100, pass: 1, first: 0 })
    const { train } = clock.network
    let calls = 0
    const busy: CompiledNetwork = {
      ...clock.network,
      train: (request) => {
        if (++calls === 3) for (let i = 0; i < 9; i++) train(request)
        return train(request)
      }
    }
    expect((await measure({ ...clock, network: busy }))!.updating).toBeCloseTo(32 * 100)
  })

  test('is given up before the next slice when nobody wants to know any more', async () => {
    const clock = clockwork({ update: 50, pass: 50, first: 0 })
    let asked = 0
    expect(await measure(clock, false, () => ++asked < 3)).toBeUndefined()
    expect(clock.now()).toBe(100)
  })
})

const gan = lessonProjectOf('gan-2d')!.document
const kinds = {
  moons: withSettings(firstProject, { 'training.batchSize': 20 }),
  'moons with memory': withSettings(firstProject, { 'training.optimizer': 'adam' }),
  gan
}

describe.each([...engines, 'fused'] as const)('on %s', (engine) => {
  for (const [kind, project] of Object.entries(kinds)) {
    if (engine === 'fused' && kind === 'gan') continue
    test(`${kind} stay as they are, trained or not, and learn the same afterwards`, async () => {
      const document = withSettings(project, { 'training.engine': engine })
      const model = unwrap(await Model.compile(document, {}))
      const { network } = model
      const step = (first: number) =>
        network.train({ first, batches: [undefined], factors: [1], measured: true })[0]!.loss
      const twin = unwrap(await Model.compile(document, {}))
      for (const trained of [0, 3]) {
        for (let i = 0; i < trained; i++)
          expect(step(i)).toBe(
            twin.network.train({ first: i, batches: [undefined], factors: [1], measured: true })[0]!.loss
          )
        const before = network.readState()
        const speed = await measureSpeed(model, { measureTraining: true, goOn: always })
        expect(speed!.updating).toBeGreaterThan(0)
        expect(network.readState()).toEqual(before)
      }
      network.dispose()
      twin.network.dispose()
    })
  }

  test('the first examples of a part can be scored alone', async () => {
    const document = withSettings(firstProject, { 'training.engine': engine })
    const { network, dataset } = unwrap(await Model.compile(document, {}))
    const told = network.predict('train')
    const right = (n: number): number =>
      Array.from(dataset.parts.train.subarray(0, n)).filter((row, i) => {
        const says = told[2 * i + 1]! > told[2 * i]! ? 1 : 0
        return says === dataset.y![row]
      }).length / n
    for (const n of [1, 37, dataset.parts.train.length])
      expect(network.evaluate('train', n).accuracy).toBeCloseTo(right(n))
    expect(network.evaluate('train', 1e9)).toEqual(network.evaluate('train'))
    network.dispose()
  })
})

describe('a session', () => {
  const document = withSettings(firstProject, { 'training.epochs': 5, 'view.pace': 'full' })

  test('tells how fast the network is that it got ready, which is as it was', async () => {
    const { session, speeds, until } = openSession()
    await session.prepare({ document, files: {} })
    const before = session.ready!.network.readState()
    await until(() => speeds.length > 0)
    expect(fromTrainerSchema.parse(speeds[0])).toMatchObject({
      type: 'speed',
      structure: structureKey(document),
      stepsPerEpoch: 1
    })
    expect(session.ready!.network.readState()).toEqual(before)
    await session.dispose()
  })

  test('measures nothing that is trained at once, and what was changed while it trained when that is over', async () => {
    const { session, speeds, until, start } = openSession()
    await session.prepare({ document, files: {} })
    await start(document)
    const wider = withSettings(document, { 'nodes.hidden.units': 5 })
    await session.prepare({ document: wider, files: {} })
    await session.idle()
    await until(() => speeds.length > 0)
    expect(speeds.map(({ structure }) => structure)).toEqual([structureKey(wider)])
    await session.dispose()
  })

  test('a measurement that fails is not the end of it', async () => {
    const { session, start, run } = openSession()
    await session.prepare({ document, files: {} })
    const { network } = session.ready!
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const train = vi.spyOn(network, 'train').mockImplementation(() => {
      throw new Error('no memory')
    })
    await vi.waitFor(() => expect(error).toHaveBeenCalled(), { timeout: 10_000 })
    train.mockRestore()
    error.mockRestore()
    await start(document)
    await session.idle()
    expect(run()).toMatchObject({ ending: 'finished', epoch: 5 })
    await session.dispose()
  })
})
