import { encodings } from '../../registry/preparations'
import { momentText, type Decimal } from '../table/columns'
import { prepareRows, tableOfCells } from './newRows'
import type { Preparation, PreparedColumn } from './preparation'
import { writtenOut } from './texts'

/** A column of a table, and where its numbers stand in an example. */
export interface DataColumn {
  readonly column: PreparedColumn
  readonly decimal: Decimal
  readonly at: number
  readonly width: number
}

/** The columns that examples are made of, in their order. */
export function dataColumns({ inputs, decimal }: Preparation): readonly DataColumn[] {
  let at = 0
  return inputs.map((column) => {
    const own = { column, decimal, at, width: column.names.length }
    at += own.width
    return own
  })
}

/** A direction of a plane: a column of numbers, with the way from a prepared number to the table's unit and back. */
export interface Axis {
  readonly name: string
  /** Its place in an example. */
  readonly at: number
  readonly toUnit: (value: number) => number
  readonly toValue: (unit: number) => number
}

/** The columns of numbers as axes. */
export function axesOf(columns: readonly DataColumn[]): readonly Axis[] {
  return columns.flatMap(({ column: { name, kind, encode }, at }) => {
    if (kind !== 'number') return []
    const { invert, apply } = encodings[encode.type]!
    if (!invert) return []
    return {
      ...{ name, at },
      toUnit: (value: number) => invert(encode.state, value),
      toValue: (unit: number) => {
        const into = new Float32Array(1)
        apply(encode.state, unit, into, 0, 1)
        return into[0]!
      }
    }
  })
}

/** The cell that the numbers of an example were made of, as a person would write it; empty where it was missing. */
export function cellOf({ column, width }: DataColumn, numbers: Float32Array): string {
  const { encode, flag, kind, vocabulary } = column
  const own = width - (flag ? 1 : 0)
  if (flag && numbers[own] === 1) return ''
  if (kind === 'text') return writtenOut(encode.type, vocabulary, numbers)
  if (kind === 'category') return vocabulary[numbers.subarray(0, own).findIndex((n) => n > 0.5)] ?? ''
  if (kind === 'number') {
    const { invert } = encodings[encode.type]!
    return invert ? String(Number(invert(encode.state, numbers[0]!).toPrecision(6))) : ''
  }
  const { state } = encode
  const part = (i: number): number => (i < own ? numbers[i]! * state[2 * i + 1]! + state[2 * i]! : 0)
  const minutes = Math.round(60 * part(4))
  return momentText(Date.UTC(Math.round(part(0)), Math.round(part(1)) - 1, Math.round(part(2)), 0, minutes))
}

/** The numbers that a cell becomes, [width], or why it cannot. */
export function numbersOf({ column, decimal }: DataColumn, cell: string): Float32Array | string {
  const own: Preparation = { decimal, inputs: [column], target: { name: '', classes: [] } }
  const { x, failures } = prepareRows(own, tableOfCells(own, { [column.name]: cell }))
  return failures[0]?.message ?? x
}

/**
 * What is usual for a column among these rows of examples [rows, numbers]: the middle number, or the commonest cell.
 * [width]
 */
export function usualNumbers(
  { column, at, width }: DataColumn,
  x: Float32Array,
  numbers: number,
  rows: Int32Array
): Float32Array {
  const cut = (row: number): Float32Array => x.subarray(row * numbers + at, row * numbers + at + width)
  if (rows.length === 0) return new Float32Array(width)
  if (column.kind === 'number' && width === 1) {
    const values = Float64Array.from(rows, (row) => cut(row)[0]!).sort()
    const middle = values.length / 2
    const median =
      values.length % 2 === 1 ? values[Math.floor(middle)]! : (values[middle - 1]! + values[middle]!) / 2
    return Float32Array.of(median)
  }
  const counts = new Map<string, { readonly row: number; count: number }>()
  for (const row of rows) {
    const key = cut(row).join()
    const found = counts.get(key)
    if (found) found.count++
    else counts.set(key, { row, count: 1 })
  }
  const most = [...counts.values()].reduce((a, b) => (b.count > a.count ? b : a))
  return cut(most.row).slice()
}
