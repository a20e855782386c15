import { z } from 'zod'
import { encodings, fills } from '../../registry/preparations'
import { cellText, COLUMN_KINDS, isMissingAt, type Table } from '../table/columns'
import type { PlannedColumn, TablePlan } from '../table/plan'
import type { TableProfile } from '../table/profile'
import { cellsOf, type Reading } from './cells'
import { fitVocabulary, textEncoder } from './texts'

const steps = z.array(z.number()).readonly()

const preparedColumnSchema = z
  .strictObject({
    name: z.string(),
    kind: z.enum(COLUMN_KINDS),
    order: z.enum(['ymd', 'dmy', 'mdy']),
    /** Of a text: its tokens, the filler and what stands for unknown ones first. */
    vocabulary: z.array(z.string()).readonly(),
    /** What stands in for a missing cell; null leaves it missing. */
    fill: z.strictObject({ type: z.string(), value: z.number().nullable() }).readonly(),
    flag: z.boolean(),
    encode: z.strictObject({ type: z.string(), state: steps }).readonly(),
    /** Names of its numbers, the flag's with them. */
    names: z.array(z.string()).readonly()
  })
  .readonly()

/**
 * What turns a row of a table into an example, fitted on the training part. Plain JSON: it travels with a model, and
 * prepares new rows as the old ones were.
 */
export const preparationSchema = z
  .strictObject({
    decimal: z.enum(['.', ',']),
    inputs: z.array(preparedColumnSchema).readonly(),
    target: z
      .strictObject({
        name: z.string(),
        /** In the order of their numbers; none where the answer is a number. */
        classes: z.array(z.string()).readonly(),
        /** How a number was brought to the network's scale. */
        encode: z.strictObject({ type: z.string(), state: steps }).readonly().optional()
      })
      .readonly()
  })
  .readonly()

export type Preparation = z.infer<typeof preparationSchema>
export type PreparedColumn = Preparation['inputs'][number]

/** Names of the numbers that a column becomes, the flag's at the end. */
export function numberNames({ profile, encode, vocabulary, flag, text }: PlannedColumn): readonly string[] {
  if (text) return Array.from({ length: text.length }, (_, i) => `${profile.name} ${i + 1}`)
  const names = encodings[encode]!.names(profile, vocabulary).map((name) => `${profile.name}${name}`)
  return flag ? [...names, `${profile.name} is missing`] : names
}

/** How the cells of a planned column are read. */
export function readingOf(
  { kind, profile, vocabulary }: PlannedColumn,
  decimal: TableProfile['decimal']
): Reading {
  return { kind, order: profile.order, decimal, vocabulary }
}

/** Fits the steps of a plan to the rows of the training part. */
export function fitPreparation(
  plan: TablePlan,
  profile: TableProfile,
  table: Table,
  trainingRows: Int32Array
): Preparation {
  const { decimal } = profile
  const cellsIn = (column: PlannedColumn): Float64Array => {
    const all = cellsOf(table.columns[column.place]!, readingOf(column, decimal))
    return Float64Array.from(trainingRows, (row) => all[row]!)
  }
  const { target } = plan
  return {
    decimal,
    inputs: plan.inputs.map((column) =>
      column.text
        ? fitText(column, table.columns[column.place]!, trainingRows)
        : fitColumn(column, cellsIn(column))
    ),
    target: {
      name: target.profile.name,
      classes: plan.task === 'class' ? target.vocabulary : [],
      ...(plan.task === 'class'
        ? {}
        : { encode: { type: target.encode, state: encodings[target.encode]!.fit(cellsIn(target), 1) } })
    }
  }
}

function fitColumn(column: PlannedColumn, cells: Float64Array): PreparedColumn {
  const { profile, kind, vocabulary, fill, flag, encode } = column
  const names = numberNames(column)
  const known = cells.filter((cell) => !Number.isNaN(cell))
  const value = fills[fill]!.fit(known)
  const filled = Number.isNaN(value) ? known : cells.map((cell) => (Number.isNaN(cell) ? value : cell))
  const width = names.length - (flag ? 1 : 0)
  return {
    name: profile.name,
    kind,
    order: profile.order,
    vocabulary,
    fill: { type: fill, value: Number.isNaN(value) ? null : value },
    flag,
    // A column without a single known cell has nothing to be fitted to.
    encode: {
      type: encode,
      state: encodings[encode]!.fit(filled.length > 0 ? filled : Float64Array.of(0), width)
    },
    names
  }
}

function fitText(column: PlannedColumn, cells: Table['columns'][number], rows: Int32Array): PreparedColumn {
  const { profile, kind, fill, encode, text } = column
  const texts = Array.from(
    rows.filter((row) => !isMissingAt(cells, row)),
    (row) => cellText(cells, row)
  )
  return {
    ...{ name: profile.name, kind, order: profile.order, flag: false },
    vocabulary: fitVocabulary(encode, texts, text!.tokens),
    fill: { type: fill, value: null },
    encode: { type: encode, state: [] },
    names: numberNames(column)
  }
}

/** Numbers of one example. */
export function widthOf({ inputs }: Preparation): number {
  return inputs.reduce((n, { names }) => n + names.length, 0)
}

/** Examples from rows of a table, [rows, width]; the columns are found by their names, in this order. */
export function applyPreparation(
  { inputs, decimal }: Preparation,
  columns: readonly Table['columns'][number][],
  rows: Int32Array
): Float32Array {
  const width = inputs.reduce((n, { names }) => n + names.length, 0)
  const x = new Float32Array(rows.length * width)
  let offset = 0
  for (const [i, column] of inputs.entries()) {
    if (column.kind === 'text') {
      const encoded = textEncoder(column.encode.type, column.vocabulary, column.names.length)
      for (const [row, own] of rows.entries())
        if (!isMissingAt(columns[i]!, own)) x.set(encoded(cellText(columns[i]!, own)), row * width + offset)
      offset += column.names.length
      continue
    }
    const cells = cellsOf(columns[i]!, { ...column, decimal })
    const encoding = encodings[column.encode.type]!
    const { state } = column.encode
    const own = column.names.length - (column.flag ? 1 : 0)
    for (let row = 0; row < rows.length; row++) {
      const cell = cells[rows[row]!]!
      const missing = Number.isNaN(cell)
      const at = row * width + offset
      encoding.apply(state, missing ? (column.fill.value ?? NaN) : cell, x, at, own)
      if (column.flag) x[at + own] = missing ? 1 : 0
    }
    offset += column.names.length
  }
  return x
}

/** A number of the network's answer in the units of the target's column. */
export function answerOf({ target: { encode } }: Preparation, value: number): number {
  return encode ? encodings[encode.type]!.invert!(encode.state, value) : value
}
