import { describe, expect, it } from 'vitest'
import { makeDataset } from '@core/data/dataset'
import { partSizes, splitSizes } from '@core/data/split'
import { applyEdit } from '@core/document/edits'
import { derive } from '@core/graph/derive'
import { sources } from '@core/registry'
import { defaultsOf } from '@core/registry/fields'
import { unwrap } from '@core/result'
import { firstProject } from '@core/templates'
import { changeSource, classCounts, splitOf } from '../../renderer/data/change'
import { histogram, roundEnds } from '../../renderer/inspector/histogram'
import { outlineOf } from '../../renderer/inspector/outline'
import { cellText, weightTable } from '../../renderer/inspector/weights'
import { nodePlace, nodeTitle } from '../../renderer/shared/nodes'

const outline = (document: typeof firstProject) => outlineOf(document, derive(document, {}))

describe('outline', () => {
  it('lists the network from its data to its output', () => {
    const { rows, whole } = outline(firstProject)
    expect(rows.map((r) => [r.title, r.shape, r.parameters])).toEqual([
      ['Two moons', '2', 0],
      ['Dense', '3', 9],
      ['Dense', '2', 8],
      ['Output', '', 0]
    ])
    expect(whole).toEqual([])
  })

  it('numbers problems as the list of problems does', () => {
    const broken = applyEdit(
      applyEdit(firstProject, { kind: 'setField', nodeId: 'hidden', field: 'units', value: 0 }),
      { kind: 'remove', nodes: ['target'], edges: [] }
    )
    const { problems } = derive(broken, {})
    const { rows, whole } = outline(broken)
    const shown = [...rows.flatMap((r) => r.problems), ...whole.map((w) => w.number)].sort()
    expect(shown).toEqual(problems.map((_, i) => i + 1))
    const units = rows.find((r) => r.nodeId === 'hidden')!.problems[0]!
    expect(problems[units - 1]!.field).toBe('units')
  })

  it('names a layer by its place', () => {
    const order = Object.values(derive(firstProject, {}).order).flat()
    expect(nodePlace(firstProject, order, 'hidden')).toBe('Layer 1 of 2')
    expect(
      nodeTitle(applyEdit(firstProject, { kind: 'rename', nodeId: 'hidden', name: 'Bend' }), 'hidden')
    ).toBe('Bend')
  })
})

describe('weights table', () => {
  const weights = {
    kernel: { shape: [2, 3], values: Float32Array.of(1, -2, 3, 4, 5, -6) },
    bias: { shape: [3], values: Float32Array.of(0, 0.5, -0.5) }
  }
  it('has a column a neuron and a row an input, the bias last', () => {
    const table = weightTable(weights, ['x', 'y'])!
    expect(table.rows.map((r) => [r.label, [...r.values]])).toEqual([
      ['x', [1, -2, 3]],
      ['y', [4, 5, -6]],
      ['bias', [0, 0.5, -0.5]]
    ])
    expect([table.columns, table.count, table.limit]).toEqual([3, 9, 6])
  })
  it('counts inputs that have no names', () =>
    expect(weightTable(weights, [])!.rows.map((r) => r.label)).toEqual(['1', '2', 'bias']))
  it('is nothing where there is no matrix', () => expect(weightTable({}, [])).toBeUndefined())
  it.each([
    [2.71, '+2.7'],
    [-5.66, '−5.7'],
    [-0.01, '0.0'],
    [12.3, '+12'],
    [9.97, '+10']
  ])('writes %s as %s', (value, text) => expect(cellText(value)).toBe(text))
})

describe('histogram', () => {
  it('gives the highest bar 1', () =>
    expect(histogram([-1, -0.9, 0.9, 1, 1], -1, 1, 4)).toEqual([2 / 3, 0, 0, 1]))
  it.each([
    [[-0.98, 0.97], -1, 1],
    [[0.1, 0.9], 0, 1],
    [[0, 4.2], 0, 5],
    [[0, 0], 0, 1]
  ])('finds round ends for %j', (values, from, to) => expect(roundEnds(values)).toEqual({ from, to }))
})

describe('data', () => {
  it('keeps the number of points when the source changes', () => {
    const moons = { type: 'moons', config: { samples: 460, noise: 0.35 } }
    expect(changeSource(moons, 'blobs').config).toEqual({
      ...defaultsOf(sources['blobs']!.fields),
      samples: 460
    })
    expect(changeSource({ type: 'circle', config: { samples: 50, noise: 0.3 } }, 'xor').config).toEqual({
      samples: 50,
      noise: 0.3,
      inputs: 'x y'
    })
    expect(changeSource(moons, 'table').config).toMatchObject({ file: '' })
  })

  it('gives each part the rows that were asked for, as shares or as counts', () => {
    for (const before of [
      { train: 0.5, test: 0 },
      { train: 60, test: 0 }
    ])
      for (const train of [1, 2, 37, 150])
        for (const test of [0, 1, 33, 50]) {
          const sizes = splitSizes(splitOf(before, { train, test }, 200), 200)
          expect([sizes.train, sizes.test, sizes.fits]).toEqual([train, test, true])
        }
    expect(splitOf({ train: 60, test: 0 }, { train: 80, test: 0 }, 460)).toEqual({ train: 80, test: 0 })
  })

  it('tells the parts that the trainer makes, also where rows are set aside', () => {
    for (const split of [
      { train: 0.5, test: 0 },
      { train: 60, test: 33 },
      { train: 0.7, test: 0.3 },
      { train: 1, test: 0 }
    ]) {
      const made = makeDataset({ ...firstProject.data, split }, {})
      const { train, validation, test } = unwrap(made).parts
      expect(partSizes(split, unwrap(made))).toEqual({
        train: train.length,
        validation: validation.length,
        test: test.length
      })
    }
    expect(partSizes({ train: 0.8, test: 0 }, { rows: 110, heldOut: { rows: 10, part: 'test' } })).toEqual({
      train: 80,
      validation: 20,
      test: 0
    })
  })

  it('counts the classes', () => {
    const made = makeDataset(firstProject.data, {})
    expect(made.ok && classCounts(made.value.y as Int32Array, 2)).toEqual([100, 100])
  })
})
