import { basename } from 'node:path'
import { csvLines } from '@core/answers/newAnswers'
import { planeInputs } from '@core/data/points/inputs'
import {
  missingColumns,
  plainPreparation,
  prepareRows,
  trueAnswers,
  type NewRows
} from '@core/data/preparation/newRows'
import { widthOf, type Preparation } from '@core/data/preparation/preparation'
import { cellText, type Table } from '@core/data/table/columns'
import { tableOf } from '@core/data/table/profile'
import type { ReadRows, RowsForm } from '@core/ipc/newRows'
import { fail, ok, type Result } from '@core/result'
import { readTableFile, type ReadProgress } from '../readFile'
import type { RowsReader } from './reader'

/** Rows and numbers of a piece at most. */
const ROWS = 2000
const NUMBERS = 1 << 18

type Form = Extract<RowsForm, { kind: 'table' }>

/** A table that was read and prepared whole. */
interface Prepared {
  readonly table: Table
  readonly lines: Int32Array
  readonly made: NewRows
  readonly width: number
  readonly truth: Float64Array | undefined
  readonly columns: readonly string[]
}

/** The rows of a new table, prepared as those the network was trained on. */
export function openTable(path: string, form: Form): RowsReader {
  const stop = new AbortController()
  let progress: ReadProgress = { done: 0, rows: 0 }
  const reading = prepare(path, form, stop.signal, (now) => (progress = now))
  reading.catch(() => undefined)
  let from = 0
  // Of the rows that can be answered, and of those that cannot.
  let good = 0
  let bad = 0
  return {
    name: basename(path),
    progress: () => progress,
    look: () => Promise.resolve(new Uint8Array()),
    close: () => stop.abort(),
    next: async () => {
      const read = await reading
      if (!read.ok) return read
      const { table, lines, made, width, truth, columns } = read.value
      const end = Math.min(table.rows, from + Math.max(1, Math.min(ROWS, Math.floor(NUMBERS / width))))
      const goodFrom = good
      while (good < made.rows.length && made.rows[good]! < end) good++
      const badFrom = bad
      while (bad < made.failures.length && made.failures[bad]!.row < end) bad++
      const rows = made.rows.slice(goodFrom, good)
      const piece: ReadRows = {
        ...{ type: 'rows', total: table.rows, columns: [...columns], from },
        lines: linesOf(table, from, end),
        places: lines.slice(from, end) as Int32Array<ArrayBuffer>,
        rows: rows as Int32Array<ArrayBuffer>,
        x: made.x.slice(goodFrom * width, good * width) as Float32Array<ArrayBuffer>,
        ...(truth ? { truth: Float64Array.from(rows, (row) => truth[row]!) } : {}),
        failures: made.failures.slice(badFrom, bad),
        last: end === table.rows
      }
      from = end
      return ok(piece)
    }
  }
}

async function prepare(
  path: string,
  { preparation, read, plane }: Form,
  signal: AbortSignal,
  progress: (progress: ReadProgress) => void
): Promise<Result<Prepared>> {
  const file = basename(path)
  const found = await readTableFile(path, file, { read, asWords: true, signal, progress })
  if (!found.ok) return found
  const table = tableOf(found.value.table)
  const { dialect, places } = found.value.table
  const wanted: Preparation = plane
    ? { ...plainPreparation(['x', 'y']), target: preparation.target }
    : preparation
  const own = { ...wanted, decimal: dialect.decimal }
  const missing = missingColumns(own, table)
  if (missing.length > 0) return fail(lacking(file, missing, table, own))
  const made = withoutSlipped(prepareRows(own, table), places!.slipped, widthOf(own))
  return ok({
    ...{ table, lines: places!.lines },
    made: plane ? { ...made, x: planeInputs(made.x, plane) } : made,
    width: plane ? plane.length : widthOf(own),
    truth: trueAnswers(own, table),
    columns: table.columns.map(({ name }) => name)
  })
}

const listed = (names: readonly string[]): string =>
  names.length > 8 ? `${names.slice(0, 8).join(', ')} and ${names.length - 8} more` : names.join(', ')

function lacking(file: string, missing: readonly string[], table: Table, { inputs }: Preparation) {
  const has = table.columns.map(({ name }) => name)
  return {
    code: 'missing-column',
    message: `${file} has no ${missing.length === 1 ? 'column' : 'columns'} ${listed(missing)}.`,
    detail:
      missing.length === inputs.length
        ? `The network was trained on ${listed(inputs.map(({ name }) => name))}. This file has ${listed(has)}: the first line must name the columns.`
        : `The network was trained on it. Name the columns as in the training table; this file has ${listed(has)}.`
  }
}

/** A row that has slipped is told as that, whatever its cells would say. */
function withoutSlipped(made: NewRows, slipped: ReadonlyMap<number, string>, width: number): NewRows {
  if (slipped.size === 0) return made
  const failures = new Map([...made.failures.map(({ row, message }) => [row, message] as const), ...slipped])
  const kept = Array.from(made.rows.keys()).filter((i) => !slipped.has(made.rows[i]!))
  const x = new Float32Array(kept.length * width)
  for (const [to, i] of kept.entries()) x.set(made.x.subarray(i * width, (i + 1) * width), to * width)
  return {
    x,
    rows: Int32Array.from(kept, (i) => made.rows[i]!),
    failures: [...failures].sort(([a], [b]) => a - b).map(([row, message]) => ({ row, message }))
  }
}

function linesOf({ columns }: Table, from: number, end: number): string[] {
  return csvLines(
    Array.from({ length: end - from }, (_, i) => columns.map((column) => cellText(column, from + i)))
  )
}
