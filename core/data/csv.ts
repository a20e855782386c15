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
let last: { readonly text: string; readonly result: Result<PointTable> } | undefined

/** The table in the file of this name; what is wrong with it otherwise. */
export function parsePoints(file: string, files: { readonly [name: string]: string }): Result<PointTable> {
  if (file === '') return fail({ code: 'no-file', field: 'file', message: 'No file is chosen yet.' })
  const text = files[file]
  if (text === undefined)
    return fail({ code: 'missing-file', field: 'file', message: `The file ${file} is not in this project.` })
  // The same text is asked for by the canvas, the inspector and the trainer in turn.
  if (last?.text !== text) last = { text, result: parse(file, text) }
  return last.result
}

function parse(file: string, text: string): Result<PointTable> {
  const bad = (message: string, detail?: string): Result<PointTable> => {
    const problem: Problem = { code: 'bad-table', field: 'file', message, ...(detail ? { detail } : {}) }
    return fail(problem)
  }
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\ufeff/, ''), { skipEmptyLines: 'greedy' })
  const quote = errors.find((e) => e.type === 'Quotes')
  if (quote) return bad(`${file}: a quotation mark in row ${(quote.row ?? 0) + 1} is never closed.`)
  const header = data[0]?.map((name) => name.trim()) ?? []
  const rows = data.slice(1)
  if (header.length < 2 || rows.length === 0)
    return bad(
      `${file} has no table that Netloom can read.`,
      'It needs a header row, at least one column of numbers, and the class in the last column.'
    )
  if (header.every((name) => name !== '' && Number.isFinite(Number(name))))
    return bad(`${file} starts with numbers. Its first row must name the columns.`)
  const features = header.slice(0, -1)
  const width = features.length
  const x = new Float32Array(rows.length * width)
  const y = new Int32Array(rows.length)
  const labels = rows.map((row) => row[width]?.trim() ?? '')
  const classes = [...new Set(labels)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  if (classes.length > MAX_CLASSES)
    return bad(
      `The last column, ${header[width]!}, has ${classes.length} different values: too many to be classes.`,
      `At most ${MAX_CLASSES} classes. Put the column with the class last.`
    )
  if (classes.length < 2)
    return bad(`Every row has the same class, ${classes[0]!}. There is nothing to tell apart.`)
  for (const [i, row] of rows.entries()) {
    if (row.length !== header.length)
      return bad(`Row ${i + 2} of ${file} has ${row.length} columns, the header has ${header.length}.`)
    for (let j = 0; j < width; j++) {
      const cell = row[j]!.trim()
      const value = Number(cell)
      if (cell === '' || !Number.isFinite(value))
        return bad(
          `Row ${i + 2} of ${file}: ${features[j]!} is “${row[j]!}”, which is not a number.`,
          'Numbers need a point, not a comma, before the decimals.'
        )
      x[i * width + j] = value
    }
    y[i] = classes.indexOf(labels[i]!)
  }
  return ok({ features, classes, x, y })
}
