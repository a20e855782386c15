import Papa from 'papaparse'
import { fail, ok, type Problem, type Result } from '../result'

/** A table of numbers and a class. */
export interface PointTable {
  readonly features: readonly string[]
  readonly classes: readonly string[]
  /** [rows, features], row-major. */
  readonly x: Float32Array
  /** [rows], places in `classes`. */
  readonly y: Int32Array
}

const MAX_CLASSES = 50
const EXPECTED = 'It needs a header row, at least one column of numbers, and the class in the last column.'

let last: { readonly file: string; readonly text: string; readonly result: Result<PointTable> } | undefined

/** The table in the file of this name; what is wrong with it otherwise. */
export function parsePoints(file: string, files: { readonly [name: string]: string }): Result<PointTable> {
  if (file === '') return fail({ code: 'no-file', field: 'file', message: 'No file is chosen yet.' })
  const text = Object.hasOwn(files, file) ? files[file] : undefined
  if (text === undefined)
    return fail({ code: 'missing-file', field: 'file', message: `The file ${file} is not in this project.` })
  // The same text is asked for by the canvas, the inspector and the trainer in turn.
  if (last?.text !== text || last.file !== file) last = { file, text, result: parse(file, text) }
  return last.result
}

/** A record and the row at which a spreadsheet shows it. */
interface Row {
  readonly cells: readonly string[]
  readonly number: number
}

const bad = (
  message: string,
  detail?: string
): { readonly ok: false; readonly problems: readonly Problem[] } =>
  fail({ code: 'bad-table', field: 'file', message, ...(detail === undefined ? {} : { detail }) })

const isNumber = (text: string): boolean => text !== '' && Number.isFinite(Math.fround(Number(text)))

function parse(file: string, text: string): Result<PointTable> {
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\ufeff/, ''))
  const quote = errors.find((e) => e.type === 'Quotes')
  if (quote)
    return bad(`${file}: a quotation mark in row ${(quote.row ?? 0) + 1} is not closed where its cell ends.`)
  const rows = data
    .map((cells, i): Row => ({ cells: cells.map((c) => c.trim()), number: i + 1 }))
    .filter(({ cells }) => cells.some((c) => c !== ''))
  const header = rows.shift()?.cells ?? []
  if (header.length < 2 || rows.length === 0)
    return bad(`${file} has no table that Netloom can read.`, EXPECTED)
  const wrongHeader = headerProblem(file, header)
  if (wrongHeader) return wrongHeader
  const short = rows.find((row) => row.cells.length !== header.length)
  if (short)
    return bad(
      `Row ${short.number} of ${file} has ${short.cells.length} columns, the header has ${header.length}.`
    )
  return readRows(file, header, rows)
}

function headerProblem(file: string, header: readonly string[]): Result<never> | undefined {
  if (header.slice(0, -1).every(isNumber))
    return bad(`${file} starts with numbers.`, 'Its first row must name the columns.')
  const nameless = header.indexOf('')
  if (nameless >= 0)
    return bad(`Column ${nameless + 1} of ${file} has no name.`, 'Name it in the first row, or remove it.')
  const twice = header.find((name, i) => header.indexOf(name) !== i)
  if (twice !== undefined)
    return bad(`Two columns of ${file} are called ${twice}.`, 'Give one of them another name.')
  return undefined
}

function readRows(file: string, header: readonly string[], rows: readonly Row[]): Result<PointTable> {
  const features = header.slice(0, -1)
  const width = features.length
  const unlabelled = rows.find((row) => row.cells[width] === '')
  if (unlabelled)
    return bad(
      `Row ${unlabelled.number} of ${file} has no class.`,
      `Fill in ${header[width]!}, or remove the row.`
    )
  const labels = rows.map((row) => row.cells[width]!)
  const classes = [...new Set(labels)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  if (classes.length > MAX_CLASSES)
    return bad(
      `The last column, ${header[width]!}, has ${classes.length} different values: too many to be classes.`,
      `At most ${MAX_CLASSES} classes. Put the column with the class last.`
    )
  if (classes.length < 2)
    return bad(`Every row has the same class, ${classes[0]!}.`, 'There is nothing to tell apart.')
  const place = new Map(classes.map((name, i) => [name, i]))
  const x = new Float32Array(rows.length * width)
  const y = Int32Array.from(labels, (label) => place.get(label)!)
  for (const [i, { cells, number }] of rows.entries())
    for (const [j, name] of features.entries()) {
      const cell = cells[j]!
      if (cell === '')
        return bad(`Row ${number} of ${file}: ${name} is empty.`, 'Fill it in, or remove the row.')
      if (!isNumber(cell))
        return bad(
          `Row ${number} of ${file}: ${name} is “${cell}”, which is not a number that Netloom can use.`,
          'Numbers need a point, not a comma, before the decimals.'
        )
      x[i * width + j] = Number(cell)
    }
  return ok({ features, classes, x, y })
}
