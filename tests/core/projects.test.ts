import { describe, expect, test } from 'vitest'
import { getSetting } from '@core/document/paths'
import { readDocument } from '@core/document/parse'
import type { Document } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import { lessonOf, lessons } from '@core/lessons'
import { idleRun } from '@core/run/state'
import { structureKey } from '@core/run/structure'
import { emptyProject, templates } from '@core/templates'
import { throughJson } from './helpers/documents'

const projects: [string, Document][] = [
  ...templates.map((t): [string, Document] => [t.id, t.document]),
  ...lessons.map((l): [string, Document] => [l.id, l.document])
]

test('every lesson and template has an id of its own', () => {
  const ids = projects.map(([id]) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

describe.each(projects)('%s', (_id, document) => {
  test('comes back from a file as it was', () => {
    expect(readDocument(throughJson(document))).toEqual({ ok: true, value: document })
  })

  test('can be trained at once', () => {
    expect(derive(document, {}).problems).toEqual([])
  })

  test('pins settings that are there', () => {
    for (const path of document.view.pinned) expect(getSetting(document, path)).toBeDefined()
  })
})

test('the empty project asks for an output, and nothing else', () => {
  expect(derive(emptyProject, {}).problems.map((p) => p.code)).toEqual(['no-output'])
  expect(readDocument(throughJson(emptyProject))).toEqual({ ok: true, value: emptyProject })
})

describe.each(lessons.map((l) => [l.id, l] as const))('the lesson %s', (id, lesson) => {
  test('is found by its id, also from its document', () => {
    expect(lessonOf(id)).toBe(lesson)
    expect(lessonOf(lesson.document.lesson)).toBe(lesson)
    expect(lessonOf(undefined)).toBeUndefined()
  })

  test('has a goal in one sentence, and steps that are not done before they are begun', () => {
    expect(lesson.goal).toMatch(/^\p{Lu}[^.]*\.$/u)
    expect(lesson.steps.length).toBeGreaterThan(1)
    for (const step of lesson.steps) {
      expect(step.text).toMatch(/[.?]$/)
      expect(step.done({ document: lesson.document, run: idleRun })).toBe(false)
    }
    expect(lesson.notice.length).toBeGreaterThan(0)
  })

  test('can be broken: the variant is a document that differs and trains', () => {
    const broken = lesson.breakIt.change(lesson.document)
    const read = readDocument(throughJson(broken))
    expect(read).toEqual({ ok: true, value: broken })
    expect(broken).not.toEqual(lesson.document)
    expect(derive(broken, {}).problems).toEqual([])
    expect(lesson.breakIt.why).toMatch(/\.$/)
  })

  test('asks questions and answers them', () => {
    expect(lesson.questions.length).toBeGreaterThan(0)
    for (const { question, answer } of lesson.questions) {
      expect(question).toMatch(/\?$/)
      expect(answer).toMatch(/\.$/)
    }
  })
})

test('the two lessons of this part have the settings that their tutorials have', () => {
  const of = (id: string): Document => lessonOf(id)!.document
  const tanh3 = of('moons-tanh3')
  expect(tanh3.training).toMatchObject({
    epochs: 20_000,
    batchSize: null,
    optimizer: { type: 'sgd', config: { learningRate: 0.01, momentum: 0 } }
  })
  // 0.01/2 · ‖W‖² is Keras' L2(0.005).
  for (const node of ['hidden', 'output'])
    expect(tanh3.networks[0].nodes[node].config).toMatchObject({
      kernelInitializer: { type: 'fanInNormal' },
      biasInitializer: { type: 'zeros' },
      kernelRegularizer: { type: 'l2', config: { rate: 0.005 } }
    })
  expect(tanh3.networks[0].nodes['target'].config['reduction']).toBe('sum')

  const overfit = of('overfit-live')
  expect(overfit.data).toMatchObject({
    source: { config: { samples: 460, noise: 0.35 } },
    split: { train: 60, test: 0 }
  })
  expect(overfit.training).toMatchObject({
    epochs: 1000,
    optimizer: { type: 'adam', config: { learningRate: 0.03 } }
  })
  expect(structureKey(overfit)).not.toBe(structureKey(tanh3))
})
