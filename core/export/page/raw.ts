import type { Dataset } from '../../data/dataset'
import { planeInputs } from '../../data/points/inputs'
import { prepareRows, tableOfCells } from '../../data/preparation/newRows'
import { channelsOf } from '../../data/pictureSettings'
import { cellText, type Table } from '../../data/table/columns'
import { decodeNumbers, encodeText } from '../../data/text/alphabet'
import { sizeOf } from '../../graph/signal'
import { fail, ok, type Result } from '../../result'
import type { Ask, RawInput } from './ask'

/** An example as the exported network takes it, from what a person made; or what is wrong with that. */
export function exampleFrom(ask: Ask, raw: RawInput): Result<Float32Array> {
  const wrong = (message: string): Result<never> => fail({ code: 'ask', message })
  if (ask.kind === 'row') {
    if (typeof raw !== 'object' || Array.isArray(raw)) return wrong('A row has a cell for each column.')
    const { preparation } = ask
    const cells = Object.fromEntries(
      preparation.inputs.map(({ name }) => [name, (raw as { [column: string]: string })[name] ?? ''])
    )
    const { x, failures } = prepareRows(preparation, tableOfCells(preparation, cells))
    return failures[0] ? wrong(failures[0].message) : ok(x)
  }
  if (ask.kind === 'text') {
    if (typeof raw !== 'string') return wrong('It is asked with a text.')
    const numbers = encodeText(ask.symbols, raw)
    if (numbers.length === 0) return wrong('Write a few characters that it knows.')
    const x = new Float32Array(ask.length)
    x.set(numbers.slice(-ask.length))
    return ok(x)
  }
  const count = numbersOf(ask)
  if (!Array.isArray(raw) || raw.length !== count || !raw.every(Number.isFinite))
    return wrong(`It is asked with ${count} numbers.`)
  const values = Float32Array.from(raw as readonly number[])
  return ok(ask.kind === 'point' ? planeInputs(values, ask.inputs) : values)
}

/** Numbers that a person makes for one example. */
function numbersOf(ask: Exclude<Ask, { kind: 'row' | 'text' }>): number {
  switch (ask.kind) {
    case 'point':
      return 2
    case 'numbers':
      return ask.columns.length
    case 'sequence':
      return ask.steps * ask.width
    case 'picture':
      return ask.settings.width * ask.settings.height * channelsOf(ask.settings)
  }
}

/**
 * What a person would have made to ask with these examples of the data, from where they come from: points, cells of
 * the table, pixels. Of one row of a data set each.
 */
export function rawInputs(
  ask: Ask,
  dataset: Dataset,
  rows: Int32Array,
  table: Table | undefined
): readonly RawInput[] {
  const { x, shape, plane, prepared } = dataset
  const size = sizeOf(shape)
  return Array.from(rows, (row): RawInput => {
    if (ask.kind === 'point') return Array.from(plane!.points.subarray(2 * row, 2 * row + 2))
    const own = x.subarray(row * size, (row + 1) * size)
    if (ask.kind === 'text') return decodeNumbers(ask.symbols, own)
    if (ask.kind !== 'row') return Array.from(own)
    const place = prepared!.rowNumbers[row]!
    return Object.fromEntries(
      ask.preparation.inputs.map(({ name }) => {
        const column = table!.columns.find((one) => one.name === name)!
        return [name, cellText(column, place)]
      })
    )
  })
}
