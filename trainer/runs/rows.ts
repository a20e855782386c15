import { keptRunSchema, type KeptRun } from '@core/runs/kept'
import { dataTitle, folded, networkText, searchFacts } from '@core/runs/about'
import type { Document } from '@core/document/schema'

/** A row of the table of runs, as far as the list shows it. */
export interface RunRow {
  readonly id: string
  readonly [column: string]: unknown
}

/** The columns that `keptRun` needs. */
export const COLUMNS = `id, project, name, note, tags, starred, series, status, ending, failure, started, ended, seconds,
  epoch, epochs, from_epoch, steps_per_epoch, rows, parameters, data, data_key, network, engine, best, last, reading, parent,
  parent_epoch, weights_gone, repeat,
  (select json_group_array(json_object('kind', kind, 'epoch', epoch, 'bytes', bytes)) from weights
   where run = id) as kept`

const json = (text: unknown): unknown => (typeof text === 'string' ? JSON.parse(text) : null)

/** The run of a row. */
export function keptRun(row: RunRow): KeptRun {
  return keptRunSchema.parse({
    ...pick(row, [
      'id',
      'project',
      'name',
      'note',
      'status',
      'ending',
      'failure',
      'started',
      'ended',
      'seconds'
    ]),
    ...pick(row, ['epoch', 'epochs', 'parameters', 'data', 'network']),
    tags: json(row['tags']),
    starred: row['starred'] === 1,
    group: row['series'],
    from: row['from_epoch'],
    stepsPerEpoch: row['steps_per_epoch'],
    rows: json(row['rows']),
    dataKey: row['data_key'],
    engine: json(row['engine']),
    best: json(row['best']),
    last: json(row['last']),
    reading: json(row['reading']),
    parent: row['parent'] === null ? null : { id: row['parent'], epoch: row['parent_epoch'] },
    weights: json(row['kept']),
    weightsGone: row['weights_gone'] === 1,
    repeat: json(row['repeat'])
  })
}

const pick = (row: RunRow, names: readonly string[]): object =>
  Object.fromEntries(names.map((name) => [name, row[name]]))

/** What a document's run is found by besides what people write, and the words for its data. */
export function factsOf(document: Document): {
  readonly facts: string
  readonly data: string
  readonly network: string
} {
  return { facts: searchFacts(document), data: dataTitle(document), network: networkText(document) }
}

/** The text that searching looks through. */
export function searchText(row: {
  readonly id: string
  readonly project: string
  readonly name: string
  readonly note: string
  readonly tags: readonly string[]
  readonly facts: string
}): string {
  const { id, project, name, note, tags, facts } = row
  return folded([name, project, tags.join(' '), note, facts, id].join('\n'))
}
