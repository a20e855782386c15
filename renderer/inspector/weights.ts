import type { TrainerView } from '@core/ipc'

/** The weights of a layer as a table: a column a neuron, a row an input, the bias last. */
export interface WeightTable {
  readonly columns: number
  readonly rows: readonly {
    readonly label: string
    /** The weight's name, and the place of the row's first number in it. */
    readonly name: string
    readonly from: number
    readonly values: Float32Array
  }[]
  /** Single numbers in all. */
  readonly count: number
  /** The largest size, for the colours; 1 where all are 0. */
  readonly limit: number
}

/**
 * The table of a layer's weights by name; undefined where there is no matrix among them.
 * `inputs` names the rows of the matrix; where there are others, they are counted.
 */
export function weightTable(
  weights: TrainerView['weights'][string],
  inputs: readonly string[]
): WeightTable | undefined {
  const named = Object.entries(weights)
  const found = named.find(([, w]) => w.shape.length === 2)
  if (!found) return undefined
  const [kernel, matrix] = found
  const [rows = 0, columns = 0] = matrix.shape
  const fits = inputs.length === rows
  const table = Array.from({ length: rows }, (_, i) => ({
    label: fits ? inputs[i]! : String(i + 1),
    name: kernel,
    from: i * columns,
    values: matrix.values.subarray(i * columns, (i + 1) * columns)
  }))
  for (const [name, { shape, values }] of named)
    if (shape.length === 1 && shape[0] === columns) table.push({ label: name, name, from: 0, values })
  let limit = 0
  let count = 0
  for (const { values } of table)
    for (const v of values) {
      limit = Math.max(limit, Math.abs(v))
      count++
    }
  return { columns, rows: table, count, limit: limit || 1 }
}

/** "+2.7", "−12", with a real minus: short enough for a narrow cell. */
export function cellText(value: number): string {
  if (!Number.isFinite(value)) return '?'
  const size = Math.abs(value)
  const text = size >= 1000 ? size.toExponential(0) : size >= 9.95 ? size.toFixed(0) : size.toFixed(1)
  return Number(text) === 0 ? '0.0' : `${value < 0 ? '−' : '+'}${text}`
}
