import { z } from 'zod'
import { sizeOf } from '../graph/signal'
import { PARTS, type Dataset } from './dataset'
import { sizesOf } from './split'
import { preparationSchema } from './preparation/preparation'
import { cellText, type Table } from './table/columns'

/** Rows of a table that the window gets. */
export const SAMPLE_ROWS = 2000
/** Cells that it gets as they were written. */
const SAMPLE_CELLS = 40_000

// Not z.instanceof: its type names the buffer's kind, which typed arrays from a port do not promise.
const floats = z.custom<Float32Array>((v) => v instanceof Float32Array, 'must be 32-bit floats')
const integers = z.custom<Int32Array>((v) => v instanceof Int32Array, 'must be 32-bit integers')
const count = z.int().nonnegative()

/** Some rows of a table as the network gets them: spread evenly over all rows that are used, in their order. */
export const sampleSchema = z.strictObject({
  /** [rows, width], prepared. */
  x: floats,
  y: z.union([floats, integers]),
  /** The part of each row: a place in `PARTS`. */
  part: integers,
  /** Which row of the data set each one is. */
  rows: integers,
  /** Which row of the file each one is, from 0. */
  numbers: integers,
  /** The cells of the first of them as they were written, [rows][columns of the file]. */
  cells: z.array(z.array(z.string())),
  /** Rows of each part. */
  sizes: z.strictObject({ train: count, validation: count, test: count }),
  /** Rows that say the same as one to learn from. */
  repeated: z.strictObject({ validation: count, test: count }),
  preparation: preparationSchema
})
export type Sample = z.infer<typeof sampleSchema>

/** A table's data without most of its rows: what pictures are made of. The same data where it is small. */
export function thinned(dataset: Dataset): Dataset {
  const { rows, x, y, shape, parts, prepared } = dataset
  if (!prepared || rows <= SAMPLE_ROWS) return dataset
  const chosen = chosenRows(rows)
  const width = sizeOf(shape)
  const place = new Map(Array.from(chosen, (row, i) => [row, i]))
  const within = (part: Int32Array): Int32Array =>
    part.filter((row) => place.has(row)).map((row) => place.get(row)!)
  return {
    ...dataset,
    rows: chosen.length,
    x: taken(x as Float32Array, chosen, width),
    y: y && taken(y, chosen, 1),
    parts: { train: within(parts.train), validation: within(parts.validation), test: within(parts.test) },
    prepared: { ...prepared, rowNumbers: chosen.map((row) => prepared.rowNumbers[row]!) }
  }
}

/** What the window gets to see of a prepared table. */
export function sampleOf(dataset: Dataset, table: Table): Sample | undefined {
  const { prepared, parts } = dataset
  if (!prepared) return undefined
  const shown = thinned(dataset)
  const rows = chosenRows(dataset.rows)
  const part = new Int32Array(rows.length)
  for (const [i, name] of PARTS.entries()) for (const row of shown.parts[name]) part[row] = i
  const numbers = shown.prepared!.rowNumbers
  const told = Math.min(rows.length, Math.floor(SAMPLE_CELLS / Math.max(1, table.columns.length)))
  return {
    x: shown.x as Float32Array<ArrayBuffer>,
    y: shown.y as Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>,
    part,
    rows: rows as Int32Array<ArrayBuffer>,
    numbers: numbers as Int32Array<ArrayBuffer>,
    cells: Array.from(numbers.subarray(0, told), (row) =>
      table.columns.map((c) => cellText(c, row).slice(0, 200))
    ),
    sizes: sizesOf(parts),
    repeated: repeatedIn(dataset),
    preparation: prepared.preparation
  }
}

/** The data set as the window has it, from a sample. */
export function datasetOf(
  sample: Sample,
  described: Pick<Dataset, 'features' | 'classes' | 'shape' | 'target' | 'tokens'>
): Dataset {
  const { x, y, part, numbers, preparation } = sample
  const within = (k: number): Int32Array => Int32Array.from(part.keys()).filter((row) => part[row] === k)
  const { features, classes, shape, target, tokens } = described
  return {
    ...{ features, classes, shape, target, x, y, scale: 1 },
    ...(tokens === undefined ? {} : { tokens }),
    rows: part.length,
    parts: { train: within(0), validation: within(1), test: within(2) },
    prepared: { preparation, rowNumbers: numbers }
  }
}

/** Places spread evenly over all rows. */
function chosenRows(rows: number): Int32Array {
  const count = Math.min(rows, SAMPLE_ROWS)
  return Int32Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * rows) / count))
}

function taken<A extends Float32Array | Int32Array>(values: A, rows: Int32Array, width: number): A {
  const found = new (values.constructor as new (length: number) => A)(rows.length * width)
  for (const [i, row] of rows.entries()) found.set(values.subarray(row * width, (row + 1) * width), i * width)
  return found
}

/** Rows of the other parts whose numbers and answer are those of a row to learn from. */
function repeatedIn({ x, y, shape, parts }: Dataset): Sample['repeated'] {
  const width = sizeOf(shape)
  const bits = new Uint32Array(x.buffer, x.byteOffset, x.byteLength / 4)
  const answers = y && new Uint32Array(y.buffer, y.byteOffset, y.length)
  const keyOf = (row: number): number => {
    let low = 0x811c9dc5
    let high = 0x9e3779b9
    const mix = (word: number): void => {
      low = Math.imul(low ^ word, 0x01000193)
      high = Math.imul(high ^ word, 0x85ebca6b) ^ (high >>> 13)
    }
    for (let i = row * width; i < (row + 1) * width; i++) mix(bits[i]!)
    if (answers) mix(answers[row]!)
    return (low >>> 0) + ((high >>> 0) & 0x1fffff) * 2 ** 32
  }
  const known = new Set<number>()
  for (const row of parts.train) known.add(keyOf(row))
  const count = (part: Int32Array): number => part.reduce((n, row) => (known.has(keyOf(row)) ? n + 1 : n), 0)
  return { validation: count(parts.validation), test: count(parts.test) }
}
