/** What the cells of a column are. */
export const COLUMN_KINDS = ['number', 'category', 'text', 'datetime'] as const
export type ColumnKind = (typeof COLUMN_KINDS)[number]

/** Which mark stands before the decimals. */
export type Decimal = '.' | ','

/** In which order a date like 3/4/2024 is written. */
export type DateOrder = 'ymd' | 'dmy' | 'mdy'

interface ColumnBase {
  readonly name: string
}

/** Numbers, [rows]; not a number where a cell is missing. */
export interface NumberColumn extends ColumnBase {
  readonly kind: 'number'
  readonly values: Float64Array
}

/** Moments in ms since 1970 in UTC, [rows]; not a number where a cell is missing. */
export interface DateColumn extends ColumnBase {
  readonly kind: 'datetime'
  readonly values: Float64Array
  readonly order: DateOrder
}

/** Words by their place in `words`, [rows]; −1 where a cell is missing. */
export interface WordColumn extends ColumnBase {
  readonly kind: 'category' | 'text'
  readonly codes: Int32Array
  readonly words: readonly string[]
}

/** A column of a table: typed cells, one a row. */
export type Column = NumberColumn | DateColumn | WordColumn

/** The columns of a file, all of one length. */
export interface Table {
  readonly rows: number
  readonly columns: readonly Column[]
}

/** Is nothing known about this row in this column? */
export function isMissingAt(column: Column, row: number): boolean {
  return 'codes' in column ? column.codes[row]! < 0 : Number.isNaN(column.values[row]!)
}

/** A cell as text; empty where it is missing. Moments are written as ISO 8601 has them. */
export function cellText(column: Column, row: number): string {
  if (isMissingAt(column, row)) return ''
  if ('codes' in column) return column.words[column.codes[row]!]!
  return column.kind === 'number' ? String(column.values[row]!) : momentText(column.values[row]!)
}

/** "2024-01-31", or "2024-01-31 12:30:00" where it has a time. */
export function momentText(ms: number): string {
  const iso = new Date(ms).toISOString()
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ')
}
