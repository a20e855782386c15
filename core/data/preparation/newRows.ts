import type { Table, WordColumn } from '../table/columns'
import { cellsOf } from './cells'
import { applyPreparation, type Preparation, type PreparedColumn } from './preparation'

/** A row that cannot be prepared, and why. */
export interface RowFailure {
  /** Of the table, from 0. */
  readonly row: number
  readonly message: string
}

/** Rows of a new table as a network wants them. */
export interface NewRows {
  /** [rows.length, width] */
  readonly x: Float32Array
  /** The rows of the table that could be prepared, from 0. */
  readonly rows: Int32Array
  readonly failures: readonly RowFailure[]
}

/**
 * A table of one row, from cells that a person has typed, by the names of their columns. Both 1.4 and 1,4 are the
 * number, whichever mark the table has.
 */
export function tableOfCells(
  { inputs, decimal }: Preparation,
  cells: { readonly [column: string]: string }
): Table {
  const numbers = new Set(inputs.filter(({ kind }) => kind === 'number').map(({ name }) => name))
  return {
    rows: 1,
    columns: Object.entries(cells).map(([name, cell]): WordColumn => {
      const typed = cell.trim()
      const word =
        numbers.has(name) && /^[^.,]*[.,][^.,]*$/.test(typed) ? typed.replace(/[.,]/, decimal) : typed
      return { name, kind: 'text', codes: Int32Array.of(word === '' ? -1 : 0), words: [word] }
    })
  }
}

/** Takes numbers as they are: for networks that learned from numbers with these names. */
export function plainPreparation(features: readonly string[]): Preparation {
  return {
    decimal: '.',
    inputs: features.map((name) => ({
      name,
      kind: 'number',
      order: 'ymd',
      vocabulary: [],
      fill: { type: 'dropRow', value: null },
      flag: false,
      encode: { type: 'none', state: [] },
      names: [name]
    })),
    target: { name: '', classes: [] }
  }
}

/** Names of columns that a table lacks to be prepared. */
export function missingColumns({ inputs }: Preparation, { columns }: Table): readonly string[] {
  return inputs.map(({ name }) => name).filter((name) => !columns.some((column) => column.name === name))
}

/** Prepares the rows of a table of words (see `TableReader`) that has all columns. */
export function prepareRows(preparation: Preparation, table: Table): NewRows {
  const { inputs, decimal } = preparation
  const columns = inputs.map(({ name }) => table.columns.find((column) => column.name === name) as WordColumn)
  const failed = new Map<number, string>()
  for (const [i, input] of inputs.entries()) {
    const column = columns[i]!
    const cells = cellsOf(column, { ...input, decimal })
    for (let row = 0; row < table.rows; row++) {
      if (failed.has(row) || !Number.isNaN(cells[row]!)) continue
      const code = column.codes[row]!
      const problem = cellProblem(input, code < 0 ? undefined : column.words[code]!)
      if (problem !== undefined) failed.set(row, problem)
    }
  }
  const rows = Int32Array.from({ length: table.rows }, (_, row) => row).filter((row) => !failed.has(row))
  return {
    x: applyPreparation(preparation, columns, rows),
    rows,
    failures: [...failed].sort(([a], [b]) => a - b).map(([row, message]) => ({ row, message }))
  }
}

/** Why a cell without a number cannot be prepared; undefined where it can. */
function cellProblem({ name, kind, fill }: PreparedColumn, text: string | undefined): string | undefined {
  if (text === undefined) return fill.value === null && kind !== 'category' ? `${name} is empty.` : undefined
  if (kind === 'category') return undefined
  return `${name} is “${text}”, which is not a ${kind === 'number' ? 'number' : 'date'}.`
}
