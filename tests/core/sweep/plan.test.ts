import fc from 'fast-check'
import { expect, test } from 'vitest'
import { getSetting } from '@core/document/paths'
import { unwrap } from '@core/result'
import { planTrials, trialDocument, valuesInto } from '@core/sweep/plan'
import { findSweepSetting, sweepSettings } from '@core/sweep/settings'
import { suggestedValues } from '@core/sweep/suggest'
import { sweepPlanSchema, type SweepPlan, type Variation } from '@core/sweep/sweep'
import { gridValues, readVariation } from '@core/sweep/values'
import { lessonProjects } from '@core/lessons/projects'
import { firstProject, templates } from '@core/templates'

const plan = (variations: Variation[], more: Partial<SweepPlan> = {}): SweepPlan => ({
  ...{ variations, search: { kind: 'grid' }, seeds: 1, epochs: 10, halving: false, measure: 'accuracy' },
  ...more
})
const units: Variation = { kind: 'list', path: 'nodes.hidden.units', values: [1, 2, 3] }

const anyUnits: fc.Arbitrary<Variation> = fc.oneof(
  fc.record({
    ...{ kind: fc.constant('list' as const), path: fc.constant('nodes.hidden.units') },
    values: fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 })
  }),
  fc
    .tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), fc.integer({ min: 2, max: 9 }))
    .map(([from, more, count]): Variation => ({
      ...{ kind: 'range', path: 'nodes.hidden.units', from, to: from + more, scale: 'log', count }
    }))
)
const anyRate: fc.Arbitrary<Variation> = fc
  .tuple(
    fc.double({ min: 1e-5, max: 1e-2, noNaN: true }),
    fc.double({ min: 1.01, max: 100, noNaN: true }),
    fc.constantFrom('linear' as const, 'log' as const),
    fc.integer({ min: 2, max: 6 })
  )
  .map(([from, times, scale, count]) => ({
    ...{ kind: 'range', path: 'training.optimizer.learningRate', from, to: from * times, scale, count }
  }))
const anyPlan = fc
  .record({
    variations: fc.tuple(anyUnits, anyRate),
    combinations: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
    seed: fc.integer({ min: 0, max: 1e6 }),
    seeds: fc.integer({ min: 1, max: 4 }),
    halving: fc.boolean()
  })
  .map(({ variations, combinations, seed, seeds, halving }) =>
    plan(variations, {
      ...{ seeds, halving },
      search: combinations === undefined ? { kind: 'grid' } : { kind: 'random', combinations, seed }
    })
  )

test('the same plan gives the same trials, each once, every value within its range', () => {
  fc.assert(
    fc.property(anyPlan, (given) => {
      const kept = sweepPlanSchema.parse(JSON.parse(JSON.stringify(given)))
      const { trials, refused } = unwrap(planTrials(firstProject, {}, given))
      expect(unwrap(planTrials(firstProject, {}, kept)).trials).toEqual(trials)
      expect(refused).toEqual([])
      expect(trials.map(({ place }) => place)).toEqual(trials.map((_, i) => i))
      expect(new Set(trials.map(({ values, seed }) => JSON.stringify([values, seed]))).size).toBe(
        trials.length
      )
      // Each combination from each start, and the same starts for all.
      const count = trials.length / given.seeds
      for (const { place, combination, seed, values } of trials) {
        expect(combination).toBe(place % count)
        expect(seed).toBe(firstProject.training.seed + Math.floor(place / count))
        expect(values).toEqual(trials[combination]!.values)
        for (const [i, variation] of given.variations.entries()) {
          if (variation.kind === 'list') expect(variation.values).toContain(values[i])
          else {
            expect(values[i]).toBeGreaterThanOrEqual(variation.from)
            expect(values[i]).toBeLessThanOrEqual(variation.to)
          }
        }
        expect(Number.isInteger(values[0])).toBe(true)
      }
      if (given.search.kind === 'random') expect(count).toBeLessThanOrEqual(given.search.combinations)
    }),
    { numRuns: 15 }
  )
}, 60_000)

test('a trial’s document has its values and nothing else that matters', () => {
  const given = plan([units, { kind: 'list', path: 'training.optimizer', values: ['sgd', 'adam'] }], {
    seeds: 2
  })
  const { trials } = unwrap(planTrials(firstProject, {}, given))
  expect(trials).toHaveLength(12)
  const document = unwrap(trialDocument(firstProject, given, trials[7]!.values, trials[7]!.seed))
  expect(getSetting(document, 'nodes.hidden.units')!.value).toBe(1)
  expect(document.training.optimizer.type).toBe('adam')
  expect(document.training.epochs).toBe(10)
  expect(document.training.seed).toBe(firstProject.training.seed + 1)
  const taken = unwrap(valuesInto(firstProject, given, trials[7]!.values))
  expect(taken.training.seed).toBe(firstProject.training.seed)
  expect(taken.training.epochs).toBe(firstProject.training.epochs)
})

test('what owns a setting is chosen before it, in whatever order they are varied', () => {
  const rate: Variation = { kind: 'list', path: 'training.optimizer.learningRate', values: [0.5, 0.25] }
  const owner: Variation = { kind: 'list', path: 'training.optimizer', values: ['sgd', 'rmsprop'] }
  for (const variations of [
    [rate, owner],
    [owner, rate]
  ])
    for (const { values } of unwrap(planTrials(firstProject, {}, plan(variations))).trials) {
      const { optimizer } = unwrap(valuesInto(firstProject, plan(variations), values)).training
      expect([optimizer.config['learningRate'], optimizer.type].map(String).sort()).toEqual(
        values.map(String).sort()
      )
    }
})

test('what the network cannot have is left out and told of; too much is refused', () => {
  const none = unwrap(planTrials(firstProject, {}, plan([{ ...units, values: [0, 2] } as Variation])))
  expect(none.trials.map(({ values }) => values)).toEqual([[2]])
  expect(none.refused[0]!.problem.message).toBe('Has 0 neurons, needs at least 1.')
  expect(planTrials(firstProject, {}, plan([{ ...units, values: [0] } as Variation]))).toMatchObject({
    ok: false,
    problems: [{ message: 'Has 0 neurons, needs at least 1.' }]
  })
  const wide: Variation = {
    kind: 'range',
    path: 'data.source.noise',
    from: 0,
    to: 0.5,
    scale: 'linear',
    count: 100
  }
  const many: Variation = {
    kind: 'range',
    path: 'nodes.hidden.units',
    from: 1,
    to: 100,
    scale: 'linear',
    count: 100
  }
  expect(planTrials(firstProject, {}, plan([wide, many]))).toMatchObject({
    problems: [{ code: 'too-many-trials' }]
  })
  expect(planTrials(firstProject, {}, plan([units, units]))).toMatchObject({ problems: [{ code: 'twice' }] })
})

test('values are read as people write them', () => {
  const setting = (words: string) => unwrap(findSweepSetting(firstProject, words))
  const read = (words: string, text: string) => {
    const found = readVariation(setting(words), text)
    return found.ok ? gridValues(found.value, setting(words)) : found.problems[0]!.message
  }
  expect(read('hidden.units', ' 1,2, 3; 50 3')).toEqual([1, 2, 3, 50])
  expect(read('hidden.units', '1..9/5')).toEqual([1, 3, 5, 7, 9])
  expect(read('learningRate', 'log:1e-4..1e-1/4')).toEqual([
    1e-4,
    expect.closeTo(1e-3, 12),
    expect.closeTo(1e-2, 12),
    1e-1
  ])
  expect(read('noise', '0.1..0.3/3')).toEqual([0.1, expect.closeTo(0.2, 12), 0.3])
  expect(read('batchSize', 'all, 8')).toEqual([null, 8])
  expect(read('hidden.activation', 'relu, Tanh')).toEqual(['relu', 'tanh'])
  expect(read('hidden.useBias', 'yes, no')).toEqual([true, false])
  expect(read('learningRate', 'log:0..1')).toContain('begin above 0')
  expect(read('hidden.units', '3..1')).toContain('from a smaller number')
  expect(read('hidden.activation', 'relu, foo')).toContain('cannot be foo')
  expect(findSweepSetting(firstProject, 'units')).toMatchObject({ ok: false })
  expect(findSweepSetting(firstProject, 'nope')).toMatchObject({ problems: [{ code: 'no-setting' }] })
})

test('every setting of every project suggests values that it can have, its own among them', () => {
  for (const { document } of [...templates.slice(0, 4), ...lessonProjects.filter((_, i) => i % 4 === 0)])
    for (const setting of sweepSettings(document)) {
      const read = readVariation(setting, suggestedValues(setting))
      if (!read.ok) throw new Error(`${setting.path}: ${read.problems[0]!.message}`)
      expect(gridValues(read.value, setting).length, setting.path).toBeGreaterThan(1)
      for (const value of gridValues(read.value, setting))
        unwrap(valuesInto(document, plan([read.value]), [value]))
    }
}, 60_000)
