import type { UnpreparedRows } from '../../registry/contracts/source'
import { encodings } from '../../registry/preparations'
import type { Column } from '../table/columns'
import { applyPreparation, type Preparation, type PreparedColumn } from './preparation'

/** A column of a table that comes with the app: nothing in it is missing. */
export type GivenColumn =
  | {
      readonly name: string
      readonly values: Float64Array
      readonly encode: 'none' | 'standardise'
    }
  /** Places in the vocabulary. */
  | { readonly name: string; readonly values: Float64Array; readonly vocabulary: readonly string[] }

/**
 * The rows of a table that comes with the app, in its own units, with a class each: prepared as a table from a file is,
 * by what is fitted to the training part.
 */
export function givenRows(
  given: readonly GivenColumn[],
  labels: Int32Array,
  target: Pick<Preparation['target'], 'name' | 'classes'>
): UnpreparedRows {
  const rowNumbers = Int32Array.from(labels, (_, row) => row)
  const columns = given.map((column): Column => {
    const { name, values } = column
    return 'vocabulary' in column
      ? { name, kind: 'category', codes: Int32Array.from(values), words: column.vocabulary }
      : { name, kind: 'number', values }
  })
  return {
    rowNumbers,
    table: { rows: labels.length, columns },
    labels,
    prepare: (training) => {
      const preparation: Preparation = {
        decimal: '.',
        inputs: given.map((column) => fitted(column, training)),
        target
      }
      return { preparation, x: applyPreparation(preparation, columns, rowNumbers), y: labels }
    }
  }
}

function fitted(column: GivenColumn, training: Int32Array): PreparedColumn {
  const { name, values } = column
  const category = 'vocabulary' in column
  const vocabulary = category ? column.vocabulary : []
  const type = category ? 'oneHot' : column.encode
  const cells = Float64Array.from(training.length > 0 ? training : [0], (row) => values[row]!)
  return {
    ...{ name, vocabulary, kind: category ? 'category' : 'number', order: 'ymd', flag: false },
    fill: { type: category ? 'empty' : 'dropRow', value: null },
    encode: { type, state: encodings[type]!.fit(cells, Math.max(1, vocabulary.length)) },
    names: category ? vocabulary.map((word) => `${name} = ${word}`) : [name]
  }
}
