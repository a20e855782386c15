import { describe, expect, test } from 'vitest'
import type { EpochPoint, RunEvent } from '@core/run/events'
import { runEventSchema } from '@core/run/events'
import { MOST_BATCHES } from '@core/run/batchLosses'
import {
  DATA_CHANGE,
  dataSince,
  idleRun,
  judged,
  MAX_POINTS,
  reduceRun,
  type RunState
} from '@core/run/state'

const started = (from = 0): RunEvent => ({
  type: 'started',
  runId: 'run',
  engine: { id: 'native', title: 'Native TensorFlow' },
  from,
  epochs: 100_000,
  stepsPerEpoch: 4,
  rows: { train: 100, validation: 100, test: 0 },
  seed: 0
})
const point = (epoch: number, valLoss?: number): EpochPoint => ({
  epoch,
  step: 4 * epoch,
  loss: 1 / epoch,
  accuracy: 0.5,
  ms: 2,
  ...(valLoss === undefined ? {} : { valLoss })
})
const epoch = (n: number, valLoss?: number): RunEvent => ({
  type: 'epoch',
  point: point(n, valLoss),
  seconds: n / 10
})
const epochs = (from: number, to: number): RunEvent[] =>
  Array.from({ length: to - from + 1 }, (_, i) => epoch(from + i))
const run = (...events: RunEvent[]): RunState => reduceRun(idleRun, events)
const drawn = (r: RunState): number[] => r.history.map((p) => p.epoch)

test('follows a run from start to end', () => {
  const r = run(
    started(),
    epoch(1),
    { type: 'batch', step: 5, losses: [1], seconds: 0.2 },
    { type: 'paused' }
  )
  expect(r).toMatchObject({ status: 'paused', epoch: 1, step: 5, runId: 'run', seconds: 0.2 })
  expect(r.stepsPerSecond).toBe(2000)
  expect(reduceRun(r, [{ type: 'resumed' }]).status).toBe('running')
  const end = reduceRun(r, [{ type: 'ended', how: 'early', epoch: 1, seconds: 1, stepsPerSecond: 7 }])
  expect(end).toMatchObject({ status: 'ended', ending: 'early', stepsPerSecond: 7, seconds: 1 })
  expect(reduceRun(r, [{ type: 'failed', message: 'no' }])).toMatchObject({ status: 'failed', failure: 'no' })
})

test('reducing in pieces is the same as all at once', () => {
  const events = [started(), ...epochs(1, 50), { type: 'paused' } as const]
  expect(events.reduce((r, e) => reduceRun(r, [e]), idleRun)).toEqual(run(...events))
})

test('a long first epoch tells its speed before it is over', () => {
  const long = { ...started(), stepsPerEpoch: 1000 } as RunEvent
  expect(run(long, { type: 'batch', step: 30, losses: [1], seconds: 2 }).stepsPerSecond).toBe(15)
})

test('whole epochs are timed, also where only some are told, and anew where training goes on', () => {
  const r = run(started(), epoch(1), epoch(4), { type: 'batch', step: 18, losses: [1], seconds: 0.5 })
  expect(r).toMatchObject({ seconds: 0.5, timed: { epochs: 4, seconds: 0.4 } })
  expect(reduceRun(r, [started(4)])).toMatchObject({ seconds: 0, timed: { epochs: 0, seconds: 0 } })
})

describe('the best epoch', () => {
  test('is judged by validation', () => {
    expect(judged(point(1, 0.3))).toBe(0.3)
    expect(judged({ ...point(2), trainLoss: 0.4 })).toBe(0.4)
    expect(judged(point(4))).toBe(0.25)
    expect(run(started(), epoch(1, 0.5), epoch(2, 0.2), epoch(3, 0.9)).best?.epoch).toBe(2)
  })

  test('is the first of several as good', () => {
    expect(run(started(), epoch(1, 0.5), epoch(2, 0.5)).best?.epoch).toBe(1)
  })

  test('is never one that diverged', () => {
    const r = run(started(), epoch(1, Number.NaN), epoch(2, 0.5), epoch(3, Number.NaN))
    expect(r.best?.epoch).toBe(2)
    expect(run(started(), epoch(1, Number.NaN)).best).toBeUndefined()
  })

  test('stays on the curves however long the run is', () => {
    const events = epochs(1, 40_000).map((e) =>
      e.type === 'epoch' ? epoch(e.point.epoch, e.point.epoch === 3334 ? 0.1 : 0.5) : e
    )
    const r = run(started(), ...events)
    expect(r.best?.epoch).toBe(3334)
    expect(drawn(r)).toContain(3334)
    expect(reduceRun(r, [started(39_000)]).best?.epoch).toBe(3334)
  })
})

describe('curves of a long run', () => {
  const long = run(started(), ...epochs(1, 30_001))

  test('are thinned evenly, the beginning as finely as the end', () => {
    expect(drawn(long).length).toBeLessThanOrEqual(MAX_POINTS + 2)
    expect(drawn(long).length).toBeGreaterThan(MAX_POINTS / 2)
    const gaps = drawn(long)
      .slice(1)
      .map((e, i) => e - drawn(long)[i])
    expect(Math.max(...gaps.slice(0, -2))).toBe(8)
    expect(drawn(long)[0]).toBe(1)
    expect(drawn(long).at(-1)).toBe(30_001)
  })

  test('keep every epoch while there is room', () => {
    expect(drawn(run(started(), ...epochs(1, MAX_POINTS)))).toHaveLength(MAX_POINTS)
  })

  test('are in order and hold each epoch once', () => {
    expect(drawn(long)).toEqual([...new Set(drawn(long))].sort((a, b) => a - b))
  })

  test('keep points that come at wide intervals', () => {
    const sparse = Array.from({ length: 200 }, (_, i) => epoch(10 + 100 * i))
    expect(drawn(run(started(), ...sparse))).toHaveLength(200)
  })
})

describe('going back', () => {
  const changed = (at: number): RunEvent => ({ type: 'changed', epoch: at, path: 'p', value: at })
  const r = run(started(), ...epochs(1, 3), changed(2), ...epochs(4, 9), changed(8))

  test('a new start forgets everything', () => {
    expect(reduceRun(r, [started(0)])).toMatchObject({ history: [], best: undefined, changes: [], epoch: 0 })
  })

  test('a start from an epoch keeps what came up to it', () => {
    const again = reduceRun(r, [started(5)])
    expect(drawn(again)).toEqual([1, 2, 3, 4, 5])
    expect(again.changes).toEqual([{ epoch: 2, path: 'p', value: 2 }])
    expect(again).toMatchObject({ epoch: 5, step: 20, status: 'running' })
    expect(again.best?.epoch).toBe(5)
  })

  test('restoring takes the history it is given', () => {
    const history = [point(1), point(2)]
    const back = reduceRun(r, [{ type: 'restored', epoch: 2, history }])
    expect(back).toMatchObject({ epoch: 2, step: 8, history, status: 'running' })
    expect(back.best?.epoch).toBe(2)
    expect(back.changes).toHaveLength(1)
  })

  test('a trained project that is opened is at rest', () => {
    expect(run({ type: 'restored', epoch: 1, history: [point(1)] }).status).toBe('ended')
  })

  test('an epoch that comes again replaces it and what followed', () => {
    const back = run(started(), epoch(1, 0.5), epoch(2, 0.1), epoch(3, 0.4), epoch(2, 0.3))
    expect(drawn(back)).toEqual([1, 2])
    expect(back.best?.valLoss).toBe(0.3)
  })
})

describe('the loss of every batch', () => {
  const batch = (step: number, losses: number[]): RunEvent => ({ type: 'batch', step, losses, seconds: 1 })
  const told = ({ batches: { low, high, length } }: RunState) => ({
    low: [...low.subarray(0, length)],
    high: [...high.subarray(0, length)]
  })

  test('is kept in order, a gap where some were not told', () => {
    const r = run(started(), batch(2, [4, 3]), batch(3, [2]), batch(6, [1, 0.5]))
    expect(told(r).low).toEqual([4, 3, 2, NaN, 1, 0.5])
    expect(r.batches).toMatchObject({ from: 0, stride: 1, length: 6 })
  })

  test('of a state stays as it was when later ones grow, also into different futures', () => {
    const first = run(started(), batch(2, [4, 3]))
    const one = reduceRun(first, [batch(3, [2])])
    const other = reduceRun(first, [batch(3, [7])])
    expect([told(first).low, told(one).low, told(other).low]).toEqual([
      [4, 3],
      [4, 3, 2],
      [4, 3, 7]
    ])
  })

  test('beyond what is kept, shares values that hold the least and the largest', () => {
    const total = 2 * MOST_BATCHES + 10
    let r = run(started())
    for (let step = 0; step < total; step += 4096) {
      const count = Math.min(4096, total - step)
      r = reduceRun(r, [
        batch(
          step + count,
          Array.from({ length: count }, (_, i) => (step + i === 777 ? 50 : (step + i) % 4))
        )
      ])
    }
    expect(r.batches.stride).toBe(4)
    expect(r.batches.length).toBe(Math.ceil(total / 4))
    const { low, high } = told(r)
    expect([low[0], high[0], low[194], high[194]]).toEqual([0, 3, 0, 50])
    expect(high.every((v, i) => i === 194 || v <= 3)).toBe(true)
  })

  test('ends where the run goes back to', () => {
    const r = run(started(), batch(4, [4, 3, 2, 1]), epoch(1), batch(7, [3, 2, 1]))
    const back = reduceRun(r, [{ type: 'restored', epoch: 1, history: [point(1)] }])
    expect(told(back).low).toEqual([4, 3, 2, 1])
    expect(reduceRun(r, [started(0)]).batches.length).toBe(0)
    expect(told(reduceRun(back, [started(1), batch(5, [9])])).low).toEqual([4, 3, 2, 1, 9])
  })
})

test('other data: what was best on the data before counts no more', () => {
  const r = run(started(), epoch(1, 0.1), epoch(2, 0.5), {
    type: 'changed',
    epoch: 2,
    path: DATA_CHANGE,
    value: null
  })
  expect(r.best).toBeUndefined()
  const after = reduceRun(r, [epoch(3, 0.9), epoch(4, 0.8)])
  expect(after.best?.epoch).toBe(4)
  expect(reduceRun(after, [started(4)]).best?.epoch).toBe(4)
  const back = reduceRun(after, [{ type: 'restored', epoch: 1, history: [point(1, 0.1)] }])
  expect(back.best).toBeUndefined()
  expect(dataSince(back)).toBe(1)
})

test('a diverged epoch passes the check of the port', () => {
  for (const loss of [Number.NaN, Infinity])
    expect(runEventSchema.safeParse({ ...epoch(1), point: { ...point(1), loss } }).success).toBe(true)
  expect(runEventSchema.safeParse({ ...epoch(1), point: { ...point(1), loss: '1' } }).success).toBe(false)
})
