import type { Dataset } from '../../data/dataset'
import type { PictureSettings } from '../../data/pictureSettings'
import type { PlaneInputName } from '../../data/points/inputs'
import { axesOf, cellOf, dataColumns, usualNumbers } from '../../data/preparation/columns'
import type { Preparation } from '../../data/preparation/preparation'
import type { ColumnKind } from '../../data/table/columns'
import { sizeOf } from '../../graph/signal'
import { sources } from '../../registry'
import type { ExportModel } from '../model'

/** A field of a row that a person types. */
export interface AskedColumn {
  readonly name: string
  readonly kind: ColumnKind
  /** Of a category. */
  readonly words: readonly string[]
  /** What the column's numbers lie between. */
  readonly range?: readonly [number, number]
  /** What is usual, as a person would type it. */
  readonly usual: string
}

/** What a person makes on the page of a network, to ask it. */
export type Ask =
  /** A point of the plane; `domain` is [x from, x to, y from, y to]. */
  | {
      readonly kind: 'point'
      readonly inputs: readonly PlaneInputName[]
      readonly domain: readonly [number, number, number, number]
    }
  /** A row of a table. */
  | { readonly kind: 'row'; readonly preparation: Preparation; readonly columns: readonly AskedColumn[] }
  /** Numbers, perhaps with names, as they go into the network. */
  | { readonly kind: 'numbers'; readonly columns: readonly AskedColumn[] }
  /** A sequence of numbers, as many at each step. */
  | {
      readonly kind: 'sequence'
      readonly steps: number
      readonly width: number
      readonly usual: readonly number[]
    }
  /** A picture whose pixels go from 0 to `most`; `ink` is drawn as ink on an empty ground. */
  | {
      readonly kind: 'picture'
      readonly settings: PictureSettings
      readonly most: number
      readonly ink: boolean
    }
  /** A text, as the numbers of its characters. */
  | { readonly kind: 'text'; readonly symbols: readonly string[]; readonly length: number }

/** What is made on the page, before anything prepares it: a point, numbers, pixels; cells of a row by column; a text. */
export type RawInput = readonly number[] | { readonly [column: string]: string } | string

/** The sides of the longest picture that can be asked, and the longest row of numbers that can be typed. */
const LONGEST_SIDE = 256
const MOST_TYPED = 60

/** Why nobody could make an example of this network by hand, in a sentence; undefined where one can. */
export function whyNotAsked({ plan, data }: Pick<ExportModel, 'plan' | 'data'>): string | undefined {
  const { shape } = plan.source
  if (data.drawn) return 'Its examples are made of noise, which nobody draws or types.'
  if (shape.length === 3) {
    if (![1, 3].includes(shape[2]!))
      return `Its pictures have ${shape[2]} colours; a page shows grey or coloured ones.`
    return Math.max(shape[0]!, shape[1]!) <= LONGEST_SIDE
      ? undefined
      : `Its pictures are larger than ${LONGEST_SIDE} × ${LONGEST_SIDE}.`
  }
  if (shape.length > 3) return `Its examples have ${shape.length} axes.`
  if (shape.length === 1 && !data.preparation && shape[0]! > MOST_TYPED && !data.symbols)
    return `Its examples are ${shape[0]} numbers, more than a person types.`
  return undefined
}

/** How the network is asked. Nothing stands against it: see `whyNotAsked`. */
export function askOf({ plan, data, document }: ExportModel, dataset: Dataset): Ask {
  const { shape } = plan.source
  if (data.plane) return { kind: 'point', inputs: data.plane.inputs, domain: domainOf(dataset) }
  if (data.symbols) return { kind: 'text', symbols: data.symbols, length: shape[0]! }
  if (data.preparation) return rowAsk(data.preparation, dataset)
  if (shape.length === 3) {
    const [height, width, channels] = shape as [number, number, number]
    const { type, config } = document.data.source
    const source = sources[type]!
    return {
      kind: 'picture',
      settings: source.pictures?.(config as never) ?? {
        ...{ width, height, fit: 'pad' },
        colour: channels === 1 ? 'grey' : 'colour'
      },
      most: data.scale === 1 ? 1 : 255,
      ink: source.ink === true
    }
  }
  if (shape.length === 2) {
    const [steps, width] = shape as [number, number]
    const row = dataset.parts.train[0] ?? 0
    const usual = Array.from(dataset.x.subarray(row * steps * width, (row + 1) * steps * width))
    return { kind: 'sequence', steps, width, usual }
  }
  return { kind: 'numbers', columns: numberColumns(data.features, dataset) }
}

function rowAsk(preparation: Preparation, dataset: Dataset): Ask {
  const { x, parts, rows, shape } = dataset
  const numbers = sizeOf(shape)
  const values = x as Float32Array
  const axes = axesOf(dataColumns(preparation))
  const columns = dataColumns(preparation).map((column): AskedColumn => {
    const { name, kind, vocabulary } = column.column
    const axis = axes.find(({ at }) => at === column.at)
    return {
      ...{ name, kind, words: vocabulary },
      ...(axis ? { range: rangeOf(values, numbers, axis.at, rows, axis.toUnit) } : {}),
      usual: cellOf(column, usualNumbers(column, values, numbers, parts.train))
    }
  })
  return { kind: 'row', preparation, columns }
}

function numberColumns(features: readonly string[], { x, shape, rows }: Dataset): readonly AskedColumn[] {
  const numbers = sizeOf(shape)
  return Array.from({ length: numbers }, (_, at) => ({
    name: features[at] ?? `Number ${at + 1}`,
    kind: 'number',
    words: [],
    range: rangeOf(x, numbers, at, rows, (value) => value),
    usual: String(Number((x[at] ?? 0).toPrecision(4)))
  }))
}

function rangeOf(
  x: Float32Array | Uint8Array,
  numbers: number,
  at: number,
  rows: number,
  toUnit: (value: number) => number
): readonly [number, number] {
  let [least, most] = [Infinity, -Infinity]
  for (let row = 0; row < rows; row++) {
    const value = x[row * numbers + at]!
    if (value < least) least = value
    if (value > most) most = value
  }
  const ends = [toUnit(least), toUnit(most)].map((end) => Number(end.toPrecision(4)))
  return [Math.min(...ends), Math.max(...ends)]
}

/** The part of the plane that is drawn on, or that holds all points with a margin. */
function domainOf({ plane, rows }: Dataset): readonly [number, number, number, number] {
  if (plane!.domain) return plane!.domain
  const { points } = plane!
  const ends = [0, 1].flatMap((axis) => {
    const [from, to] = rangeOf(points, 2, axis, rows, (value) => value)
    const margin = 0.1 * (to - from) || 1
    return [from - margin, to + margin]
  })
  return ends as unknown as readonly [number, number, number, number]
}
