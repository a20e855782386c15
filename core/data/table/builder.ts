import { hasLeadingZero, isMissing, momentOf, numberOf } from './cells'
import type { Column, ColumnKind, DateOrder, Decimal } from './columns'
import { Growing } from './growing'

/** A cell that is not what its column is. */
export interface OddCell {
  /** Of the file, from 1. */
  readonly line: number
  readonly text: string
}

/** A column as it was built, and why it is of its kind. */
export interface BuiltColumn {
  readonly column: Column
  /** One sentence: why the cells are taken for what they are. */
  readonly reason: string
  /** Cells that count as missing because they are not of the column's kind. */
  readonly odd: { readonly count: number; readonly first: OddCell | undefined }
}

/** Up to this many different words a column is kept as words until its end; beyond, its kind is settled. */
const SETTLED_AFTER = 20_000
/** A column is of numbers or moments where at least this share of its cells is. */
const ENOUGH = 0.95
/** So many different words are categories in any table; beyond, only where a word comes back often. */
const FEW = 50
const MOST_CATEGORIES = 1000

const ORDERS: readonly DateOrder[] = ['ymd', 'dmy', 'mdy']

/** Takes the cells of one column, one a row, and finds out what they are. */
export class ColumnBuilder {
  private readonly places = new Map<string, number>()
  private readonly words: string[] = []
  private readonly counts: number[] = []
  private readonly lines: number[] = []
  private codes: Growing<Int32Array> | undefined = new Growing(Int32Array)
  private values: Growing<Float64Array> | undefined
  private read: ((cell: string) => number) | undefined
  private settled: Found | undefined
  private oddCount = 0
  private firstOdd: OddCell | undefined

  constructor(
    readonly name: string,
    private readonly decimal: Decimal,
    /** Cells stay the words they are, whatever they look like. */
    private readonly asWords = false
  ) {}

  /** The next cell, trimmed, of this line of the file. */
  add(cell: string, line: number): void {
    if (this.values) this.addValue(cell, line)
    else this.addWord(cell, line)
  }

  finish(): BuiltColumn {
    if (!this.values) {
      const found = this.kindOfWords()
      if (found.kind === 'category' || found.kind === 'text')
        return {
          column: { name: this.name, kind: found.kind, codes: this.codes!.done(), words: this.words },
          reason: found.reason,
          odd: { count: 0, first: undefined }
        }
      this.settle(found)
    }
    const { kind, order, reason } = this.settled!
    const values = this.values!.done()
    const { name } = this
    return {
      column: kind === 'number' ? { name, kind, values } : { name, kind: 'datetime', values, order },
      reason,
      odd: { count: this.oddCount, first: this.firstOdd }
    }
  }

  private addWord(cell: string, line: number): void {
    if (isMissing(cell)) {
      this.codes!.push(-1)
      return
    }
    let place = this.places.get(cell)
    if (place === undefined) {
      place = this.words.length
      this.places.set(cell, place)
      this.words.push(cell)
      this.counts.push(0)
      this.lines.push(line)
    }
    this.counts[place]!++
    this.codes!.push(place)
    if (this.words.length !== SETTLED_AFTER || this.asWords) return
    const found = this.kindOfWords()
    if (found.kind === 'number' || found.kind === 'datetime') this.settle(found)
  }

  private addValue(cell: string, line: number): void {
    if (isMissing(cell)) {
      this.values!.push(NaN)
      return
    }
    const value = this.read!(cell)
    this.values!.push(value)
    if (!Number.isNaN(value)) return
    this.oddCount++
    this.firstOdd ??= { line, text: cell }
  }

  /** From here on the cells are numbers or moments. */
  private settle(found: Found): void {
    this.settled = found
    this.read =
      found.kind === 'number' ? (cell) => numberOf(cell, this.decimal) : (cell) => momentOf(cell, found.order)
    const byWord = Float64Array.from(this.words, this.read)
    for (const [place, value] of byWord.entries())
      if (Number.isNaN(value)) {
        this.oddCount += this.counts[place]!
        if (!this.firstOdd || this.lines[place]! < this.firstOdd.line)
          this.firstOdd = { line: this.lines[place]!, text: this.words[place]! }
      }
    const codes = this.codes!.done()
    this.values = new Growing(Float64Array, Math.max(codes.length, 1024))
    for (const code of codes) this.values.push(code < 0 ? NaN : byWord[code]!)
    this.codes = undefined
    this.places.clear()
  }

  private kindOfWords(): Found {
    const { words, counts } = this
    if (this.asWords) return { kind: 'text', order: 'ymd', reason: 'As it is written.' }
    const cells = counts.reduce((n, count) => n + count, 0)
    if (cells === 0) return { kind: 'text', order: 'ymd', reason: 'Every cell is empty.' }
    const share = (is: (word: string) => boolean): number =>
      words.reduce((n, word, place) => n + (is(word) ? counts[place]! : 0), 0) / cells
    const numbers = share((word) => !Number.isNaN(numberOf(word, this.decimal)))
    if (numbers >= ENOUGH) {
      const code = words.find(hasLeadingZero)
      if (code === undefined || words.some((w) => /[.,e]/i.test(w)))
        return {
          kind: 'number',
          order: 'ymd',
          reason: numbers === 1 ? 'Every cell is a number.' : 'Nearly every cell is a number.'
        }
      return this.wordy(`Numbers such as ${code} begin with a zero: they name something, like a postcode.`)
    }
    const date = this.dateOrder(share)
    if (date) return date
    return this.wordy(undefined)
  }

  private dateOrder(share: (is: (word: string) => boolean) => number): Found | undefined {
    const fits = ORDERS.map((order) => share((word) => !Number.isNaN(momentOf(word, order))))
    const best = Math.max(...fits)
    if (best < ENOUGH) return undefined
    const order = ORDERS[fits.indexOf(best)]!
    const open = order === 'dmy' && fits[2] === best
    // Where a point stands between day and month, the day comes first.
    const dotted = open && this.words.every((word) => !word.includes('/') && !word.includes('-'))
    return {
      kind: 'datetime',
      order,
      reason:
        open && !dotted
          ? 'Every cell is a date; whether the day or the month comes first cannot be told, so the day is taken.'
          : 'Every cell is a date or a time.'
    }
  }

  private wordy(reason: string | undefined): Found {
    const { length: distinct } = this.words
    const rows = this.codes!.length
    const named = distinct > 10 && distinct === rows
    const few = distinct <= FEW ? !named : distinct <= MOST_CATEGORIES && distinct <= 0.05 * rows
    const count = `${distinct.toLocaleString('en-US')} different ${distinct === 1 ? 'word' : 'words'}`
    return few
      ? { kind: 'category', order: 'ymd', reason: reason ?? `${count} that come back.` }
      : { kind: 'text', order: 'ymd', reason: reason ?? `${count}: too many to be categories.` }
  }
}

interface Found {
  readonly kind: ColumnKind
  readonly order: DateOrder
  readonly reason: string
}
