import { cellText } from '@core/data/table/columns'
import { tableOf } from '@core/data/table/profile'
import type { ReadOptions } from '@core/data/table/sniff'
import type { TablePreview } from '@core/ipc/dataProcess'
import { ok, type Result } from '@core/result'
import { readTableFile } from './readFile'

/** Rows that are shown. */
const ROWS = 8
/** Columns of a wide table, and letters of a long cell. */
const COLUMNS = 60
const LETTERS = 80

/** The first rows of the file at a path, read in this way. */
export async function previewTable(
  path: string,
  name: string,
  read: ReadOptions
): Promise<Result<TablePreview>> {
  const found = await readTableFile(path, name, { read, asWords: true, most: ROWS })
  if (!found.ok) return found
  const table = tableOf(found.value.table)
  const { dialect, places } = found.value.table
  const columns = table.columns.slice(0, COLUMNS)
  const rows = Math.min(ROWS, table.rows)
  const [slip] = [...places!.slipped].filter(([row]) => row < rows)
  return ok({
    ...dialect,
    columns: columns.map((column) => column.name.slice(0, LETTERS)),
    all: table.columns.length,
    rows: Array.from({ length: rows }, (_, row) =>
      columns.map((column) => cellText(column, row).slice(0, LETTERS))
    ),
    sheets: [...found.value.sheets],
    ...(slip ? { problem: `Line ${places!.lines[slip[0]]!}: ${slip[1]}` } : {})
  })
}
