import type { Document } from '../../document/schema'
import { randomStream } from '../../random/stream'
import { augmentations } from '../../registry'
import type { Part } from '../../registry/fields'
import type { Dataset } from '../dataset'
import { placeInto, SAME_PLACE, together, type Fill } from './place'

/** How pictures to learn from are changed. */
export type Augmentation = NonNullable<Document['data']['augmentation']>

/** What training does with the pictures of this data; undefined where it takes them as they are. */
export function augmentationOf(
  { augmentation }: Document['data'],
  { shape }: Pick<Dataset, 'shape'>
): Augmentation | undefined {
  return augmentation && augmentation.steps.length > 0 && shape.length === 3 ? augmentation : undefined
}

/** The settings that say what the examples are, without how they are changed while they are learned from. */
export function unchanged({ augmentation: _, ...data }: Document['data']): Document['data'] {
  return data
}

/** Which picture is drawn, and the draw. */
export interface Drawing {
  readonly row: number
  readonly epoch: number
  /** Of the training. */
  readonly seed: number
}

/** Pictures, of which the first is that of row `offset`, or of row 0. */
type Pictures = Pick<Dataset, 'x' | 'scale' | 'shape'> & { readonly offset?: number }

/** Rows that a draw leaves room for. */
const ROWS = 2 ** 24

/**
 * Pictures as training sees them in an epoch: [rows, height, width, channels], from 0 to 1. Each is a function of
 * seed, epoch and row alone, whatever is drawn beside it.
 */
export function augmentedPictures(
  pictures: Pictures,
  rows: Int32Array,
  { steps, fill }: Augmentation,
  { epoch, seed }: Omit<Drawing, 'row'>
): Float32Array {
  const { shape } = pictures
  const [height, width, channels] = shape as [number, number, number]
  const length = height * width * channels
  const found = new Float32Array(rows.length * length)
  for (const [i, row] of rows.entries())
    drawPicture(pictures, steps, fill, { row, epoch, seed }, found.subarray(i * length, (i + 1) * length))
  return found
}

function drawPicture(
  { x, scale, shape, offset = 0 }: Pictures,
  steps: readonly Part[],
  fill: Fill,
  { row, epoch, seed }: Drawing,
  into: Float32Array
): void {
  const [height, width, channels] = shape as [number, number, number]
  const size = { height, width, channels }
  const streamOf = (type: string) => randomStream(seed, `augmentation/${type}`, epoch * ROWS + row)
  let placement = SAME_PLACE
  for (const { type, config } of steps) {
    const move = augmentations[type]!.move?.(config, streamOf(type), size)
    if (move) placement = together(placement, move)
  }
  const place = row - offset
  const from = x.subarray(place * into.length, (place + 1) * into.length)
  placeInto(into, from, size, placement, fill, scale)
  let shaded = false
  for (const { type, config } of steps) {
    const { shade } = augmentations[type]!
    shade?.(config, streamOf(type), into, size)
    shaded ||= shade !== undefined
  }
  if (shaded) for (let i = 0; i < into.length; i++) into[i] = Math.min(1, Math.max(0, into[i]!))
}
