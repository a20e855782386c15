import type { Dataset } from '@core/data/dataset'
import { cellOf, dataColumns, usualNumbers, type DataColumn } from '@core/data/preparation/columns'
import type { ColumnKind } from '@core/data/table/columns'
import { sizeOf } from '@core/graph/signal'
import { encodings } from '@core/registry'
import { numberText } from '@core/words'
import type { Cells } from './probe.svelte'

/** A cell of a row that a person types. */
export interface TypedColumn {
  readonly name: string
  readonly kind: ColumnKind
  /** Categories that it can be. */
  readonly vocabulary: readonly string[]
  /** "18 to 77", what numbers of the column lie between. */
  readonly range: string
  /** What is usual: the middle number, or the commonest cell. */
  readonly usual: string
}

/** The columns of the table that the data comes from, in its units; undefined where it comes from none. */
export function typedColumns(dataset: Dataset): readonly TypedColumn[] | undefined {
  const { prepared, x, shape, parts } = dataset
  if (!prepared || !(x instanceof Float32Array)) return undefined
  const width = sizeOf(shape)
  return dataColumns(prepared.preparation).map((own) => ({
    name: own.column.name,
    kind: own.column.kind,
    vocabulary: own.column.kind === 'category' ? own.column.vocabulary : [],
    range: own.column.kind === 'number' ? rangeOf(own, x, width) : '',
    usual: cellOf(own, usualNumbers(own, x, width, parts.train))
  }))
}

function rangeOf({ column, at }: DataColumn, x: Float32Array, width: number): string {
  const { invert } = encodings[column.encode.type]!
  if (!invert || x.length === 0) return ''
  let [least, most] = [Infinity, -Infinity]
  for (let i = at; i < x.length; i += width) {
    least = Math.min(least, x[i]!)
    most = Math.max(most, x[i]!)
  }
  const text = (value: number): string =>
    numberText(Number(invert(column.encode.state, value).toPrecision(6)))
  return `${text(least)} to ${text(most)}`
}

/** A row to begin with. */
export function usualRow(columns: readonly TypedColumn[]): Cells {
  return Object.fromEntries(columns.map(({ name, usual }) => [name, usual]))
}
