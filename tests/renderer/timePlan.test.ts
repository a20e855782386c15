import { expect, test } from 'vitest'
import { applyEdit } from '@core/document/edits'
import type { Document } from '@core/document/schema'
import { forecastOf, type Speed } from '@core/run/forecast'
import { part, type SourceDescription } from '@core/registry/define'
import { sources } from '@core/registry'
import { chainProject } from '@core/templates/chainProject'
import { planWords, shortcuts } from '@renderer/training/timePlan'

const none = { steps: null, seconds: null, loss: null }
const project = (training: Partial<Document['training']> = {}, source = part('mnist')): Document => {
  const document = chainProject({
    name: 'Digits',
    source,
    split: { train: 1, test: 0 },
    layers: [
      ['flatten', 'flatten', {}],
      ['output', 'dense', { units: 10, activation: part('softmax') }]
    ],
    optimizer: part('adam'),
    epochs: 10,
    batchSize: 100
  })
  return {
    ...document,
    training: { ...document.training, stopAt: none, ...training },
    view: { ...document.view, pace: 'full' }
  }
}
const data = (document: Document): SourceDescription => {
  const { type, config } = document.data.source
  return sources[type]!.describe(config, {}) as SourceDescription
}
const speed = (seconds: number): Speed => ({ updating: 1000 * seconds, measuring: 0, stepsPerEpoch: 600 })
const words = (training: Partial<Document['training']>, perEpoch: number): string => {
  const document = project(training)
  return planWords(document, forecastOf(document, speed(perEpoch)))
}
const ways = (document: Document, perEpoch: number) =>
  shortcuts(document, data(document), speed(perEpoch), 'pictures')

test('the plan in words', () => {
  expect(words({}, 24)).toBe('10 epochs, about 4 minutes (25 s each)')
  expect(words({ epochs: 1 }, 360)).toBe('1 epoch, about 6 minutes')
  expect(words({ patience: 3 }, 24)).toBe('At most 10 epochs, about 4 minutes (25 s each)')
  expect(words({ stopAt: { ...none, loss: 0.1 } }, 24)).toMatch(/^At most 10 epochs/)
  expect(words({ stopAt: { ...none, steps: 1500 } }, 24)).toBe('1,500 steps, about a minute')
  expect(words({ stopAt: { ...none, seconds: 120 } }, 24)).toBe('Stops after 2 min: about 5 of 10 epochs')
  expect(words({ epochs: 1_000_000, stopAt: { ...none, seconds: 120 } }, 0.0005151)).toBe(
    'Stops after 2 min: about 230,000 of 1,000,000 epochs'
  )
  expect(words({ stopAt: { ...none, seconds: 12 } }, 24)).toBe('Stops after 12 s: less than one epoch')
})

test('what is short already is left alone', () => {
  expect(ways(project(), 11)).toEqual([])
})

test('long training can be limited, learn from fewer examples or for fewer epochs, as each says', () => {
  const document = project()
  const found = ways(document, 100)
  expect(found.map(({ label, effect }) => [label, effect])).toEqual([
    ['2 min', 'Train for 2 minutes: about 1 of 10 epochs.'],
    ['5 min', 'Train for 5 minutes: about 3 of 10 epochs.'],
    ['12 min', 'Train for 12 minutes: about 7 of 10 epochs.'],
    ['1 of 10 pictures', 'Learn from 6,000 pictures instead of 60,000: about 2 minutes in all.'],
    ['1 epoch', '1 epoch instead of 10: about 2 minutes in all.']
  ])
  const after = (id: string) => applyEdit(document, found.find((way) => way.id === id)!.edit)
  expect(after('minutes-12').training.stopAt).toEqual({ ...none, seconds: 720 })
  expect(after('examples').data.source.config['samples']).toBe(6000)
  expect(after('examples').data.source.config['heldOutSamples']).toBe(10_000)
  expect(after('epochs').training.epochs).toBe(1)
})

test('a limit that is set is shown as set, and lifted by the same click; then the rest is offered again', () => {
  const document = project({ stopAt: { ...none, seconds: 300, loss: 0.2 } })
  const found = ways(document, 100)
  expect(found.map(({ id, on }) => [id, on])).toEqual([
    ['minutes-2', false],
    ['minutes-5', true],
    ['minutes-12', false]
  ])
  expect(applyEdit(document, found[1]!.edit).training.stopAt).toEqual({ ...none, loss: 0.2 })
})

test('fewer examples are offered only where there are enough, and where the split can do with them', () => {
  const ids = (document: Document): string[] => ways(document, 30).map(({ id }) => id)
  expect(ids(project())).toContain('examples')
  expect(ids(project({}, part('iris')))).not.toContain('examples')
  expect(ids(project({}, part('mnist', { samples: 1000 })))).not.toContain('examples')
  const counted = project()
  const split = { train: 55_000, test: 5000 }
  expect(ids({ ...counted, data: { ...counted.data, split } })).not.toContain('examples')
})
