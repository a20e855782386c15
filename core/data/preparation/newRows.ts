import { isMissingAt, type Column, type Table, type WordColumn } from '../table/columns'
import { MOST_WORDS } from '../table/profile'
import { cellsOf, type Reading } from './cells'
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

/** Takes numbers as they are: for networks that learned from numbers with these names, and perhaps classes. */
export function plainPreparation(features: readonly string[], classes: readonly string[] = []): Preparation {
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
    target: { name: classes.length > 0 ? 'class' : 'answer', classes }
  }
}

/** The column of this name; where there is none, the only one whose name differs in small and capital letters alone. */
export function columnNamed({ columns }: Table, name: string): Column | undefined {
  const exact = columns.find((column) => column.name === name)
  if (exact) return exact
  const alike = columns.filter((column) => column.name.toLowerCase() === name.trim().toLowerCase())
  return alike.length === 1 ? alike[0] : undefined
}

/** Names of columns that a table lacks to be prepared. */
export function missingColumns({ inputs }: Preparation, table: Table): readonly string[] {
  return inputs.map(({ name }) => name).filter((name) => !columnNamed(table, name))
}

/** Prepares the rows of a table of words (see `TableReader`) that has all columns. */
export function prepareRows(preparation: Preparation, table: Table): NewRows {
  const { inputs, decimal } = preparation
  const columns = inputs.map(({ name }) => columnNamed(table, name) as WordColumn)
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

/** Categories that are told by name in a refusal. */
const NAMED = 5

/** Why a cell without a number cannot be prepared; undefined where it can. */
function cellProblem(
  { name, kind, fill, vocabulary }: PreparedColumn,
  text: string | undefined
): string | undefined {
  if (text === undefined) return fill.value === null && kind !== 'category' ? `${name} is empty.` : undefined
  if (kind !== 'category')
    return `${name} is “${text}”, which is not a ${kind === 'number' ? 'number' : 'date'}.`
  // The rare ones of a column with very many categories were nothing to learn from either.
  if (vocabulary.length >= MOST_WORDS) return undefined
  const known = vocabulary.slice(0, NAMED).join(', ')
  return `${name} is “${text}”, which the network has never seen. It knows ${known}${vocabulary.length > NAMED ? ', …' : ''}.`
}

/**
 * The right answers that a new table holds, [table.rows]: class numbers or values, not a number where there is none;
 * undefined where the table has no such column.
 */
export function trueAnswers({ target, decimal }: Preparation, table: Table): Float64Array | undefined {
  const column = target.name === '' ? undefined : columnNamed(table, target.name)
  if (!column) return undefined
  const reading: Reading = {
    kind: target.classes.length > 0 ? 'category' : 'number',
    order: 'ymd',
    decimal,
    vocabulary: target.classes
  }
  const answers = cellsOf(column, reading)
  return answers.some((answer, row) => !isMissingAt(column, row) && !Number.isNaN(answer))
    ? answers
    : undefined
}
