import { describe, expect, test } from 'vitest'
import { baselinesOf } from '@core/data/baselines'
import { makeDataset } from '@core/data/dataset'
import { axesOf, cellOf, dataColumns } from '@core/data/preparation/columns'
import { prepareRows, tableOfCells } from '@core/data/preparation/newRows'
import { applyEdit } from '@core/document/edits'
import { derive } from '@core/graph/derive'
import { planTable } from '@core/data/table/plan'
import { unwrap } from '@core/result'
import { tableProject } from '@core/templates/tableProject'
import { tableFile } from './helpers/tables'

/** Reviews that say in their third word what their class is, and two columns more. */
const KINDS = ['good', 'bad'] as const
const lines = Array.from({ length: 80 }, (_, i) => {
  const kind = KINDS[i % 2]!
  return `${i + 1},"It’s a ${kind} one, Nr. ${i}!",${kind}`
})
const csv = `id,review,class\n${lines.join('\n')}\n`
const { file, table } = tableFile(csv)
const project = unwrap(tableProject('reviews.csv', file))
const { data } = project.document
const dataset = unwrap(makeDataset(data, project.files, { tables: { 'reviews.csv': table } }))
const { preparation } = dataset.prepared!
const column = preparation.inputs[0]!

describe('a column of texts', () => {
  test('is learned from where nothing else is there to learn from, by an Embedding', () => {
    expect(file.table.columns.map(({ kind }) => kind)).toEqual(['number', 'text', 'category'])
    const { document, suggestions } = project
    expect(Object.values(document.networks[0]!.nodes).map(({ type }) => type)).toEqual([
      ...['data', 'embedding', 'globalAveragePooling1d', 'dense', 'dense', 'output']
    ])
    expect(derive(document, project.files).problems).toEqual([])
    expect(suggestions.find(({ what }) => what === 'Learn from')!.choice).toBe('review')
  })

  test('becomes numbers of words, the commonest ones first, filled up with 0', () => {
    // "its a good one nr 7": six words, of which its, a, one and nr stand in every text.
    expect(dataset.shape).toEqual([6])
    expect(column.vocabulary.slice(0, 2)).toEqual(['', '[UNK]'])
    expect(column.vocabulary.slice(2, 6)).toEqual(['a', 'its', 'nr', 'one'])
    const words = (row: number): readonly string[] =>
      Array.from(dataset.x.subarray(6 * row, 6 * row + 6), (n) => column.vocabulary[n]!)
    const row = dataset.parts.train[0]!
    expect(words(row)).toEqual(['its', 'a', KINDS[row % 2], 'one', 'nr', String(row)])
  })

  test('knows the words of the training part only', () => {
    const own = new Set(Array.from(dataset.parts.train, String))
    const numbers = column.vocabulary.filter((word) => /^\d+$/.test(word))
    expect(numbers.length).toBe(dataset.parts.train.length)
    expect(numbers.every((word) => own.has(word))).toBe(true)
    for (const row of dataset.parts.validation) expect(dataset.x[6 * row + 5]).toBe(1)
  })

  test('prepares new texts, unknown words and texts without words among them', () => {
    const prepared = (review: string) => prepareRows(preparation, tableOfCells(preparation, { review }))
    const place = (word: string) => column.vocabulary.indexOf(word)
    expect([...prepared('GOOD, a gem').x]).toEqual([place('good'), place('a'), 1, 0, 0, 0])
    expect([...prepared('!!!').x]).toEqual([1, 0, 0, 0, 0, 0])
    expect([...prepared('a a a a a a a a').x]).toEqual([2, 2, 2, 2, 2, 2])
    // A combining accent is the letter with it.
    expect([...prepared('cafe\u0301').x]).toEqual([...prepared('café').x])
    expect(prepared('').failures[0]!.message).toBe('review is empty.')
    expect(cellOf(dataColumns(preparation)[0]!, prepared('good gem one').x)).toBe('good [UNK] one')
    expect(axesOf(dataColumns(preparation))).toEqual([])
  })

  test('has a linear model of which words there are to compare with', async () => {
    const found = (await baselinesOf(dataset, () => Promise.resolve()))!
    expect(found.linear).toBe(1)
    expect(found.always).toBeLessThan(0.6)
  })

  test('is learned from by itself, and gives way to other columns', () => {
    const columns = [{ name: 'review', role: 'input' as const, length: 3, vocabulary: 5 }]
    const config = { task: 'auto' as const, scaling: 'standardise' as const, columns }
    const plan = planTable(config, file.table)
    expect(plan.inputs.map(({ profile, text }) => [profile.name, text])).toEqual([
      ['review', { length: 3, tokens: 7 }]
    ])
    const without = planTable({ ...config, columns: [] }, file.table)
    expect(without.inputs.map(({ profile }) => profile.name)).toEqual(['id'])
  })

  test('asks for an Embedding where a layer would take words for amounts, and for one that is large enough', () => {
    const { document, files } = project
    const bare = applyEdit(document, { kind: 'remove', nodes: ['embedding', 'average'], edges: [] })
    const problem = derive(bare, files).problems.find(({ code }) => code === 'no-embedding')!
    const mended = applyEdit(bare, problem.fix!.edit)
    expect(derive(mended, files).problems.some(({ code }) => code === 'no-embedding')).toBe(false)
    const small = applyEdit(document, { kind: 'setField', nodeId: 'embedding', field: 'inputDim', value: 3 })
    const few = derive(small, files).problems.find(({ code }) => code === 'few-symbols')!
    expect(applyEdit(small, few.fix!.edit)).toEqual(document)
  })
})
