import type { Dataset } from '@core/data/dataset'
import { makeDataset } from '@core/data/dataset'
import { sources } from '@core/registry'
import { defaultsOf, type Part } from '@core/registry/fields'

/** A picture of points: one path a class, each point a dot of the stroke's width. */
export interface Scatter {
  readonly paths: readonly string[]
}

const MARGIN = 6

/** Points of a plane in a box of this size, y upwards; undefined where rows are not points of a plane. */
export function scatterOf(dataset: Dataset, width: number, height: number): Scatter | undefined {
  const { features, classes, x, y, rows } = dataset
  if (features.length !== 2) return undefined
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
  const paths = classes.map(() => '')
  for (let i = 0; i < rows; i++) {
    const px = MARGIN + at(i, 0) * (width - 2 * MARGIN)
    const py = height - MARGIN - at(i, 1) * (height - 2 * MARGIN)
    paths[y[i]!] += `M${px.toFixed(1)} ${py.toFixed(1)}h0`
  }
  return { paths }
}

const PICTURE_ROWS = 110
const pictures = new Map<string, Scatter | undefined>()

/** A small picture of what a source makes; undefined for one that needs a file. */
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
  return made.ok ? scatterOf(made.value, width, height) : undefined
}
