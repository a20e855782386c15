import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isNamePattern, specimenOf, suggestPatterns } from '@core/data/pictureGroups/names'
import { previewSplit } from '@core/data/pictureGroups/preview'
import { groupsOf, splitPictures, surplusCopies, type PictureFile } from '@core/data/pictureGroups/split'
import { makeDataset } from '@core/data/dataset'
import { PARTS } from '@core/data/split'
import { applyEdit } from '@core/document/edits'
import { derive } from '@core/graph/derive'
import { part } from '@core/registry/define'
import { unwrap } from '@core/result'
import { structureKey } from '@core/run/structure'
import { pictureProject } from '@core/templates/pictureProject'

const file = (path: string, klass = 0, sha1 = path): PictureFile => ({ path, klass, sha1 })

describe('a name says which specimen a picture shows', () => {
  test.each([
    ['healthy/plant7_leaf_2.jpg', 'first:_', 'plant7'],
    ['healthy/plant7_leaf_2.jpg', 'last:_', 'plant7_leaf'],
    ['healthy/plant7.left.jpg', 'first:.', 'plant7'],
    ['patient 12 left.png', 'last: ', 'patient 12'],
    ['a-1/b-2-3.png', 'first:-', 'b'],
    ['healthy/plant7/2.jpg', 'folder', 'healthy/plant7'],
    ['IMG0012b.jpg', 'number', '0012'],
    ['plant.jpg', 'first:_', undefined],
    ['_plant.jpg', 'first:_', undefined],
    ['plant.jpg', 'folder', undefined],
    ['plant.jpg', 'number', undefined],
    ['plant.jpg', 'anything', undefined]
  ])('%s by %s', (path, pattern, expected) => {
    expect(specimenOf(path, pattern)).toBe(expected)
  })

  test('what is no pattern is none', () => {
    expect(['folder', 'number', 'first:_', 'last: '].every(isNamePattern)).toBe(true)
    expect(['', 'first', 'first:x', 'age', 'folder '].some(isNamePattern)).toBe(false)
  })
})

describe('names offer', () => {
  const plants = Array.from({ length: 12 }, (_, i) =>
    file(`${i % 2 ? 'sick' : 'healthy'}/plant${Math.floor(i / 3)}_${i % 3}.jpg`, i % 2)
  )

  test('the specimens in them, each way once', () => {
    // Before the last and before the first _ are the same here; the first number is the plant's as well.
    expect(suggestPatterns(plants)).toEqual([{ pattern: 'last:_', groups: 4, largest: 3 }])
  })

  test('no classes, nothing that holds most pictures, and nothing that keeps none together', () => {
    const cats = ['cat.1.jpg', 'cat.2.jpg', 'dog.3.jpg', 'dog.4.jpg'].map((path, i) =>
      file(path, i < 2 ? 0 : 1)
    )
    expect(suggestPatterns(cats)).toEqual([])
    const same = Array.from({ length: 10 }, (_, i) => file(`x_${i}.jpg`, i % 2))
    expect(suggestPatterns(same)).toEqual([])
  })
})

describe('pictures that belong together', () => {
  test('have a number in common, through names and through copies', () => {
    const files = [
      file('a_1'),
      file('a_2'),
      file('b_1', 0, 'same'),
      file('c_1', 0, 'same'),
      file('d'),
      file('c_2')
    ]
    expect(groupsOf(files, 'first:_')).toEqual(Int32Array.of(0, 0, 2, 2, -1, 2))
    expect(groupsOf(files, undefined)).toEqual(Int32Array.of(-1, -1, 2, 2, -1, -1))
    expect(groupsOf([file('a'), file('b')], undefined)).toBeUndefined()
  })

  test('stay in one part, and every picture is in one part', () => {
    const anyFiles = fc.array(
      fc.record({
        specimen: fc.integer({ min: 0, max: 15 }),
        klass: fc.integer({ min: 0, max: 2 }),
        copy: fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined })
      }),
      { minLength: 4, maxLength: 60 }
    )
    fc.assert(
      fc.property(anyFiles, fc.nat(), (drawn, seed) => {
        const files = drawn.map(({ specimen, klass, copy }, i) =>
          file(`s${specimen}_${i}.png`, klass, copy === undefined ? `own ${i}` : `copy ${copy}`)
        )
        const parts = splitPictures(files, 3, { train: 0.6, test: 0.2, group: 'first:_' }, seed)
        const partOf = new Map(PARTS.flatMap((part) => [...parts[part]].map((row) => [row, part] as const)))
        expect([...partOf.keys()].sort((a, b) => a - b)).toEqual([...files.keys()])
        for (const [i, a] of files.entries())
          for (const [j, b] of files.entries())
            if (a.sha1 === b.sha1 || specimenOf(a.path, 'first:_') === specimenOf(b.path, 'first:_'))
              expect(partOf.get(i)).toBe(partOf.get(j))
      }),
      { numRuns: 60 }
    )
  })
})

describe('copies', () => {
  const files = [
    file('cat/1.png', 0, 'x'),
    file('cat/2.png', 0, 'x'),
    file('dog/1.png', 1, 'y'),
    file('cat/3.png', 0, 'y'),
    file('dog/2.png', 1, 'z')
  ]

  test('are left out but for the first one; those of two classes all', () => {
    expect([...surplusCopies(files)]).toEqual([1, 2, 3])
  })

  test('are in no part where each picture counts once', () => {
    const parts = splitPictures(files, 2, { train: 0.5, test: 0, copies: 'once' }, 1)
    expect([...parts.train, ...parts.validation, ...parts.test].sort()).toEqual([0, 4])
  })
})

test('what comes out of a split is told with its largest groups', () => {
  const files = Array.from({ length: 20 }, (_, i) => file(`s${Math.floor(i / 5)}_${i}.png`, i % 2))
  const split = { train: 0.7, test: 0, group: 'first:_' }
  const preview = previewSplit(files, 2, { split, seed: 3, corrections: [{ row: 0, label: null }] })
  // Four groups of five: three quarters come nearest to 70 %.
  expect(preview.sizes.train + preview.sizes.validation).toBe(19)
  expect([15, 14]).toContain(preview.sizes.train)
  expect(preview).toMatchObject({ together: 4, alone: 0, surplus: 0 })
  expect(preview.groups[0]).toEqual({ name: 's0', count: 5, files: ['s0_0.png', 's0_1.png', 's0_2.png'] })
})

describe('a project with a folder', () => {
  const files = Array.from({ length: 40 }, (_, i) => file(`s${Math.floor(i / 8)}_${i}.png`, i % 2))
  const folder = {
    ...{
      name: 'leaves',
      key: '0'.repeat(64),
      layout: 'folders' as const,
      classes: ['a', 'b'],
      counts: [20, 20]
    },
    ...{ leftOut: 0, odd: 0, twins: 0 }
  }
  const settings = { width: 4, height: 4, fit: 'crop' as const, colour: 'grey' as const }
  const { document } = pictureProject({ folder, settings, hints: null })
  const kept = applyEdit(document, {
    kind: 'setData',
    change: { split: { train: 0.6, test: 0, group: 'first:_' } }
  })

  test('has its data split by the names of its files', () => {
    const pictures = { x: new Uint8Array(40 * 16), files }
    const { parts, y } = unwrap(makeDataset(kept.data, {}, { pictures }))
    expect(y).toEqual(Int32Array.from(files, ({ klass }) => klass))
    expect(parts.train.length + parts.validation.length).toBe(40)
    expect(parts.train.length % 8).toBe(0)
    const specimens = new Set([...parts.train].map((row) => Math.floor(row / 8)))
    expect(specimens.size).toBe(parts.train.length / 8)
  })

  test('has a problem where pictures are kept together by something that no name has, with the way out', () => {
    expect(derive(kept, {}).problems).toEqual([])
    const wrong = applyEdit(kept, {
      kind: 'setData',
      change: { split: { ...kept.data.split, group: 'age' } }
    })
    const problem = derive(wrong, {}).problems.find(({ code }) => code === 'group')!
    expect(applyEdit(wrong, problem.fix!.edit).data.split.group).toBeUndefined()
    const points = applyEdit(kept, { kind: 'setData', change: { source: part('moons') } })
    expect(derive(points, {}).problems.map(({ code }) => code)).toContain('group')
  })

  test('starts anew where copies are left out', () => {
    const once = applyEdit(kept, {
      kind: 'setData',
      change: { split: { ...kept.data.split, copies: 'once' } }
    })
    expect(structureKey(once)).not.toBe(structureKey(kept))
  })
})
