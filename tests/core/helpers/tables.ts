import type { DataFile, TableFile } from '@core/data/files'
import type { Table } from '@core/data/table/columns'
import { profileOf, tableOf } from '@core/data/table/profile'
import { readTable, type ReadTable } from '@core/data/table/read'
import { autoOptions, type ReadOptions } from '@core/data/table/sniff'
import { unwrap } from '@core/result'

/** A table from text, as it is read. */
export function read(text: string, options: Partial<ReadOptions> = {}): ReadTable {
  return unwrap(readTable('t.csv', text, { ...autoOptions, ...options }))
}

/** A file of a project from text, and its columns. */
export function tableFile(text: string): { readonly file: TableFile; readonly table: Table } {
  const found = read(text)
  const file = { sha256: '0'.repeat(64), bytes: text.length, read: autoOptions, table: profileOf(found) }
  return { file, table: tableOf(found) }
}

/** A file that was read as a table. */
export function tableIn(file: DataFile): TableFile {
  if ('text' in file) throw new Error('The file was taken for a text.')
  return file
}

/** The cells of a column as plain values; null where one is missing. */
export function cells(table: ReadTable, name: string): readonly (number | string | null)[] {
  const { column } = table.columns.find((c) => c.column.name === name)!
  if ('codes' in column) return Array.from(column.codes, (code) => (code < 0 ? null : column.words[code]!))
  return Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))
}
