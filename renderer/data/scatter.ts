import { makeDataset, type Dataset } from '@core/data/dataset'
import { sources } from '@core/registry'
import { defaultsOf, type Part } from '@core/registry/fields'
import { exampleValues } from '../canvas/examples'
import { sequencePath } from '../shared/exampleShapes'
import { largest } from '../views/field'
import { colouredBy, pointsOf, type Points } from '../shared/plane'

/** A picture of points: each a dot of the stroke's width, in paths of one colour. */
export interface Scatter {
  readonly paths: readonly { readonly d: string; readonly colour: string }[]
}

const MARGIN = 6
/** Numbers are told by this many colours, from the most negative to the most positive. */
const SHADES = 5

/** Points of a plane in a box of this size, y upwards; undefined where rows are not points of a plane. */
export function scatterOf(dataset: Dataset, width: number, height: number): Scatter | undefined {
  const points = pointsOf(dataset)
  if (!points) return undefined
  const { x, rows } = points
  const ends = [0, 1].map((axis) => {
    let low = Infinity
    let high = -Infinity
    for (let i = 0; i < rows; i++) {
      low = Math.min(low, x[2 * i + axis]!)
      high = Math.max(high, x[2 * i + axis]!)
    }
    return { low, span: high - low || 1 }
  })
  const at = (row: number, axis: 0 | 1): number => (x[2 * row + axis]! - ends[axis]!.low) / ends[axis]!.span
  const colour = colourOf(points)
  const paths = new Map<string, string>()
  for (let i = 0; i < rows; i++) {
    const px = MARGIN + at(i, 0) * (width - 2 * MARGIN)
    const py = height - MARGIN - at(i, 1) * (height - 2 * MARGIN)
    const own = colour(i)
    paths.set(own, `${paths.get(own) ?? ''}M${px.toFixed(1)} ${py.toFixed(1)}h0`)
  }
  return { paths: [...paths].map(([own, d]) => ({ d, colour: own })) }
}

/** A row's colour in CSS: its class, or a shade between the two ends for a number. */
function colourOf(points: Points): (row: number) => string {
  const { y } = points
  const told = colouredBy(points)
  if (!y || !told) return () => 'var(--ink-3)'
  if (told === 'class') return (row) => `var(--class-${y[row]! % 10})`
  const limit = largest(y)
  return (row) => {
    const share = y[row]! / limit
    const strength = Math.ceil(Math.abs(share) * SHADES) / SHADES
    return `rgb(var(${share < 0 ? '--neg' : '--pos'}) / ${(0.2 + 0.8 * strength).toFixed(2)})`
  }
}

/** Lines that are drawn of a kind of sequence. */
const LINES = 2

/** The first examples of sequences with one number a step, one below the other; undefined for other data. */
export function linesOf(dataset: Dataset, width: number, height: number): Scatter | undefined {
  const { shape, rows, classes } = dataset
  if (shape.length !== 2 || shape[1] !== 1) return undefined
  const count = Math.min(LINES, rows)
  const band = (height - MARGIN) / count
  const paths = Array.from({ length: count }, (_, i) => {
    const box = { x: MARGIN, y: MARGIN + i * band, width: width - 2 * MARGIN, height: band - MARGIN }
    const d = sequencePath(exampleValues(dataset, i), box)
    return { d, colour: classes.length > 0 ? `var(--class-${i})` : 'var(--ink-3)' }
  })
  return { paths }
}

const PICTURE_ROWS = 110
const pictures = new Map<string, Scatter | undefined>()

/** A small picture of what a source makes; undefined for one that needs a file, or has nothing to draw as lines. */
export function sourcePicture(type: string, width: number, height: number): Scatter | undefined {
  const key = `${type}/${width}/${height}`
  if (!pictures.has(key)) pictures.set(key, drawSource(type, width, height))
  return pictures.get(key)
}

function drawSource(type: string, width: number, height: number): Scatter | undefined {
  const { fields } = sources[type]!
  const config = defaultsOf(fields)
  const source: Part = { type, config: 'samples' in fields ? { ...config, samples: PICTURE_ROWS } : config }
  const made = makeDataset({ source, seed: 1, split: { train: 1, test: 0 } }, {})
  if (!made.ok || made.value.rows === 0) return undefined
  return scatterOf(made.value, width, height) ?? linesOf(made.value, width, height)
}
