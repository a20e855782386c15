import { describe, expect, test } from 'vitest'
import { schedules } from '@core/registry'
import { fullConfig } from '@core/registry/complete'
import type { SchedulePlace } from '@core/registry/define'
import type { Config } from '@core/registry/fields'
import { expectGolden, golden } from './helpers/golden'

type Numbers = { readonly [name: string]: number }

/** Learning rates of Keras' schedules: see tests/oracles/schedules.py. */
interface Reference {
  readonly schedules: readonly {
    readonly name: string
    readonly keras: string
    readonly config: { readonly [name: string]: number | boolean | readonly number[] }
    readonly rates: readonly number[]
  }[]
  readonly plateau: {
    readonly start: number
    readonly losses: readonly number[]
    readonly cases: readonly {
      readonly name: string
      readonly config: Numbers
      readonly rates: readonly number[]
    }[]
  }
}
const reference = golden<Reference>('schedules.json')

/** A schedule of ours: settings, the rate that counts as 1, and how long training is. */
interface Ours {
  readonly type: string
  readonly rate: number | undefined
  readonly place: Partial<SchedulePlace>
  readonly config: Config
}

/** Ours for a schedule of Keras that we have. */
function ours(keras: string, config: Numbers & { readonly staircase?: unknown }): Ours | undefined {
  const { initialLearningRate: rate, decaySteps, decayRate, alpha = 0 } = config
  const place = { stepsPerEpoch: 1, steps: decaySteps! }
  switch (keras) {
    case 'ExponentialDecay':
      return config.staircase
        ? { type: 'stepDecay', rate, place, config: { factor: decayRate!, epochs: decaySteps! } }
        : { type: 'exponential', rate, place, config: { rate: decayRate!, epochs: decaySteps! } }
    case 'InverseTimeDecay':
      return { type: 'inverseTime', rate, place, config: { decay: decayRate!, interval: decaySteps! } }
    case 'CosineDecay': {
      const { warmupTarget, warmupSteps } = config
      if (warmupTarget === undefined) return { type: 'cosine', rate, place, config: { alpha } }
      return {
        type: 'warmUp',
        rate: warmupTarget,
        place: { stepsPerEpoch: 1, steps: decaySteps! + warmupSteps! },
        // Keras has no warm-up without a fall afterwards; a fall to the whole rate is none.
        config: {
          steps: warmupSteps!,
          start: rate! / warmupTarget,
          then: alpha === 1 ? 'constant' : 'cosine',
          alpha
        }
      }
    }
    default:
      return undefined
  }
}

const cases = reference.schedules.flatMap((c) => {
  const found = ours(c.keras, c.config as Numbers)
  // Keras' staircase of inverse time is not among ours.
  return found && !(found.type === 'inverseTime' && c.config['staircase']) ? [{ ...c, ours: found }] : []
})

const at = (step: number, place: Partial<SchedulePlace> = {}): SchedulePlace => ({
  step,
  stepsPerEpoch: 1,
  steps: 100,
  losses: [],
  ...place
})
const factorOf = (type: string, config: Config, place: SchedulePlace): number =>
  schedules[type]!.factor(fullConfig(schedules[type]!.fields, config), place)

test('every schedule is compared with one of Keras', () => {
  expect(new Set([...cases.map((c) => c.ours.type), 'plateau', 'constant'])).toEqual(
    new Set(Object.keys(schedules))
  )
})

test.each(cases)('$name is Keras’ $keras', ({ rates, ours: { type, rate, place, config } }) => {
  expectGolden(
    rates.map((_, step) => rate! * factorOf(type, config, at(step, place))),
    rates
  )
})

test.each(reference.plateau.cases)('$name is Keras’ ReduceLROnPlateau', ({ config, rates }) => {
  const { start, losses } = reference.plateau
  const { minLr, ...rest } = config
  const own = { ...rest, minimum: minLr! / start }
  expectGolden(
    rates.map((_, epoch) => start * factorOf('plateau', own, at(0, { losses: losses.slice(0, epoch + 1) }))),
    rates
  )
})

describe('schedules', () => {
  test('count epochs where people give epochs', () => {
    const factors = (type: string, config: Config) =>
      [0, 24, 25, 49, 50].map((step) => factorOf(type, config, at(step, { stepsPerEpoch: 5 })))
    expect(factors('stepDecay', { factor: 0.5, epochs: 5 })).toEqual([1, 1, 0.5, 0.5, 0.25])
    const smooth = factors('exponential', { rate: 0.5, epochs: 5 })
    expect(smooth[2]).toBe(0.5)
    expect(smooth[1]).toBeGreaterThan(0.5)
    expect(smooth[1]).toBeLessThan(0.52)
  })

  test('stay at the end of a wave when training goes on', () => {
    expect(factorOf('cosine', { alpha: 0.1 }, at(100))).toBeCloseTo(0.1, 12)
    expect(factorOf('cosine', { alpha: 0.1 }, at(1000))).toBeCloseTo(0.1, 12)
    const warm = { steps: 10, then: 'cosine', alpha: 0.2 }
    expect(factorOf('warmUp', warm, at(10))).toBe(1)
    expect(factorOf('warmUp', warm, at(500))).toBeCloseTo(0.2, 12)
    // A warm-up as long as the training or longer leaves nothing for the wave.
    expect(factorOf('warmUp', { ...warm, steps: 100 }, at(100))).toBeCloseTo(0.2, 12)
    expect(factorOf('warmUp', { ...warm, steps: 200 }, at(100))).toBe(0.5)
  })

  test('wait on a plateau before anything was judged', () => {
    expect(factorOf('plateau', { patience: 1 }, at(7))).toBe(1)
  })

  test.each(Object.values(schedules))(
    '$type is a factor from 0 to 1 at any place',
    ({ type, fields, formula }) => {
      expect(formula).not.toBe('')
      for (const step of [0, 1, 99, 100, 5000])
        for (const losses of [[], [1], Array.from({ length: 40 }, () => 1)]) {
          const factor = factorOf(type, fullConfig(fields), at(step, { losses, stepsPerEpoch: 3 }))
          expect(factor).toBeGreaterThanOrEqual(0)
          expect(factor).toBeLessThanOrEqual(1)
        }
    }
  )
})
