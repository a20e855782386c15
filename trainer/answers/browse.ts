import { MOST_EXAMPLES, type Example, type ExampleQuery } from '@core/answers/messages'
import { PARTS, type Dataset, type PartName } from '@core/data/dataset'
import type { Examples } from '@core/ipc'
import { sizeOf } from '@core/graph/signal'
import type { Sheet } from './sheet'
import { inUnits } from './units'

/** Answers by part, as far as they are known. */
export type Sheets = { readonly [P in PartName]?: Sheet }

type Page = Exclude<ExampleQuery, { rows: unknown }>

/** The examples that are asked for. Rows that the data does not have are left out. */
export function browse(dataset: Dataset, sheets: Sheets, query: ExampleQuery): Omit<Examples, 'type' | 'id'> {
  const paged = !('rows' in query)
  const found = paged ? matching(dataset, sheets, query) : query.rows.filter((row) => row < dataset.rows)
  const rows = paged ? found.slice(query.from, query.from + query.count) : found.slice(0, MOST_EXAMPLES)
  const epoch = Object.values(sheets)[0]?.epoch
  const partOf = partsOf(dataset, rows)
  return {
    ...(epoch === undefined ? {} : { epoch }),
    total: found.length,
    examples: rows.map((row) => {
      const part = partOf.get(row)
      const answer = part && sheets[part]?.answerTo(row)
      return { row, ...(part ? { part } : {}), truth: truthOf(dataset, row), ...(answer ?? {}) }
    }),
    shape: [...dataset.shape],
    ...cut(dataset, rows)
  }
}

/** The right answers to a row: class numbers or values; none where the answer is the example itself. */
export function truthOf(dataset: Dataset, row: number): Example['truth'] {
  const { y, target } = dataset
  const width = sizeOf(target.shape)
  const own = y?.subarray(row * width, (row + 1) * width) ?? []
  return Array.from(own instanceof Float32Array ? inUnits(dataset, own) : own)
}

/** The examples of these rows as the data holds them. */
function cut({ x, shape, scale }: Dataset, rows: readonly number[]): Pick<Examples, 'x' | 'scale'> {
  const width = sizeOf(shape)
  const found =
    x instanceof Uint8Array ? new Uint8Array(rows.length * width) : new Float32Array(rows.length * width)
  for (const [i, row] of rows.entries()) found.set(x.subarray(row * width, (row + 1) * width), i * width)
  return { x: found as Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>, scale }
}

function partsOf({ parts }: Dataset, rows: readonly number[]): ReadonlyMap<number, PartName> {
  const wanted = new Set(rows)
  const found = new Map<number, PartName>()
  for (const part of PARTS) for (const row of parts[part]) if (wanted.has(row)) found.set(row, part)
  return found
}

function matching(dataset: Dataset, sheets: Sheets, query: Page): readonly number[] {
  const { part, truth, given, wrong, order } = query
  const sheet = part && sheets[part]
  if (sheet && (given !== undefined || wrong || order !== 'row')) return answered(dataset, sheet, query)
  if (given !== undefined || wrong) return []
  const rows = part
    ? [...dataset.parts[part]]
    : PARTS.flatMap((p) => [...dataset.parts[p]]).sort((a, b) => a - b)
  const holds = searching(dataset, query.search)
  return rows.filter((row) => (truth === undefined || truthOf(dataset, row).includes(truth)) && holds(row))
}

/** Rows of a sheet, with one answer each that is as asked for: the surest one. */
function answered(
  dataset: Dataset,
  sheet: Sheet,
  { truth, given, wrong, order, search }: Page
): readonly number[] {
  const { positions } = sheet
  const y = dataset.y
  const holds = searching(dataset, search)
  const found: { readonly row: number; readonly sure: number }[] = []
  for (const [i, row] of sheet.rows.entries()) {
    let sure = -1
    for (let p = 0; p < positions; p++) {
      const at = i * positions + p
      const own = y?.[row * positions + p]
      if (truth !== undefined && own !== truth) continue
      if (given !== undefined && sheet.given[at] !== given) continue
      if (wrong && sheet.given[at] === own) continue
      sure = Math.max(sure, sheet.confidence[at] ?? 0)
    }
    if (sure >= 0 && holds(row)) found.push({ row, sure })
  }
  if (order === 'surest') found.sort((a, b) => b.sure - a.sure)
  if (order === 'unsurest') found.sort((a, b) => a.sure - b.sure)
  return found.map(({ row }) => row)
}

/** A number is that of a row, counted from 1; other words are looked for in the names of classes. */
function searching(dataset: Dataset, search = ''): (row: number) => boolean {
  const words = search.trim().toLowerCase()
  if (words === '') return () => true
  const named = dataset.classes.map((name) => name.toLowerCase().includes(words))
  return (row) =>
    String(row + 1) === words ||
    (dataset.target.classes !== undefined && truthOf(dataset, row).some((k) => named[k] === true))
}
