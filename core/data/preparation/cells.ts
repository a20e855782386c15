import { momentOf, numberOf } from '../table/cells'
import { cellText, type Column, type ColumnKind, type DateOrder, type Decimal } from '../table/columns'

/** How the cells of a column become numbers before they are prepared. */
export interface Reading {
  readonly kind: ColumnKind
  readonly order: DateOrder
  readonly decimal: Decimal
  /** Categories in the order of their numbers. */
  readonly vocabulary: readonly string[]
}

/**
 * The cells of a column as numbers, [rows]: see `FillDefinition`. Not a number where a cell is missing or unknown; 0 for
 * any text, whose own numbers `textEncoder` gives.
 */
export function cellsOf(column: Column, reading: Reading): Float64Array {
  const { kind, order, decimal } = reading
  if ('codes' in column) {
    const byWord = Float64Array.from(column.words, readerOf(reading))
    return Float64Array.from(column.codes, (code) => (code < 0 ? NaN : byWord[code]!))
  }
  if (kind === column.kind) return column.values
  if (kind === 'text') return column.values.map((value) => (Number.isNaN(value) ? NaN : 0))
  if (kind === 'category') {
    const places = placesOf(reading.vocabulary)
    const found = new Map<number, number>()
    return column.values.map((value, row) => {
      if (Number.isNaN(value)) return NaN
      let place = found.get(value)
      if (place === undefined) {
        place = places.get(cellText(column, row)) ?? NaN
        found.set(value, place)
      }
      return place
    })
  }
  const read =
    kind === 'number' ? (cell: string) => numberOf(cell, decimal) : (cell: string) => momentOf(cell, order)
  return column.values.map((value, row) => (Number.isNaN(value) ? NaN : read(cellText(column, row))))
}

function readerOf({ kind, order, decimal, vocabulary }: Reading): (cell: string) => number {
  if (kind === 'text') return () => 0
  if (kind === 'number') return (cell) => numberOf(cell, decimal)
  if (kind === 'datetime') return (cell) => momentOf(cell, order)
  const places = placesOf(vocabulary)
  // A category that is a number may be written in another way: 1.0 is 1.
  return (cell) => places.get(cell) ?? places.get(String(numberOf(cell, decimal))) ?? NaN
}

const placesOf = (words: readonly string[]): ReadonlyMap<string, number> =>
  new Map(words.map((word, place) => [word, place]))
