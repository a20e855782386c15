import { cellOf, dataColumns } from '@core/data/preparation/columns'
import type { Dataset } from '@core/data/dataset'
import type { Result } from '@core/result'
import { numberText } from '@core/words'

/** A column of a table of examples: its name, and what an example has there, in the units of the data. */
export interface CellColumn {
  readonly name: string
  readonly cellOf: (values: Float32Array) => string
}

const short = (value: number): string => numberText(Number(value.toPrecision(4)))

/** The columns of examples that are rows of numbers: those of their table, or the numbers with these names. */
export function cellColumns(dataset: Result<Dataset>, features: readonly string[]): readonly CellColumn[] {
  const preparation = dataset.ok ? dataset.value.prepared?.preparation : undefined
  if (!preparation) return features.map((name, i) => ({ name, cellOf: (values) => short(values[i]!) }))
  return dataColumns(preparation).map((column) => ({
    name: column.column.name,
    cellOf: (values) => {
      const cell = cellOf(column, values.subarray(column.at, column.at + column.width))
      return column.column.kind === 'number' && cell !== '' ? short(Number(cell)) : cell
    }
  }))
}
