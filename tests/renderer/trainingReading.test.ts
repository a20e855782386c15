import { expect, test } from 'vitest'
import type { EpochPoint } from '@core/run/events'
import { idleRun, type RunState } from '@core/run/state'
import { randomStream } from '@core/random/stream'
import type { Dataset } from '@core/data/dataset'
import { commonestShare, readingOf } from '@core/run/reading'

interface Curve {
  readonly train: (epoch: number) => number
  readonly val?: (epoch: number) => number
  readonly accuracy?: number
}

function runOf(epochs: number, rows: number, { train, val, accuracy = 0.8 }: Curve): RunState {
  const history = Array.from({ length: epochs }, (_, i): EpochPoint => {
    const epoch = i + 1
    const base = { epoch, step: epoch, loss: train(epoch), accuracy: 1, trainLoss: train(epoch), ms: 1 }
    return val ? { ...base, valLoss: val(epoch), valAccuracy: accuracy } : base
  })
  return {
    ...idleRun,
    status: 'running',
    epoch: epochs,
    epochs,
    history,
    rows: { train: 60, validation: val ? rows : 0, test: 0 }
  }
}

const falling = (epoch: number): number => 0.02 + 0.6 * Math.exp(-epoch / 60)
/** Falls until epoch 80 and rises from there. */
const turning = (epoch: number): number =>
  epoch <= 80 ? 0.3 + 0.4 * Math.exp(-epoch / 20) : 0.307 + (epoch - 80) / 400

test('a clear rise on many new points is overfitting since the best epoch', () => {
  const reading = readingOf(runOf(400, 400, { train: falling, val: turning }))
  expect(reading.kind).toBe('overfitting')
  expect(reading).toMatchObject({ since: expect.closeTo(80, -1) as number })
})

test('the same rise carried by a few wrong points may be chance', () => {
  expect(readingOf(runOf(400, 20, { train: falling, val: turning, accuracy: 0.9 }))).toMatchObject({
    kind: 'unclear',
    rows: 20
  })
  expect(readingOf(runOf(400, 100, { train: falling, val: turning, accuracy: 0.96 })).kind).toBe('unclear')
})

test('what never beat guessing was not learned, and is not learned by heart', () => {
  const rising = runOf(400, 400, { train: falling, val: turning, accuracy: 0.55 })
  expect(readingOf(rising, 0.52)).toMatchObject({ kind: 'unclear', why: 'unlearned' })
  // √(0.52 · 0.48 / 400) = 0.025: 0.6 is more than three of them above.
  expect(readingOf(runOf(400, 400, { train: falling, val: turning, accuracy: 0.6 }), 0.52).kind).toBe(
    'overfitting'
  )
  const level = runOf(400, 400, { train: falling, val: () => 0.7, accuracy: 0.5 })
  expect(readingOf(level, 0.5)).toMatchObject({ kind: 'unclear', why: 'unlearned' })
})

test('of a few new points nothing is said', () => {
  expect(readingOf(runOf(400, 29, { train: falling, val: turning }))).toMatchObject({ why: 'few' })
})

test('what was measured on other data does not count', () => {
  const run = runOf(400, 400, { train: falling, val: turning })
  const swapped = { ...run, changes: [{ epoch: 395, path: 'data', value: null }] }
  expect(readingOf(swapped).kind).toBe('none')
})

test('guessing is giving the commonest of the new rows’ classes', () => {
  const dataset = {
    y: Int32Array.from([0, 0, 0, 0, 1, 1, 1]),
    target: { classes: 2, shape: [] },
    parts: { train: Int32Array.of(0, 1, 2), validation: Int32Array.of(3, 4, 5, 6), test: new Int32Array() }
  }
  expect(commonestShare(dataset as unknown as Dataset)).toBe(0.75)
  expect(commonestShare({ ...dataset, target: { shape: [1] } } as unknown as Dataset)).toBeUndefined()
})

test('a rise too small to matter is no overfitting', () => {
  const val = (epoch: number): number => (epoch <= 80 ? turning(epoch) : 0.307 + (epoch - 80) / 20_000)
  expect(readingOf(runOf(400, 400, { train: falling, val })).kind).toBe('learning')
})

test('validation loss that still falls is learning', () => {
  expect(readingOf(runOf(400, 400, { train: falling, val: (e) => 0.2 + falling(e) })).kind).toBe('learning')
})

test('where training gets worse as well it is something else', () => {
  expect(readingOf(runOf(400, 400, { train: turning, val: turning })).kind).toBe('learning')
})

test('a level validation loss that jumps about is never called overfitting', () => {
  for (let seed = 0; seed < 200; seed++) {
    const random = randomStream(seed, 'jitter')
    const run = runOf(200, 400, { train: falling, val: () => 0.4 * Math.exp(0.25 * random.normal()) })
    expect(readingOf(run).kind, `seed ${seed}`).not.toBe('overfitting')
  }
})

test('nothing is said about the first epochs', () => {
  expect(readingOf(idleRun).kind).toBe('none')
  const jump = (epoch: number): number => (epoch === 2 ? 0.4 : 0.9)
  expect(readingOf(runOf(12, 400, { train: falling, val: jump })).kind).toBe('none')
})

test('nothing is said while the first large steps swing', () => {
  const early = runOf(60, 400, { train: falling, val: (e) => (e < 20 ? 0.3 : 0.6) })
  expect(readingOf({ ...early, epoch: 60, epochs: 1000 }).kind).toBe('none')
  expect(readingOf({ ...early, epoch: 60, epochs: 60 }).kind).toBe('overfitting')
})

test('without new points there is nothing to tell overfitting by', () => {
  expect(readingOf(runOf(300, 0, { train: falling })).kind).toBe('nothingHeldBack')
})

test('a run that ended past all bounds has diverged', () => {
  const run = runOf(30, 400, { train: (e) => 2 ** e, val: (e) => 2 ** e })
  expect(readingOf({ ...run, ending: 'diverged' }).kind).toBe('diverged')
})
