import { readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { setSetting } from '@core/document/paths'
import { readDocument } from '@core/document/parse'
import type { Document } from '@core/document/schema'
import { derive } from '@core/graph/derive'
import { lessons } from '@core/lessons'
import { lessonAssets, lessonProjectOf, lessonProjects, TOPICS, type Plan } from '@core/lessons/projects'
import { throughJson } from './helpers/documents'

const documents: [string, Document][] = lessonProjects.flatMap(({ id, document, variants = {} }) => [
  [id, document] as [string, Document],
  ...Object.entries(variants).map(([name, variant]): [string, Document] => [`${id} ${name}`, variant])
])
const assets = lessonAssets(lessonProjects)
const folder = new URL('../../assets/lessons/', import.meta.url)

describe('the lessons', () => {
  // The networks that a learner brings along from a tutorial.
  test('are there, each by its id', () => {
    const ids = [
      ...['moons-logistic', 'moons-tanh3', 'moons-sweep', 'overfit-live', 'symbolic-probe', 'perceptron'],
      ...['adaline', 'mlp-sgd-momentum', 'playground', 'admissions', 'mnist-softmax', 'mnist-mlp-sgd'],
      ...['mnist-quickstart', 'mnist-cnn', 'autoencoder-digits', 'cifar-grid', 'cifar-cnn4', 'cifar-cnn6'],
      ...['cifar-leaky', 'image-folder-mlp', 'binary-addition', 'rnn-one-to-many', 'rnn-many-to-one'],
      ...['rnn-many-to-many', 'lstm-memory', 'gan-2d', 'gan-digits', 'rbm-digits']
    ]
    for (const id of ids) expect(lessonProjectOf(id)?.id, id).toBe(id)
    expect(new Set(lessonProjects.map(({ id }) => id)).size).toBe(lessonProjects.length)
  })

  test('with steps and questions train the same networks', () => {
    for (const { id, document } of lessons) expect(lessonProjectOf(id)?.document).toBe(document)
  })

  test('have a goal in one sentence and a topic', () => {
    for (const { goal, topic, title } of lessonProjects) {
      expect(goal).toMatch(/^\p{Lu}[^.]*(\.\d[^.]*)*\.$/u)
      expect(goal).not.toContain('!')
      expect(TOPICS).toContain(topic)
      expect(title).toMatch(/^\p{Lu}/u)
    }
  })
})

describe.each(documents)('%s', (id, document) => {
  test('can be trained at once', () => {
    expect(derive(document, {}).problems).toEqual([])
  })

  test('comes back from a file as it was, and knows its lesson', () => {
    expect(readDocument(throughJson(document))).toEqual({ ok: true, value: document })
    expect(document.lesson).toBe(id.split(' ')[0])
  })
})

describe.each(lessonProjects.map((project) => [project.id, project] as const))('%s', (_id, project) => {
  test.each(['full', 'quick'] as const)(
    'its %s plan trains what is there and claims what it trains',
    (mode) => {
      const { runs, claims }: Plan = project.verify[mode]
      expect(claims.length).toBeGreaterThan(0)
      for (const { of } of claims) expect(runs.map(({ name }) => name)).toContain(of)
      for (const { name, variant, changes = {}, seeds } of runs) {
        expect(seeds.length, name).toBeGreaterThan(0)
        const start = variant === undefined ? project.document : project.variants![variant]
        expect(start, name).toBeDefined()
        let changed = start
        for (const [path, value] of Object.entries(changes)) {
          const result = setSetting(changed, path, value)
          if (!result.ok) throw new Error(result.problems[0].message)
          changed = result.value
        }
        expect(derive(changed, {}).problems, name).toEqual([])
      }
    }
  )
})

describe('assets/lessons', () => {
  // Out of date? Write them again: npx vitest run --project core tests/core/lessonProjects.test.ts -u
  test.each(Object.keys(assets))('%s is what the code makes', async (file) => {
    await expect(assets[file]).toMatchFileSnapshot(`../../assets/lessons/${file}`)
  })

  test('holds nothing else', () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(assets).sort())
  })
})
