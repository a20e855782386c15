import { describe, expect, test } from 'vitest'
import { runEventSchema, endingSchema, type RunEnding } from '@core/run/events'
import { idleRun, reduceRun } from '@core/run/state'
import { firstProject } from '@core/templates'
import { liftedLimits } from '@renderer/state/transport'
import { endingWords, secondsText } from '@renderer/training/endingWords'

const { training } = firstProject
const off = { steps: null, seconds: null, loss: null }

/** A run of 40 epochs that ended in this way. */
const ended = (how: RunEnding) => ({ status: 'ended', ending: how, epoch: 40, step: 400 }) as const

describe('the end of a run in words', () => {
  test('says what was reached, with its number', () => {
    const words = (how: RunEnding, stopAt: object, plan = {}) =>
      endingWords(ended(how), { ...training, ...plan, stopAt: { ...off, ...stopAt } }, 'pictures')
    expect(words('time', { seconds: 90 })!.short).toBe('Stopped after 90 s')
    expect(words('time', {})!.short).toBe('Time is over')
    expect(words('target', { loss: 0.05 })!.short).toBe('Reached a loss of 0.050')
    expect(words('finished', { steps: 400 })!.short).toBe('Stopped after 400 steps')
    const early = words('early', {}, { patience: 25, restoreBest: true })!
    expect(early.why).toContain('For 25 epochs it did no better on new pictures.')
    expect(early.why).toContain('best epoch, 40')
    expect(words('early', {}, { patience: 25, restoreBest: false })!.why).not.toContain('best epoch')
  })

  test('has nothing to say where epochs ran out, a person stopped it, or a banner speaks', () => {
    for (const how of ['finished', 'stopped', 'diverged'] as const)
      expect(endingWords(ended(how), training, 'points'), how).toBeUndefined()
    expect(endingWords({ ...ended('time'), status: 'running' }, training, 'points')).toBeUndefined()
  })

  test('knows every way to end', () => {
    const spoken: RunEnding[] = ['early', 'time', 'target']
    const silent: RunEnding[] = ['finished', 'stopped', 'diverged']
    expect([...spoken, ...silent].sort()).toEqual([...endingSchema.options].sort())
    for (const how of spoken) expect(endingWords(ended(how), training, 'rows')).toBeDefined()
  })

  test('durations are short', () => {
    expect([0.5, 60, 120, 90 * 60, 9000].map(secondsText)).toEqual([
      '0.5 s',
      '60 s',
      '2 min',
      '90 min',
      '2.5 h'
    ])
  })
})

describe('going on', () => {
  test('lifts the limit that was reached, and no other', () => {
    const stopAt = { steps: 1000, seconds: 60, loss: 0.1 }
    expect(liftedLimits(ended('target'), { stopAt })).toEqual({ ...stopAt, loss: null })
    expect(liftedLimits({ ending: 'finished', step: 1000 }, { stopAt })).toEqual({ ...stopAt, steps: null })
    expect(liftedLimits(ended('time'), { stopAt })).toEqual(stopAt)
  })
})

test('a run that ended with its reason keeps it', () => {
  const event = runEventSchema.parse({
    type: 'ended',
    how: 'target',
    epoch: 3,
    seconds: 1,
    stepsPerSecond: 9
  })
  expect(reduceRun(idleRun, [event])).toMatchObject({ status: 'ended', ending: 'target' })
})
