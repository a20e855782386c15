import Papa from 'papaparse'
import { fail, ok, type Problem, type Result } from '../../result'
import { countText } from '../../words'
import { ColumnBuilder, type BuiltColumn } from './builder'
import { Growing } from './growing'
import { autoOptions, sniff, type Dialect, type ReadOptions } from './sniff'

/** A table as it was read: its columns, and what is worth knowing about the file. */
export interface ReadTable {
  readonly rows: number
  readonly columns: readonly BuiltColumn[]
  readonly dialect: Dialect
  readonly warnings: readonly string[]
  /** The line of each row, and what is wrong with those that have slipped, by row: for a table of words. */
  readonly places?: {
    readonly lines: Int32Array
    readonly slipped: ReadonlyMap<number, string>
  }
}

/** Characters that the dialect is worked out from. */
const LOOK = 1 << 16
/** A quoted cell that is longer than this is one whose end is missing. */
const LONGEST_CELL = 1 << 20
const MAX_COLUMNS = 2000
const MAX_CELLS = 200_000_000

interface Parsed {
  readonly data: readonly (readonly string[])[]
  readonly errors: readonly {
    readonly type: string
    readonly code: string
    readonly row?: number
    readonly index?: number
  }[]
  readonly meta: { readonly cursor: number }
}

/**
 * Reads a table from text that comes in pieces. `write` and `end` throw nothing: what is wrong with the file is kept,
 * nothing is read after it, and `end` tells it.
 */
export class TableReader {
  private rest = ''
  private dialect: Dialect | undefined
  private parser: { parse(input: string, baseIndex: number, ignoreLastRow: boolean): unknown } | undefined
  private builders: ColumnBuilder[] | undefined
  private header: readonly string[] = []
  private readonly warnings: string[] = []
  private line = 1
  private problem: Problem | undefined
  private readonly lines = new Growing(Int32Array)
  private readonly slipped = new Map<number, string>()
  rows = 0

  constructor(
    private readonly file: string,
    private readonly options: ReadOptions = autoOptions,
    /** Columns of words, for those who know what is in them; a row that has slipped is no reason to stop. */
    private readonly asWords = false
  ) {}

  /** Is there something wrong, so that reading on is of no use? */
  get failed(): boolean {
    return this.problem !== undefined
  }

  write(piece: string): void {
    if (this.problem) return
    this.rest += this.line === 1 && this.rest === '' ? piece.replace(/^\ufeff/, '') : piece
    if (!this.dialect && this.rest.length < LOOK) return
    this.consume(false)
  }

  /** A row of cells that are parted already, as a spreadsheet has them. */
  writeRow(cells: readonly string[]): void {
    if (this.problem) return
    this.dialect ??= { delimiter: '', decimal: '.', header: this.options.header !== 'no' }
    this.row(cells.map((cell) => cell.trim()))
    this.line++
  }

  /** What comes after the rows that were read is of no interest. */
  cut(): void {
    this.rest = ''
  }

  end(): Result<ReadTable> {
    if (!this.problem && this.rest !== '') this.consume(true)
    if (!this.problem && (!this.builders || this.rows === 0))
      this.refuse(
        this.header.length > 0
          ? `${this.file} names ${this.header.length} ${this.header.length === 1 ? 'column' : 'columns'} in line 1, and has no rows below it.`
          : `${this.file} is empty.`,
        'A table has a row of names and a row for each example.'
      )
    if (this.problem) return fail(this.problem)
    return ok({
      rows: this.rows,
      columns: this.builders!.map((builder) => builder.finish()),
      dialect: this.dialect!,
      warnings: this.warnings,
      ...(this.asWords ? { places: { lines: this.lines.done(), slipped: this.slipped } } : {})
    })
  }

  private consume(last: boolean): void {
    this.dialect ??= sniff(this.rest.slice(0, LOOK), last && this.rest.length <= LOOK, this.options)
    const newline = /\r\n|\n|\r/.exec(this.rest)?.[0] ?? '\n'
    // A piece that ends between \r and \n would look like the end of a line of its own.
    const held = !last && this.rest.endsWith('\r') ? '\r' : ''
    const input = held === '' ? this.rest : this.rest.slice(0, -1)
    this.parser ??= new Papa.Parser({ delimiter: this.dialect.delimiter, newline: newline as '\n' })
    const { data, errors, meta } = this.parser.parse(input, 0, !last) as Parsed
    const broken = errors.find(({ type }) => type === 'Quotes')
    const end = broken ? Math.min(data.length, broken.row ?? data.length) : data.length
    for (let i = 0; i < end && !this.problem; i++) this.lineOf(data[i]!)
    if (broken && !this.problem) {
      this.refuse(
        broken.code === 'MissingQuotes'
          ? `Line ${this.line} of ${this.file}: a quotation mark is opened and never closed.`
          : `Line ${this.line}${this.columnOf(data[end])} of ${this.file}: text follows the closing quotation mark.`,
        'Remove the mark, or write two of them where one is part of the text.'
      )
      return
    }
    this.rest = input.slice(meta.cursor) + held
    if (!last && this.rest.length > LONGEST_CELL && !this.problem)
      this.refuse(
        `Line ${this.line} of ${this.file}: ${this.rest.includes('"') ? 'a quotation mark is opened and not closed' : 'the line does not end'} for a million letters.`,
        'Is this a table? Each example needs a line of its own.'
      )
  }

  private columnOf(row: readonly string[] | undefined): string {
    return row && this.header[row.length - 1] !== undefined ? `, column ${this.header[row.length - 1]!}` : ''
  }

  private lineOf(cells: readonly string[]): void {
    const trimmed = cells.map((cell) => cell.trim())
    if (trimmed.some((cell) => cell !== '')) this.row(trimmed)
    this.line++
    for (const cell of cells)
      if (cell.includes('\n') || cell.includes('\r')) this.line += cell.split(/\r\n|\n|\r/).length - 1
  }

  private row(cells: readonly string[]): void {
    if (!this.builders) {
      const { header, decimal } = this.dialect!
      this.header = header ? this.names(cells) : cells.map((_, i) => `Column ${i + 1}`)
      if (this.header.length > MAX_COLUMNS) {
        this.refuse(
          `Line ${this.line} of ${this.file} has ${countText(this.header.length)} columns. Netloom reads up to ${countText(MAX_COLUMNS)}.`,
          'Is the table turned on its side? Each example needs a row of its own.'
        )
        return
      }
      this.builders = this.header.map((name) => new ColumnBuilder(name, decimal, this.asWords))
      if (header) return
    }
    const { builders, line } = this
    const width = builders.length
    if (cells.length !== width && !this.fits(cells, width)) {
      const slip = this.slipOf(cells, width)
      if (!this.asWords) {
        this.refuse(
          `Line ${line} of ${this.file} ${slip}.`,
          'Mend the line. A comma that is part of a text needs quotation marks around the text.'
        )
        return
      }
      this.slipped.set(this.rows, `The line ${slip}.`)
    }
    for (let i = 0; i < width; i++) builders[i]!.add(cells[i] ?? '', line)
    if (this.asWords) this.lines.push(line)
    this.rows++
    if (this.rows * width > MAX_CELLS)
      this.refuse(
        `${this.file} has more than ${countText(MAX_CELLS)} cells: line ${countText(line)} is the first one too many.`,
        'Take a part of its rows, or leave out columns.'
      )
  }

  /** Cells beyond the last column may be empty; any other difference is a row that has slipped. */
  private fits(cells: readonly string[], width: number): boolean {
    return cells.length > width && cells.slice(width).every((cell) => cell === '')
  }

  private slipOf(cells: readonly string[], width: number): string {
    const first = cells.length < width ? cells.length : cells.findIndex((c, i) => i >= width && c !== '')
    const name = this.header[first]
    return `has ${cells.length} ${cells.length === 1 ? 'column' : 'columns'}, the first line has ${width}: ${name === undefined ? `column ${first + 1} has no name` : `${name} is missing`}`
  }

  /** Names of columns, each one its own. */
  private names(cells: readonly string[]): readonly string[] {
    let width = cells.length
    while (width > 1 && cells[width - 1] === '') width--
    const taken = new Set<string>()
    return cells.slice(0, width).map((cell, i) => {
      const plain = cell === '' ? `Column ${i + 1}` : cell.replace(/\s+/g, ' ').slice(0, 200)
      let name = plain
      for (let n = 2; taken.has(name); n++) name = `${plain} (${n})`
      taken.add(name)
      if (cell === '')
        this.warnings.push(`Line ${this.line}: column ${i + 1} has no name, and is called ${name}.`)
      else if (name !== plain)
        this.warnings.push(
          `Line ${this.line}: two columns are called ${plain}; column ${i + 1} is now ${name}.`
        )
      return name
    })
  }

  private refuse(message: string, detail: string): void {
    this.problem ??= { code: 'bad-table', field: 'file', message, detail }
  }
}

/** Reads a whole table from text. */
export function readTable(file: string, text: string, options?: ReadOptions): Result<ReadTable> {
  const reader = new TableReader(file, options)
  reader.write(text)
  return reader.end()
}
