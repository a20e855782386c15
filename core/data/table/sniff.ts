import Papa from 'papaparse'
import { isMissing, momentOf, numberOf } from './cells'
import type { Decimal } from './columns'

/** How a file is read; what is `auto` is looked at. */
export interface ReadOptions {
  readonly delimiter: 'auto' | ',' | ';' | '\t' | '|'
  readonly decimal: 'auto' | Decimal
  readonly header: 'auto' | 'yes' | 'no'
  readonly encoding: 'auto' | 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'
  /** The sheet of a spreadsheet by its name; empty is the first one. */
  readonly sheet: string
  /** A table, or a text to be read as it is. */
  readonly as: 'auto' | 'table' | 'text'
}

/** Everything is looked at. */
export const autoOptions: ReadOptions = {
  delimiter: 'auto',
  decimal: 'auto',
  header: 'auto',
  encoding: 'auto',
  sheet: '',
  as: 'auto'
}

/** How the cells of a file are found and read. */
export interface Dialect {
  readonly delimiter: string
  readonly decimal: Decimal
  readonly header: boolean
}

const DELIMITERS = [',', ';', '\t', '|'] as const
/** Rows that are looked at. */
const LOOK = 200

/** Works out the dialect from the beginning of a file, as far as the options leave it open. */
export function sniff(start: string, whole: boolean, options: ReadOptions): Dialect {
  const delimiter = options.delimiter === 'auto' ? delimiterOf(start, whole) : options.delimiter
  const rows = beginning(start, whole, delimiter)
  const decimal = options.decimal === 'auto' ? decimalOf(rows.slice(1), delimiter) : options.decimal
  const header = options.header === 'auto' ? hasHeader(rows, decimal) : options.header === 'yes'
  return { delimiter, decimal, header }
}

/** The first rows that are not empty, cells trimmed. */
function beginning(start: string, whole: boolean, delimiter: string): readonly (readonly string[])[] {
  const { data } = Papa.parse<string[]>(start, { delimiter, preview: LOOK + 1 })
  // A row that goes on beyond what is looked at is none to judge by.
  const rows = whole || data.length > LOOK || data.length < 2 ? data : data.slice(0, -1)
  return rows.map((row) => row.map((cell) => cell.trim())).filter((row) => row.some((cell) => cell !== ''))
}

/** The mark that parts most rows into the same number of cells; of equal ones that with more cells. */
function delimiterOf(start: string, whole: boolean): string {
  let best = { delimiter: ',', agree: 0, width: 1 }
  for (const delimiter of DELIMITERS) {
    const widths = beginning(start, whole, delimiter).map((row) => row.length)
    const width = widths[0] ?? 1
    if (width < 2) continue
    const agree = widths.filter((w) => w === width).length / widths.length
    if (agree > best.agree + 0.05 || (agree >= best.agree - 0.05 && width > best.width))
      best = { delimiter, agree, width }
  }
  return best.delimiter
}

/** A comma, where it is not the delimiter and more cells are numbers with it than with a point. */
function decimalOf(rows: readonly (readonly string[])[], delimiter: string): Decimal {
  let commas = 0
  let points = 0
  for (const row of rows)
    for (const cell of row) {
      const comma = !Number.isNaN(numberOf(cell, ','))
      const point = !Number.isNaN(numberOf(cell, '.'))
      if (comma && !point) commas++
      else if (point && !comma) points++
      // 1,234 can be either: a semicolon is what programs that write decimal commas put between cells.
      else if (comma && point && cell.includes(',') && delimiter === ';') commas++
    }
  return commas > points ? ',' : '.'
}

/** Does the first row name the columns? Names are words, and stand above what is something else. */
function hasHeader(rows: readonly (readonly string[])[], decimal: Decimal): boolean {
  const [first = [], ...rest] = rows
  const isValue = (cell: string): boolean =>
    !Number.isNaN(numberOf(cell, decimal)) ||
    ['dmy', 'mdy'].some((o) => !Number.isNaN(momentOf(cell, o as 'dmy')))
  if (!first.some((cell) => isValue(cell) || isMissing(cell))) return true
  // 2019, 2020, … name columns where what stands below is anything else.
  const values = first.map((cell, column) => ({ cell, column })).filter(({ cell }) => isValue(cell))
  if (
    values.length > 1 &&
    values.every(({ cell, column }) => isYear(cell) && !isYear(rest[0]?.[column] ?? ''))
  )
    return new Set(first).size === first.length
  return first.some((cell, column) => {
    if (isValue(cell) || isMissing(cell)) return false
    const below = rest.map((row) => row[column] ?? '').filter((c) => !isMissing(c))
    return below.length > 0 && below.filter(isValue).length >= 0.9 * below.length
  })
}

const isYear = (cell: string): boolean => /^(19|20)\d\d$/.test(cell)
