import { describe, expect, test } from 'vitest'
import type { Document } from '@core/document/schema'
import { durationText, durationWords, leftText, steadier } from '@core/run/duration'
import { forecastOf, remainingOf, type Speed } from '@core/run/forecast'
import { idleRun, type RunState } from '@core/run/state'
import { firstProject } from '@core/templates'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

test.each([
  // ms, in a label, in a sentence
  [3, '< 0.1 s', 'less than a second'],
  [240, '0.2 s', 'less than a second'],
  [1400, '1 s', 'about a second'],
  [8.4 * SECOND, '8 s', 'about 8 seconds'],
  [23 * SECOND, '25 s', 'about 25 seconds'],
  [54 * SECOND, '55 s', 'about 55 seconds'],
  [57 * SECOND, '1 min', 'about a minute'],
  [89 * SECOND, '1 min', 'about a minute'],
  [91 * SECOND, '2 min', 'about 2 minutes'],
  [4.2 * MINUTE, '4 min', 'about 4 minutes'],
  [12.4 * MINUTE, '12 min', 'about 12 minutes'],
  [23 * MINUTE, '25 min', 'about 25 minutes'],
  [59 * MINUTE, '1 h', 'about an hour'],
  [78 * MINUTE, '1 h 20 min', 'about 1 h 20 min'],
  [2 * HOUR, '2 h', 'about 2 hours'],
  [13.6 * HOUR, '14 h', 'about 14 hours'],
  [70 * HOUR, '3 days', 'about 3 days']
])('%d ms is told as coarsely as an estimate is', (ms, text, words) => {
  expect(durationText(ms)).toBe(text)
  expect(durationWords(ms)).toBe(words)
})

test('what is left is not counted down to the second', () => {
  expect([9.9, 12, 119, 0].map((s) => leftText(s * SECOND))).toEqual(['< 10 s', '10 s', '2 min', '< 10 s'])
})

test('an estimate falls at once, rises only where it has really risen, and so does not flicker', () => {
  expect(steadier(undefined, 100)).toBe(100)
  expect(steadier(100, 99)).toBe(99)
  expect(steadier(100, 114)).toBe(100)
  expect(steadier(100, 120)).toBe(120)
})

const none = { steps: null, seconds: null, loss: null }
const plan = (
  training: Partial<Document['training']> = {},
  pace: Document['view']['pace'] = 'full'
): Pick<Document, 'training' | 'view'> => ({
  training: { ...firstProject.training, epochs: 10, stopAt: none, ...training },
  view: { ...firstProject.view, pace }
})
/** 24 seconds an epoch, of 100 steps. */
const speed: Speed = { updating: 20 * SECOND, measuring: 4 * SECOND, stepsPerEpoch: 100 }

describe('before training', () => {
  test('epochs take as long as was measured', () => {
    expect(forecastOf(plan(), speed)).toEqual({
      perEpoch: 24 * SECOND,
      epochs: 10,
      ms: 240 * SECOND,
      endsBy: 'epochs'
    })
  })

  test.each([
    [{ seconds: 120 }, { epochs: 5, ms: 120 * SECOND, endsBy: 'seconds' }],
    [{ seconds: 1000 }, { epochs: 10, ms: 240 * SECOND, endsBy: 'epochs' }],
    [{ steps: 250 }, { epochs: 2.5, ms: 60 * SECOND, endsBy: 'steps' }],
    [
      { steps: 250, seconds: 12 },
      { epochs: 0.5, ms: 12 * SECOND, endsBy: 'seconds' }
    ]
  ])('the first limit ends it: %j', (limit, expected) => {
    expect(forecastOf(plan({ stopAt: { ...none, ...limit } }), speed)).toMatchObject(expected)
  })

  test('a pace spreads epochs that would be quicker, and leaves the others alone', () => {
    const quick: Speed = { updating: 1, measuring: 1, stepsPerEpoch: 1 }
    expect(forecastOf(plan({ epochs: 100 }, 'normal'), quick)).toMatchObject({
      perEpoch: 200,
      ms: 20 * SECOND
    })
    expect(forecastOf(plan({ epochs: 100 }, 'slow'), quick).ms).toBe(60 * SECOND)
    expect(forecastOf(plan({}, 'slow'), speed).ms).toBe(240 * SECOND)
  })

  test('going on takes what is left; steps count from the first run on, seconds anew', () => {
    const further = { epoch: 10, epochs: 15 }
    expect(forecastOf(plan(), speed, further).ms).toBe(120 * SECOND)
    expect(forecastOf(plan({ stopAt: { ...none, steps: 1200 } }), speed, further).epochs).toBe(2)
    expect(forecastOf(plan({ stopAt: { ...none, seconds: 48 } }), speed, further).epochs).toBe(2)
  })
})

describe('while training runs', () => {
  const at = (change: Partial<RunState>): RunState => ({
    ...idleRun,
    status: 'running',
    epochs: 10,
    stepsPerEpoch: 100,
    ...change
  })
  const left = (change: Partial<RunState>, training = {}, known: Speed | null = speed) =>
    remainingOf(at(change), plan(training), known ?? undefined)?.ms

  test('is told by what was measured before, until the run itself tells it', () => {
    expect(left({})).toBe(240 * SECOND)
    expect(left({}, {}, null)).toBeUndefined()
    // A quarter of the first epoch took 10 s, so its updates take 40 s and each epoch 44 s.
    expect(left({ step: 25, seconds: 10 })).toBeCloseTo(9.75 * 44 * SECOND)
    expect(left({ step: 25, seconds: 10 }, {}, null)).toBeCloseTo(9.75 * 40 * SECOND)
    // Four epochs took 30 s each.
    const later = { epoch: 4, step: 450, seconds: 132, timed: { epochs: 4, seconds: 120 } }
    expect(left(later)).toBe(5.5 * 30 * SECOND)
  })

  test('follows limits and epochs that are changed meanwhile', () => {
    const later = { epoch: 4, step: 400, seconds: 120, timed: { epochs: 4, seconds: 120 } }
    expect(left(later, { epochs: 5 })).toBe(30 * SECOND)
    expect(left(later, { stopAt: { ...none, seconds: 130 } })).toBe(10 * SECOND)
    expect(left(later, { stopAt: { ...none, seconds: 100 } })).toBe(0)
  })
})
