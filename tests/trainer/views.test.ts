import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { applyEdit } from '@core/document/edits'
import type { Document } from '@core/document/schema'
import { fromTrainerSchema, type TrainerView, type ViewWindow } from '@core/ipc'
import { lessonProjectOf } from '@core/lessons/projects'
import { firstProject } from '@core/templates'
import type { Dataset } from '@core/data/dataset'
import { gridPoints, isPictured, slicePoints } from '@trainer/views/pictures'
import { coarser, FRAME_MS, nextHalvings } from '@trainer/views/resolution'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { commandLine } from '../../scripts/build/bundles.mjs'
import { at } from '../../scripts/setup/places.mjs'
import { engines, openSession, withSettings } from './support'

const plane: ViewWindow = { width: 30, height: 20, domain: [-2, 3, -1.5, 2] }
const windows = { boundary: plane, tiles: { ...plane, width: 12, height: 8 } }

let folder: string
let viewWorker: string
beforeAll(async () => {
  mkdirSync(at('test-results'), { recursive: true })
  folder = mkdtempSync(at('test-results/views-'))
  await build(commandLine({ viewWorker: at('trainer/views/worker.ts') }, join(folder, 'bundle')))
  viewWorker = join(folder, 'bundle/viewWorker.cjs')
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(() => void vi.restoreAllMocks())

/** A worker that does this with each order; `reply(pictures, ms)` answers it. */
function fakeWorker(name: string, onOrder: string): string {
  const file = join(folder, `${name}.cjs`)
  const pictures = `{
    boundary: { width, height, classes: 2, values: new Float32Array(0) },
    tiles: {}, predicted: new Int32Array(0)
  }`
  writeFileSync(
    file,
    `const { parentPort } = require('node:worker_threads')
    const reply = (pictures, ms) => parentPort.postMessage({ type: 'drawn', pictures, ms })
    parentPort.on('message', ({ subject, document, windows: { boundary: { width, height } } }) => {
      const pictures = ${pictures}
      ${onOrder}
    })`
  )
  return file
}

function opened(...options: Parameters<typeof openSession>) {
  const made = openSession(...options)
  onTestFinished(() => made.session.dispose())
  let asked = 0
  /** Asks for pictures and waits for them. */
  const look = async (epoch?: number): Promise<TrainerView> => {
    const id = ++asked
    made.session.receive({ type: 'view', id, ...windows, ...(epoch === undefined ? {} : { epoch }) })
    const found = () => made.answers.find((answer) => 'id' in answer && answer.id === id)
    await made.until(() => found() !== undefined)
    const view = fromTrainerSchema.parse(found())
    if (view.type !== 'view') throw new Error('There is no view.')
    return view
  }
  return { ...made, look }
}

/** Errors on the console, which then stay off it. */
const errors = () => vi.spyOn(console, 'error').mockImplementation(() => undefined)

const small = (engine: string): Document =>
  withSettings(firstProject, { 'training.engine': engine, 'training.epochs': 40 })
/** Not for machine code made for chains of dense layers. */
const normalized = (engine: string): Document =>
  applyEdit(small(engine), {
    ...{ kind: 'insertBefore', nodeId: 'output', port: 'input', type: 'batchNormalization' },
    config: {}
  })
/** Beyond WebAssembly as well. */
const convolved = (): Document =>
  ['repeatVector', 'conv1d', 'flatten'].reduce(
    (document, type) =>
      applyEdit(document, { kind: 'insertBefore', nodeId: 'hidden', port: 'input', type, config: {} }),
    small('native')
  )

/** How far two lists of numbers are apart at most. */
const apart = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a.length).toBe(b.length)
  return Array.from(a).reduce((most, v, i) => Math.max(most, Math.abs(v - b[i]!)), 0)
}

function expectSame(found: TrainerView, wanted: TrainerView): void {
  expect(found.epoch).toBe(wanted.epoch)
  expect({ ...found.boundary, values: 0 }).toEqual({ ...wanted.boundary, values: 0 })
  expect(apart(found.boundary!.values, wanted.boundary!.values)).toBeLessThan(1e-4)
  expect(Object.keys(found.tiles).sort()).toEqual(Object.keys(wanted.tiles).sort())
  for (const [id, tile] of Object.entries(wanted.tiles)) {
    expect({ ...found.tiles[id], values: 0 }).toEqual({ ...tile, values: 0 })
    expect(apart(found.tiles[id]!.values, tile.values)).toBeLessThan(1e-4)
  }
  expect(found.weights).toEqual(wanted.weights)
  expect(found.predicted).toEqual(wanted.predicted)
}

test('a window’s points are the middles of its pixels, from the top left', () => {
  expect([...gridPoints({ width: 2, height: 2, domain: [0, 4, -1, 1] })]).toEqual([
    1, 0.5, 3, 0.5, 1, -0.5, 3, -0.5
  ])
})

test('a slice goes through examples at the numbers that are held', () => {
  const points = Float32Array.of(1, 2, 3, 4)
  const slice = { x: 3, y: 0, base: Float32Array.of(9, 8, 7, 6) }
  expect([...slicePoints(points, slice)]).toEqual([2, 8, 7, 1, 4, 8, 7, 3])
  const rows = { shape: [4], target: { classes: 2, shape: [] } } as unknown as Dataset
  expect(isPictured(rows, { slice })).toBe(true)
  expect(isPictured(rows, {})).toBe(false)
  expect(isPictured(rows, { slice: { ...slice, x: 4 } })).toBe(false)
})

describe('the view worker', () => {
  const documents = engines.flatMap((engine): [string, Document][] => [
    [`a chain of dense layers on ${engine}`, small(engine)],
    [`batch normalization on ${engine}`, normalized(engine)]
  ])
  test.each([...documents, ['machine code for small networks', small('fused')] as [string, Document]])(
    'draws what the training thread would: %s',
    async (_, document) => {
      const told = errors()
      const worker = opened({ viewWorker })
      await worker.start(document)
      await worker.session.idle()
      const onThread = vi.spyOn(worker.session.ready!.network, 'activations')
      const now = await worker.look()
      const then = await worker.look(10)
      expect(now.epoch).toBe(40)
      expect(then.epoch).toBe(10)
      expect(apart(now.boundary!.values, then.boundary!.values)).toBeGreaterThan(0.01)
      expect(onThread).not.toHaveBeenCalled()
      // Training goes on from the very weights that were shown.
      const thread = opened()
      await thread.start(document)
      await thread.session.idle()
      expectSame(await thread.look(), now)
      expectSame(await thread.look(10), then)
      expect(told).not.toHaveBeenCalled()
    }
  )

  test('draws each unit of a node by itself: of the data its x, and then its y', async () => {
    const { session, look } = opened({ viewWorker })
    await session.prepare({ document: small('fused'), files: {} })
    const { data } = (await look()).tiles
    const points = gridPoints(windows.tiles)
    const [x, y] = [0, 1].map((axis) => points.filter((_, i) => i % 2 === axis))
    expect(data!.values).toEqual(Float32Array.of(...x!, ...y!))
  })

  test('draws the next network after the one before', async () => {
    const { session, look } = opened({ viewWorker })
    await session.prepare({ document: small('fused'), files: {} })
    expect((await look()).tiles['hidden']!.units).toBe(3)
    await session.prepare({ document: withSettings(small('fused'), { 'nodes.hidden.units': 5 }), files: {} })
    expect((await look()).tiles['hidden']!.units).toBe(5)
  })

  test.runIf(engines.includes('native'))(
    'leaves what it cannot do to the training thread, and says so once',
    async () => {
      const told = errors()
      const { session, look } = opened({ viewWorker })
      await session.prepare({ document: convolved(), files: {} })
      expect((await look()).boundary!.values).toHaveLength(2 * plane.width * plane.height)
      await look()
      expect(told.mock.calls).toEqual([[expect.stringContaining('Conv1D')]])
      await session.prepare({ document: small('native'), files: {} })
      const onThread = vi.spyOn(session.ready!.network, 'activations')
      await look()
      expect(onThread).not.toHaveBeenCalled()
    }
  )

  test('that dies is started anew once, and then no more; pictures come all the same', async () => {
    const told = errors()
    const { session, look } = opened({ viewWorker: fakeWorker('mortal', 'process.exit(3)') })
    await session.prepare({ document: small('fused'), files: {} })
    const first = await look()
    expect(first.boundary!.values).toHaveLength(2 * plane.width * plane.height)
    expectSame(await look(), first)
    expectSame(await look(), first)
    expect(told.mock.calls).toEqual([['The view worker ended with 3.'], ['The view worker ended with 3.']])
  })

  test('has nothing to draw without a network, off the plane, and where a look fails; the next one comes', async () => {
    const told = errors()
    const { session, answers, until, look } = opened({ viewWorker: fakeWorker('idle', 'reply(pictures, 1)') })
    const ask = async () => {
      const { length } = answers
      session.receive({ type: 'view', id: -1, ...windows })
      await until(() => answers.length > length)
      return answers.at(-1)!
    }
    expect(await ask()).toEqual({ type: 'noView', id: -1 })
    const { document } = lessonProjectOf('admissions')!
    await session.prepare({ document, files: {} })
    expect(await ask()).toEqual({ type: 'noView', id: -1 })
    await session.prepare({ document: small('fused'), files: {} })
    const weights = vi.spyOn(session.ready!.network, 'weights').mockImplementation(() => {
      throw new Error('No weights.')
    })
    expect(told).not.toHaveBeenCalled()
    expect(await ask()).toEqual({ type: 'noView', id: -1 })
    expect(told).toHaveBeenCalledWith(new Error('No weights.'))
    weights.mockRestore()
    expect((await look()).boundary).toMatchObject({ width: 30, height: 20 })
  })

  test('that cannot be started takes nothing away', async () => {
    const told = errors()
    const { session, look } = opened({ viewWorker: join(folder, 'nothing.cjs') })
    await session.prepare({ document: small('fused'), files: {} })
    expect((await look()).predicted).toHaveLength(200)
    expect(told).toHaveBeenCalledWith('The view worker failed.', expect.any(Error))
  })

  test('hears of a network once, and of hot settings when they change', async () => {
    const heard =
      'reply({ ...pictures, predicted: Int32Array.of(Number(!!subject), document?.training.epochs ?? 0) }, 1)'
    const { session, look } = opened({ viewWorker: fakeWorker('hearing', heard) })
    const heardOf = async () => [...(await look()).predicted]
    await session.prepare({ document: small('fused'), files: {} })
    expect(await heardOf()).toEqual([1, 0])
    expect(await heardOf()).toEqual([0, 0])
    session.receive({ type: 'hot', document: withSettings(small('fused'), { 'training.epochs': 41 }) })
    expect(await heardOf()).toEqual([0, 41])
    expect(await heardOf()).toEqual([0, 0])
  })

  test('is asked for the newest of what is waited for, and that answers the rest', async () => {
    const { session, answers, until, start } = opened({ viewWorker: fakeWorker('any', 'reply(pictures, 1)') })
    await start(small('fused'))
    await session.idle()
    for (const epoch of [5, 10, 20]) session.receive({ type: 'view', id: epoch, epoch, ...windows })
    await until(() => answers.length === 3)
    expect(answers.map((answer) => answer.type === 'view' && [answer.id, answer.epoch])).toEqual([
      [5, 20],
      [10, 20],
      [20, 20]
    ])
  })

  test('that is slow draws coarser pictures while training runs, and fine ones when it does not', async () => {
    const { session, look, start, until, run } = opened({
      viewWorker: fakeWorker('tired', 'reply(pictures, 1000)')
    })
    await start(withSettings(small('fused'), { 'training.epochs': 1_000_000 }))
    await until(() => run().epoch > 0)
    const sizes = []
    for (let i = 0; i < 3; i++) {
      const { width, height } = (await look()).boundary!
      sizes.push([width, height])
    }
    // Never below 25 pixels, nor above what was asked for.
    expect(sizes).toEqual([
      [30, 20],
      [25, 20],
      [25, 20]
    ])
    session.receive({ type: 'pause' })
    await until(() => run().status === 'paused')
    expect((await look()).boundary).toMatchObject({ width: 30, height: 20 })
  })
})

describe('resolution', () => {
  test('halves what does not fit a frame, and doubles what would fit it well', () => {
    expect(nextHalvings(0, FRAME_MS + 1)).toBe(1)
    expect(nextHalvings(3, 10 * FRAME_MS)).toBe(4)
    expect(nextHalvings(4, 10 * FRAME_MS)).toBe(4)
    expect(nextHalvings(2, FRAME_MS)).toBe(2)
    // Four times as many points: at a quarter of a frame they would just fill it.
    expect(nextHalvings(2, 0.25 * FRAME_MS)).toBe(2)
    expect(nextHalvings(2, 0.19 * FRAME_MS)).toBe(1)
    expect(nextHalvings(0, 0)).toBe(0)
  })

  test('comes to rest: a picture whose time goes with its points does not go up and down', () => {
    for (const whole of [1, 10, 100, 300, 1000, 5000]) {
      const taken = (halvings: number): number => whole / 4 ** halvings
      let halvings = 0
      for (let i = 0; i < 10; i++) halvings = nextHalvings(halvings, taken(halvings))
      expect(nextHalvings(halvings, taken(halvings))).toBe(halvings)
      expect(taken(halvings)).toBeLessThanOrEqual(FRAME_MS)
    }
  })

  test('keeps the plane, and at least 25 pixels of a side that has them', () => {
    const { domain } = plane
    const fine = { boundary: { width: 120, height: 80, domain }, tiles: { width: 36, height: 20, domain } }
    expect(coarser(fine, 0)).toEqual(fine)
    expect(coarser(fine, 1)).toEqual({
      boundary: { width: 60, height: 40, domain },
      tiles: { width: 25, height: 20, domain }
    })
    expect(coarser(fine, 4).boundary).toEqual({ width: 25, height: 25, domain })
    expect(coarser({ boundary: plane }, 1)).toEqual({ boundary: { ...plane, width: 25 } })
  })
})
