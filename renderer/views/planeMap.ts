import type { Dataset } from '@core/data/dataset'
import {
  axesOf,
  cellOf,
  dataColumns,
  numbersOf,
  usualNumbers,
  type Axis,
  type DataColumn
} from '@core/data/preparation/columns'
import { plainPreparation } from '@core/data/preparation/newRows'
import { answerOf } from '@core/data/preparation/preparation'
import type { Document } from '@core/document/schema'
import type { Slice } from '@core/ipc'
import { colouredBy, mapPointsOf, planeDomain, type Domain, type MapPoints } from '../shared/plane'

/** What a person has said about the map of a table: its two columns, and cells for others. */
export type MapView = NonNullable<Document['view']['map']>

/** A column that is the same everywhere on the map. */
export interface HeldColumn {
  readonly column: DataColumn
  /** As a person writes it. */
  readonly cell: string
  /** Why what was typed cannot be used. */
  readonly problem: string | undefined
}

/** A map of a network's answers: the points on it, what of the plane is seen, and what the plane is in the data. */
export interface PlaneMap {
  readonly points: MapPoints
  readonly domain: Domain
  /** The columns of numbers there are to choose from, where there are more than two. */
  readonly choices: readonly Axis[]
  readonly held: readonly HeldColumn[]
  /** What the network gets beside the two chosen columns; undefined where there are no others. */
  readonly slice: Slice | undefined
}

/** The map of these data; undefined where examples are no rows of numbers, or answers no class and no number. */
export function planeMap(dataset: Dataset, view: MapView | undefined): PlaneMap | undefined {
  if (colouredBy(dataset) === undefined) return undefined
  const { plane, shape, x, features, rows, prepared, parts } = dataset
  if (plane) {
    const points = mapPointsOf(dataset)
    return points && { points, domain: planeDomain(points), choices: [], held: [], slice: undefined }
  }
  const [width = 0] = shape
  if (shape.length !== 1 || features.length !== width || rows === 0 || !(x instanceof Float32Array))
    return undefined
  const preparation = prepared?.preparation ?? plainPreparation(features)
  const columns = dataColumns(preparation)
  const axes = axesOf(columns).filter(({ at }) => prepared !== undefined || !isFlag(x, width, at))
  const first = axes.find(({ name }) => name === view?.x) ?? axes[0]
  const second =
    axes.find(({ name }) => name === view?.y && name !== first?.name) ?? axes.find((axis) => axis !== first)
  if (!first || !second) return undefined
  const places = new Float32Array(2 * rows)
  for (let row = 0; row < rows; row++) {
    places[2 * row] = x[row * width + first.at]!
    places[2 * row + 1] = x[row * width + second.at]!
  }
  const points: MapPoints = {
    ...dataset,
    ...{ x: places, shape: [2], features: [first.name, second.name], axes: [first, second] },
    y: dataset.y!,
    ...(prepared && preparation.target.encode
      ? { toAnswer: (value: number) => answerOf(preparation, value) }
      : {})
  }
  const domain = planeDomain(points)
  if (columns.length === 2 && width === 2 && first.at === 0)
    return { points, domain, choices: [], held: [], slice: undefined }
  const base = new Float32Array(width)
  const held = columns
    .filter(({ at }) => at !== first.at && at !== second.at)
    .map((column): HeldColumn => {
      const usual = usualNumbers(column, x, width, parts.train)
      const typed = view?.held[column.column.name]
      const numbers = typed === undefined ? usual : numbersOf(column, typed)
      const good = typeof numbers === 'string' ? usual : numbers
      base.set(good, column.at)
      return {
        column,
        cell: typed ?? cellOf(column, good),
        problem: typeof numbers === 'string' ? numbers : undefined
      }
    })
  return { points, domain, choices: axes, held, slice: { x: first.at, y: second.at, base } }
}

/** Are its numbers only 0 and 1? That is a yes or no, and no direction to look along. */
function isFlag(x: Float32Array, width: number, at: number): boolean {
  for (let i = at; i < x.length; i += width) if (x[i] !== 0 && x[i] !== 1) return false
  return true
}

/** The cells of an example [numbers] by the names of their columns. */
export function cellsOfExample(dataset: Dataset, example: Float32Array): { readonly [name: string]: string } {
  const columns = dataColumns(dataset.prepared?.preparation ?? plainPreparation(dataset.features))
  return Object.fromEntries(
    columns.map((column) => [
      column.column.name,
      cellOf(column, example.subarray(column.at, column.at + column.width))
    ])
  )
}
