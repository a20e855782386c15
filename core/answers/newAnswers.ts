import Papa from 'papaparse'
import type { ReadRows } from '../ipc/newRows'
import { metrics } from '../registry'
import { countText, numberText } from '../words'

/** What a network says to a new row: the place of the likeliest class and its share, or a number. */
export interface NewAnswer {
  readonly answer: number
  /** Undefined where the answer is a number. */
  readonly confidence: number | undefined
}

/** What the answers are about: names of the classes, none where answers are numbers; what the answer is called. */
export interface AnswerNames {
  readonly classes: readonly string[]
  readonly target: string
}

/** How good answers are, where right ones are known: a share of right ones, or R² and the mean absolute error. */
export type NewScore =
  | { readonly kind: 'classes'; readonly right: number; readonly rows: number }
  | {
      readonly kind: 'numbers'
      readonly r2: number
      readonly meanAbsolute: number
      readonly rows: number
    }

/** Lines of CSV, one a row, without their ends. Cells may hold line breaks, so no cell's own ends a row. */
export function csvLines(rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0 ? [] : Papa.unparse(rows as string[][], { newline: '\0' }).split('\0')
}

/** Rows that are written in one go. */
const WRITTEN = 5000

const grow = <A extends Float32Array | Float64Array | Int32Array>(old: A, length: number): A => {
  if (length <= old.length) return old
  const larger = new (old.constructor as new (length: number) => A)(Math.max(length, 2 * old.length))
  larger.set(old)
  return larger
}

/** The answers to a new table or to new pictures, piece by piece: what the window shows and the command line prints. */
export class NewAnswers {
  /** Names of the table's columns; none for pictures. */
  columns: readonly string[] = []
  /** Rows in all, as far as that is known, and how many of them were read. */
  total = 0
  rows = 0
  /** What stands in each row: a line of CSV, or the path of a picture. */
  readonly lines: string[] = []
  /** Why a row has no answer, by row. */
  readonly failures = new Map<number, string>()
  /** Numbers of an answer: a share for each class, or the numbers themselves. */
  readonly width: number
  /** Right answers are known for at least one row. */
  compared = false
  private told: Float32Array
  private truths: Float64Array
  private numbers: Int32Array

  constructor(readonly names: AnswerNames) {
    this.width = Math.max(1, names.classes.length)
    this.told = new Float32Array(1024 * this.width)
    this.truths = new Float64Array(1024)
    this.numbers = new Int32Array(1024)
  }

  /** Takes a piece, and what the network says to those of its rows that can be answered: [rows, width]. */
  add(piece: ReadRows, told: Float32Array): void {
    const { width } = this
    const end = piece.from + piece.lines.length
    this.columns = piece.columns
    this.total = piece.total
    this.told = grow(this.told, end * width)
    this.truths = grow(this.truths, end).fill(NaN, piece.from, end)
    this.numbers = grow(this.numbers, end)
    this.numbers.set(piece.places, piece.from)
    for (const line of piece.lines) this.lines.push(line)
    for (const { row, message } of piece.failures) this.failures.set(row, message)
    for (const [i, row] of piece.rows.entries()) {
      this.told.set(told.subarray(i * width, (i + 1) * width), row * width)
      if (piece.truth) this.truths[row] = piece.truth[i]!
    }
    this.compared ||= piece.truth?.some((value) => !Number.isNaN(value)) === true
    this.rows = end
  }

  /** The line of the file that a row begins in. */
  placeOf(row: number): number {
    return this.numbers[row]!
  }

  /** Shares of the classes, or the number; undefined where the row has no answer. */
  toldTo(row: number): Float32Array | undefined {
    if (this.failures.has(row) || row >= this.rows) return undefined
    return this.told.subarray(row * this.width, (row + 1) * this.width)
  }

  answerTo(row: number): NewAnswer | undefined {
    const told = this.toldTo(row)
    if (!told) return undefined
    if (this.names.classes.length === 0) return { answer: told[0]!, confidence: undefined }
    let best = 0
    for (let k = 1; k < told.length; k++) if (told[k]! > told[best]!) best = k
    return { answer: best, confidence: told[best]! }
  }

  /** The right answer; undefined where it is not known. */
  truthOf(row: number): number | undefined {
    const truth = this.truths[row]!
    return Number.isNaN(truth) ? undefined : truth
  }

  /** Undefined where no right answer is known. */
  score(): NewScore | undefined {
    if (!this.compared) return undefined
    const rows: number[] = []
    for (let row = 0; row < this.rows; row++)
      if (!this.failures.has(row) && !Number.isNaN(this.truths[row]!)) rows.push(row)
    const given = Float32Array.from(rows, (row) => this.answerTo(row)!.answer)
    const target = Float32Array.from(rows, (row) => this.truths[row]!)
    if (this.names.classes.length > 0) {
      const right = given.reduce((n, answer, i) => n + (answer === target[i] ? 1 : 0), 0)
      return { kind: 'classes', right, rows: rows.length }
    }
    const input = { prediction: given, target, rows: rows.length, outputs: 1 }
    return {
      kind: 'numbers',
      rows: rows.length,
      r2: metrics['r2']!.measure(input),
      meanAbsolute: metrics['meanAbsoluteError']!.measure(input)
    }
  }

  /** The answer in words: the name of a class, or a number. */
  textOf(row: number): string {
    const found = this.answerTo(row)
    if (!found) return ''
    return this.names.classes[found.answer] ?? String(Number(found.answer.toPrecision(6)))
  }

  /**
   * All rows as CSV, some at a time: what stood in the file, the answer, for classes how sure it is and the share of each,
   * and why there is none, where some rows have none.
   */
  *csv(): Generator<string> {
    const { classes, target } = this.names
    const broken = this.failures.size > 0
    const named = this.columns.length > 0
    yield text([
      [
        ...(named ? this.columns : ['file']),
        `predicted ${target}`,
        ...(classes.length > 0 ? ['confidence', ...classes.map((name) => `share of ${name}`)] : []),
        ...(broken ? ['problem'] : [])
      ]
    ])
    const none = new Array<string>(classes.length > 0 ? 1 + classes.length : 0).fill('')
    for (let from = 0; from < this.rows; from += WRITTEN) {
      const rows = Array.from({ length: Math.min(WRITTEN, this.rows - from) }, (_, i) => from + i)
      const own = rows.map((row) => {
        const told = classes.length > 0 ? this.toldTo(row) : undefined
        const shares = told
          ? [this.answerTo(row)!.confidence!, ...told].map((share) => share.toFixed(4))
          : none
        return [this.textOf(row), ...shares, ...(broken ? [this.failures.get(row) ?? ''] : [])]
      })
      const lines = this.lines.slice(from, from + WRITTEN)
      const before = named ? lines : csvLines(lines.map((path) => [path]))
      yield csvLines(own)
        .map((line, i) => `${before[i]!},${line}\r\n`)
        .join('')
    }
  }
}

const text = (rows: readonly (readonly string[])[]): string => `${csvLines(rows).join('\r\n')}\r\n`

/** "Right: 141 of 150 (94 %)", or "R² 0.83, off by 2.1 on average". */
export function scoreText(score: NewScore): string {
  if (score.kind === 'numbers')
    return `R² ${numberText(Number(score.r2.toPrecision(3)))}, off by ${numberText(Number(score.meanAbsolute.toPrecision(3)))} on average`
  const percent = (100 * score.right) / Math.max(1, score.rows)
  return `${countText(score.right)} of ${countText(score.rows)} right (${percent.toFixed(1)} %)`
}
