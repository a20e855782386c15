import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { makeDataset, type Dataset } from '@core/data/dataset'
import { missingColumns, prepareRows } from '@core/data/preparation/newRows'
import {
  answerOf,
  fitPreparation,
  preparationSchema,
  applyPreparation
} from '@core/data/preparation/preparation'
import { planTable } from '@core/data/table/plan'
import { tableOf } from '@core/data/table/profile'
import { readTable } from '@core/data/table/read'
import { autoOptions } from '@core/data/table/sniff'
import type { ColumnSettings } from '@core/data/table/setting'
import { fullPart } from '@core/registry/complete'
import { part } from '@core/registry/define'
import { sources } from '@core/registry'
import { derive } from '@core/graph/derive'
import { readDocument } from '@core/document/parse'
import { unwrap } from '@core/result'
import { tableProject, titleOf } from '@core/templates/tableProject'
import { tableFile } from './helpers/tables'

interface Golden {
  readonly age: readonly (number | null)[]
  readonly fare: readonly number[]
  readonly port: readonly string[]
  readonly train: readonly number[]
  readonly medianStandardise: number[][]
  readonly meanMinMax: number[][]
  readonly commonestStandardise: number[][]
  readonly fareStandardise: number[][]
  readonly port_found: readonly string[]
  readonly port_encoded: number[][]
}

// scikit-learn: tests/oracles/preparation.py
const golden = JSON.parse(
  readFileSync(new URL('../oracles/preparation.json', import.meta.url), 'utf8')
) as Golden

describe('prepares as scikit-learn does, fitted to the training rows only', () => {
  const rows = golden.fare.map(
    (fare, i) => `${golden.age[i] ?? ''},${fare},${golden.port[i]},${i % 2 ? 'yes' : 'no'}`
  )
  const { file, table } = tableFile(`age,fare,port,answer\n${rows.join('\n')}\n`)
  const prepare = (columns: ColumnSettings): number[][] => {
    const out = ['age', 'fare', 'port'].filter((name) => !columns.some((c) => c.name === name))
    const config = {
      task: 'auto' as const,
      scaling: 'standardise' as const,
      columns: [...columns, ...out.map((name) => ({ name, role: 'ignored' as const }))]
    }
    const plan = planTable(config, file.table)
    const fitted = fitPreparation(plan, file.table, table, Int32Array.from(golden.train))
    const all = Int32Array.from(golden.fare.keys())
    const x = applyPreparation(
      fitted,
      plan.inputs.map(({ place }) => table.columns[place]!),
      all
    )
    const width = x.length / all.length
    return Array.from(all, (row) => [...x.subarray(row * width, (row + 1) * width)])
  }
  const close = (a: number[][], b: number[][]): void => {
    expect(a.length).toBe(b.length)
    for (const [i, row] of a.entries())
      for (const [j, v] of row.entries()) expect(v).toBeCloseTo(b[i]![j]!, 5)
  }

  test('the middle value, standardised', () => {
    close(prepare([{ name: 'age', fill: 'median' }]), golden.medianStandardise)
  })
  test('the average, from 0 to 1', () => {
    close(prepare([{ name: 'age', fill: 'mean', encode: 'minMax' }]), golden.meanMinMax)
  })
  test('the commonest value', () => {
    close(prepare([{ name: 'age', fill: 'mostCommon' }]), golden.commonestStandardise)
  })
  test('numbers without gaps', () => {
    close(prepare([{ name: 'fare' }]), golden.fareStandardise)
  })
  test('categories, and one that no training row has', () => {
    const words = ['C', 'Q', 'S', 'T']
    const known = golden.port_encoded.map((row) =>
      words.map((word) => (golden.port_found.includes(word) ? row[golden.port_found.indexOf(word)]! : 0))
    )
    close(prepare([{ name: 'port' }]), known)
  })
  test('a number that says that the cell was missing', () => {
    expect(prepare([{ name: 'age', flag: true }]).map((row) => row[1])).toEqual(
      golden.age.map((age) => (age === null ? 1 : 0))
    )
  })
})

const houses = Array.from({ length: 60 }, (_, i) => {
  const size = 40 + ((i * 37) % 90)
  return `${i + 1},${size},${['north', 'south', ''][i % 3]},2024-0${(i % 9) + 1}-15,${i % 12},${size * 2000 + 1000}`
})
const { file: houseFile, table: houseTable } = tableFile(
  `id,size,side,sold,street,price\n${houses.join('\n')}\n`
)

const make = (config: object, split: object = {}): Dataset => {
  const source = fullPart('source', part('table', { file: 'h.csv', ...config }))
  const data = { source, seed: 3, split: { train: 0.5, test: 0.25, ...split } }
  return unwrap(makeDataset(data, { 'h.csv': houseFile }, { tables: { 'h.csv': houseTable } }))
}

test('a table is what its settings describe', () => {
  const config = { file: 'h.csv', columns: [{ name: 'id', role: 'ignored' as const }] }
  const described = sources['table']!.describe(fullPart('source', part('table', config)).config, {
    'h.csv': houseFile
  })
  if ('code' in described) throw new Error(described.message)
  const made = make(config)
  expect(described.features).toEqual(made.features)
  expect(made.features).toEqual([
    ...['size', 'side = north', 'side = south', 'sold: year', 'sold: month', 'sold: day', 'sold: weekday'],
    'street'
  ])
  expect(made.x.length).toBe(60 * made.shape[0]!)
  expect(described.rows).toBe(made.rows)
  expect(made.target).toEqual({ shape: [1] })
  // The answer goes back to its own units.
  const { preparation, rowNumbers } = made.prepared!
  const price = (row: number): number => Number(houses[rowNumbers[row]!]!.split(',').at(-1))
  for (const row of [0, 17, 59]) expect(answerOf(preparation, made.y![row]!)).toBeCloseTo(price(row), -1)
})

test('rows that lack what may not be missing are left out, and counted beforehand', () => {
  const columns = [{ name: 'side', fill: 'dropRow' }]
  const made = make({ columns })
  expect(made.rows).toBe(40)
  const config = fullPart('source', part('table', { file: 'h.csv', columns })).config
  expect(sources['table']!.describe(config, { 'h.csv': houseFile })).toMatchObject({ rows: 40 })
})

test('rows of one group stay in one part', () => {
  const { parts, prepared } = make({}, { group: 'street' })
  const street = (row: number): string => houses[prepared!.rowNumbers[row]!]!.split(',')[4]!
  const streets = (['train', 'validation', 'test'] as const).map((p) => new Set([...parts[p]].map(street)))
  expect(streets.map((s) => s.size).reduce((a, b) => a + b)).toBe(12)
  expect(parts.train.length + parts.validation.length + parts.test.length).toBe(60)
  expect([...parts.train].length).toBeGreaterThanOrEqual(25)
  expect([...parts.train].length).toBeLessThanOrEqual(35)
})

test('new rows are prepared like the old ones; those that cannot be are named', () => {
  const made = make({ columns: [{ name: 'id', role: 'ignored' }] })
  const preparation = preparationSchema.parse(JSON.parse(JSON.stringify(made.prepared!.preparation)))
  const asWords = (text: string) => {
    const table = readTable('new.csv', text, autoOptions)
    if (!table.ok) throw new Error(table.problems[0]!.message)
    return tableOf(table.value)
  }
  const lines = [0, 7, 31].map((row) => houses[row]!)
  const same = prepareRows(preparation, asWords(`id,size,side,sold,street,price\n${lines.join('\n')}\n`))
  const width = made.shape[0]!
  const old = [0, 7, 31].flatMap((row) => [...made.x.subarray(row * width, (row + 1) * width)])
  expect([...same.x]).toEqual(old)
  expect(missingColumns(preparation, asWords('size,side\n1,north\n'))).toEqual(['sold', 'street'])
})

describe('a starter project', () => {
  const iris = Array.from(
    { length: 150 },
    (_, i) => `${i + 1},${(i % 40) / 10},${((i * 7) % 30) / 10},c${i % 3}`
  )

  test('is in order and can be trained, and tells why', () => {
    const { file } = tableFile(`Id,length,width,kind\n${iris.join('\n')}\n`)
    const { document, files, suggestions } = unwrap(tableProject('iris_flowers.csv', file))
    expect(document.name).toBe('Iris flowers')
    expect(derive(document, files).problems).toEqual([])
    expect(readDocument(JSON.parse(JSON.stringify(document)))).toEqual({ ok: true, value: document })
    expect(suggestions[0]).toMatchObject({ what: 'Predict', choice: 'kind' })
    expect(suggestions[1]!.why).toBe('Left out: Id only counts the rows.')
    for (const { why } of suggestions) expect(why).toMatch(/\.$/)
    expect(document.networks[0]!.nodes['output']!.config['units']).toBe(3)
  })

  test('predicts a number where the answer is one', () => {
    const { document, files } = unwrap(tableProject('houses.csv', houseFile))
    expect(derive(document, files).problems).toEqual([])
    expect(derive(document, files).data?.target).toEqual({ shape: [1] })
  })

  test('is refused where there is nothing to predict', () => {
    const { file } = tableFile('name\nx\ny\n')
    expect(tableProject('t.csv', file)).toMatchObject({ ok: false, problems: [{ code: 'bad-table' }] })
  })

  test('is called like its file', () => {
    expect(titleOf('C:\\data\\my_table.csv')).toBe('My table')
    expect(titleOf('.csv')).toBe('Table')
  })
})
