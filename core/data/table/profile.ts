import { z } from 'zod'
import { tokenizations } from '../../registry/preparations'
import { tokensOf } from '../preparation/texts'
import { isMissing, momentOf, numberOf } from './cells'
import { cellText, COLUMN_KINDS, type Column, type DateOrder, type Decimal, type Table } from './columns'
import type { ReadTable } from './read'

/** Categories that are told by name; a column may have more. */
export const MOST_WORDS = 256
/** Bars of a histogram. */
const BINS = 24
const EXAMPLES = 4
/** Texts that are looked at to find out how long they are and how many words they have. */
const MOST_TEXTS = 20_000
const MOST_TOKENS = 100_000
/** Kinds of rows with something missing that are counted apart. */
const MOST_PATTERNS = 500

const count = z.int().nonnegative()

const numbersSchema = z
  .strictObject({
    /** Rows that are not a number (or no moment). */
    missing: count,
    min: z.number(),
    max: z.number(),
    mean: z.number(),
    /** Of the whole column, divided by the number of cells. */
    std: z.number(),
    median: z.number(),
    /** Rows in each of equal steps from min to max. */
    bins: z.array(count).readonly()
  })
  .readonly()

const tokensSchema = z
  .strictObject({
    /** Different ones; counting ends at `MOST_TOKENS`. */
    distinct: count,
    /** So many has the longest cell of nineteen in twenty. */
    usual: count
  })
  .readonly()

const columnProfileSchema = z
  .strictObject({
    name: z.string(),
    /** As it was guessed. */
    kind: z.enum(COLUMN_KINDS),
    reason: z.string(),
    order: z.enum(['ymd', 'dmy', 'mdy']),
    /** Cells that are empty, or say that nothing is known. */
    missing: count,
    distinct: count,
    /** The cells as numbers (moments in ms), where at least some are; undefined where none is. */
    numbers: numbersSchema.optional(),
    moments: numbersSchema.optional(),
    /** The commonest cells, as text, and how many rows have them. */
    words: z.array(z.tuple([z.string(), count]).readonly()).readonly(),
    examples: z.array(z.string()).readonly(),
    /** Of a text: what its cells are cut into, by the type of tokenization. */
    tokens: z.record(z.string(), tokensSchema).optional(),
    /** Cells that are not of the column's kind and count as missing. */
    odd: z
      .strictObject({ count, line: z.int().optional(), text: z.string().optional() })
      .readonly()
      .optional()
  })
  .readonly()

/** What every process knows of a table: small, whatever the number of rows. */
export const tableProfileSchema = z
  .strictObject({
    rows: count,
    columns: z.array(columnProfileSchema).readonly(),
    delimiter: z.string(),
    decimal: z.enum(['.', ',']),
    header: z.boolean(),
    /** Sheets of a spreadsheet; none for text. */
    sheets: z.array(z.string()).readonly(),
    /** Rows that say the same as an earlier row in every column. */
    duplicates: count,
    /** Rows that lack something, by the places of the columns they lack; the last one may stand for all others. */
    gaps: z
      .array(z.strictObject({ columns: z.array(z.int()).readonly(), rows: count }).readonly())
      .readonly(),
    warnings: z.array(z.string()).readonly()
  })
  .readonly()

export type TableProfile = z.infer<typeof tableProfileSchema>
export type ColumnProfile = TableProfile['columns'][number]
export type NumbersProfile = z.infer<typeof numbersSchema>

/** The columns without what is known about them. */
export function tableOf({ rows, columns }: ReadTable): Table {
  return { rows, columns: columns.map(({ column }) => column) }
}

/** Looks at every cell of a table once. */
export function profileOf(read: ReadTable, sheets: readonly string[] = []): TableProfile {
  const { rows, columns, dialect, warnings } = read
  const table = tableOf(read)
  const profiles = columns.map(({ column, reason, odd }): ColumnProfile => {
    const own = profileColumn(column, dialect.decimal)
    return {
      ...own,
      reason,
      missing: own.missing - odd.count,
      ...(odd.count === 0
        ? {}
        : { odd: { count: odd.count, line: odd.first!.line, text: odd.first!.text.slice(0, 80) } })
    }
  })
  return {
    rows,
    columns: profiles,
    delimiter: dialect.delimiter,
    decimal: dialect.decimal,
    header: dialect.header,
    sheets,
    duplicates: duplicatesIn(table),
    gaps: gapsIn(table),
    warnings: [...warnings, ...profiles.flatMap(oddWords)]
  }
}

function oddWords({ name, odd, kind }: ColumnProfile): readonly string[] {
  if (!odd) return []
  const what = kind === 'number' ? 'number' : 'date'
  return [
    `Line ${odd.line!}: “${odd.text!}” in ${name} is no ${what}${odd.count > 1 ? `, and ${odd.count - 1} more cells are none` : ''}. It counts as missing.`
  ]
}

type OwnProfile = Omit<ColumnProfile, 'reason' | 'odd'>

function profileColumn(column: Column, decimal: Decimal): OwnProfile {
  const { name, kind } = column
  const order: DateOrder = column.kind === 'datetime' ? column.order : 'ymd'
  if ('codes' in column) {
    const counts = new Float64Array(column.words.length)
    let missing = 0
    for (const code of column.codes)
      if (code < 0) missing++
      else counts[code]!++
    const words = commonest(column.words, counts)
    const through = (read: (cell: string) => number) => {
      const values = Float64Array.from(column.words, read)
      if (values.every(Number.isNaN)) return undefined
      return summary(Float64Array.from(column.codes, (code) => (code < 0 ? NaN : values[code]!)))
    }
    const numbers = through((cell) => numberOf(cell, decimal))
    const moments = through((cell) => momentOf(cell, order))
    return {
      name,
      kind,
      order,
      missing,
      distinct: column.words.length,
      ...(numbers ? { numbers } : {}),
      ...(moments ? { moments } : {}),
      words,
      examples: examplesOf(column),
      ...(kind === 'text' ? { tokens: tokensIn(column) } : {})
    }
  }
  const { values } = column
  const own = summary(values)
  const counts = new Map<number, number>()
  for (const value of values) if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1)
  const text = (value: number): string =>
    cellText(
      column.kind === 'number'
        ? { ...column, values: Float64Array.of(value) }
        : { ...column, values: Float64Array.of(value) },
      0
    )
  const most = [...counts].sort(([a, n], [b, m]) => m - n || a - b).slice(0, MOST_WORDS)
  return {
    name,
    kind,
    order,
    missing: own?.missing ?? values.length,
    distinct: counts.size,
    ...(own ? (kind === 'number' ? { numbers: own } : { moments: own }) : {}),
    words: most.map(([value, n]) => [text(value), n] as const),
    examples: examplesOf(column)
  }
}

function commonest(words: readonly string[], counts: Float64Array): ColumnProfile['words'] {
  const places = Array.from(words, (_, place) => place)
  places.sort((a, b) => counts[b]! - counts[a]! || a - b)
  return places.slice(0, MOST_WORDS).map((place) => [words[place]!.slice(0, 200), counts[place]!] as const)
}

/** What the cells of a text are cut into. Of very many different ones as many as fit into a look of a second. */
function tokensIn({ words }: Extract<Column, { codes: Int32Array }>): ColumnProfile['tokens'] {
  const step = Math.ceil(words.length / MOST_TEXTS)
  const looked = words.filter((_, place) => place % step === 0)
  return Object.fromEntries(
    Object.values(tokenizations).map((tokenization) => {
      const different = new Set<string>()
      const lengths = Float64Array.from(looked, (text) => {
        const tokens = tokensOf(tokenization, text)
        if (different.size < MOST_TOKENS) for (const token of tokens) different.add(token)
        return tokens.length
      }).sort()
      const usual = lengths[Math.floor(0.95 * (lengths.length - 1))] ?? 0
      return [tokenization.type, { distinct: different.size, usual }]
    })
  )
}

/** Cells of different rows that are not alike, from the first rows. */
function examplesOf(column: Column): readonly string[] {
  const found = new Set<string>()
  const rows = 'codes' in column ? column.codes.length : column.values.length
  for (let row = 0; row < Math.min(rows, 1000) && found.size < EXAMPLES; row++) {
    const text = cellText(column, row)
    if (!isMissing(text)) found.add(text.slice(0, 80))
  }
  return [...found]
}

/** What a column of numbers comes to; undefined where no cell is one. */
export function summary(values: Float64Array): NumbersProfile | undefined {
  const known = values.filter((v) => !Number.isNaN(v))
  const { length } = known
  if (length === 0) return undefined
  known.sort()
  const min = known[0]!
  const max = known[length - 1]!
  let sum = 0
  for (const v of known) sum += v
  const mean = sum / length
  let squares = 0
  for (const v of known) squares += (v - mean) ** 2
  const bins = new Array<number>(BINS).fill(0)
  for (const v of known)
    bins[max > min ? Math.min(BINS - 1, Math.floor((BINS * (v - min)) / (max - min))) : 0]!++
  const middle = length / 2
  const median = length % 2 === 1 ? known[Math.floor(middle)]! : (known[middle - 1]! + known[middle]!) / 2
  return { missing: values.length - length, min, max, mean, std: Math.sqrt(squares / length), median, bins }
}

/** Rows that are like an earlier one. Two numbers of 32 bits a row: a mistake is as likely as one in 10^13 pairs. */
function duplicatesIn({ rows, columns }: Table): number {
  const low = new Uint32Array(rows).fill(0x811c9dc5)
  const high = new Uint32Array(rows).fill(0x9e3779b9)
  const bits = new Float64Array(1)
  const halves = new Uint32Array(bits.buffer)
  for (const column of columns)
    for (let row = 0; row < rows; row++) {
      if ('codes' in column) {
        halves[0] = column.codes[row]!
        halves[1] = 0
      } else bits[0] = column.values[row]!
      low[row] = Math.imul(Math.imul(low[row]! ^ halves[0]!, 0x01000193) ^ halves[1]!, 0x01000193)
      high[row] =
        Math.imul(Math.imul(high[row]! ^ halves[1]!, 0x85ebca6b) ^ halves[0]!, 0xc2b2ae35) ^
        (high[row]! >>> 15)
    }
  const keys = new Float64Array(rows)
  for (let row = 0; row < rows; row++) keys[row] = low[row]! + (high[row]! & 0x1fffff) * 2 ** 32
  keys.sort()
  let found = 0
  for (let i = 1; i < rows; i++) if (keys[i] === keys[i - 1]) found++
  return found
}

function gapsIn({ rows, columns }: Table): TableProfile['gaps'] {
  const lacking = columns
    .map((column, place) => ({ column, place }))
    .filter(({ column }) =>
      'codes' in column ? column.codes.includes(-1) : column.values.some((v) => Number.isNaN(v))
    )
  if (lacking.length === 0) return []
  const found = new Map<string, number>()
  for (let row = 0; row < rows; row++) {
    let key = ''
    for (const { column, place } of lacking)
      if ('codes' in column ? column.codes[row]! < 0 : Number.isNaN(column.values[row]!)) key += `${place},`
    if (key !== '') found.set(key, (found.get(key) ?? 0) + 1)
  }
  const most = [...found].sort(([, a], [, b]) => b - a)
  const placesOf = (key: string): number[] => key.split(',').slice(0, -1).map(Number)
  const told = most.slice(0, MOST_PATTERNS).map(([key, n]) => ({ columns: placesOf(key), rows: n }))
  const rest = most.slice(MOST_PATTERNS)
  if (rest.length === 0) return told
  const columnsOfRest = [...new Set(rest.flatMap(([key]) => placesOf(key)))]
  return [...told, { columns: columnsOfRest, rows: rest.reduce((n, [, m]) => n + m, 0) }]
}
