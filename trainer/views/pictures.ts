import type { Slice, TrainerView, ToTrainer, ViewWindow } from '@core/ipc'
import type { Dataset } from '@core/data/dataset'
import { PLACES, planeInputs } from '@core/data/points/inputs'
import { sizeOf } from '@core/graph/signal'
import type { NamedTensor } from '@core/run/checkpoint'
import type { CompiledNetwork } from '../engines/engine'

/** What the window asks to see. */
export type ViewRequest = Extract<ToTrainer, { type: 'view' }>

/** The parts of the plane that pictures show, and which plane that is where examples have more than two numbers. */
export type Windows = Pick<ViewRequest, 'boundary' | 'tiles' | 'slice'>

/** What is worked out for a view, as the window gets it. */
export type Pictures = Pick<TrainerView, 'boundary' | 'tiles' | 'predicted'>

type Floats = Pictures['tiles'][string]['values']

/** Neurons of a node beyond these have no picture: no card has room for more. */
const TILE_UNITS = 64

/**
 * Are there pictures of networks for this data? Points in the plane with a class or a number each have them, and rows of
 * numbers where it is said which plane is meant.
 */
export function isPictured({ shape, plane, target }: Dataset, { slice }: Windows): boolean {
  const [numbers = 0] = shape
  const sliced =
    slice !== undefined &&
    shape.length === 1 &&
    slice.base.length === numbers &&
    Math.max(slice.x, slice.y) < numbers
  return (
    (plane !== undefined || shape.join() === '2' || sliced) &&
    (target.classes !== undefined || sizeOf(target.shape) === 1)
  )
}

/** The middles of a window's pixels [height · width, 2], row 0 at the top. */
export function gridPoints({ width, height, domain: [left, right, bottom, top] }: ViewWindow): Float32Array {
  const points = new Float32Array(2 * width * height)
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const i = 2 * (row * width + column)
      points[i] = left + ((right - left) * (column + 0.5)) / width
      points[i + 1] = top - ((top - bottom) * (row + 0.5)) / height
    }
  return points
}

/** Points of the plane [points, 2] as examples: the other numbers are those of the slice. */
export function slicePoints(points: Float32Array, { x, y, base }: Slice): Float32Array {
  const width = base.length
  const examples = new Float32Array((points.length / 2) * width)
  for (let i = 0; i < points.length / 2; i++) {
    examples.set(base, i * width)
    examples[i * width + x] = points[2 * i]!
    examples[i * width + y] = points[2 * i + 1]!
  }
  return examples
}

/** Pictures of what a network computes with these weights. */
export function makePictures(
  network: CompiledNetwork,
  { x, classes, plane }: Dataset,
  { boundary, tiles, slice }: Windows,
  weights: readonly NamedTensor[]
): Pictures {
  // Of numbers there is one answer a point, and none of them is a class.
  const answers = Math.max(1, classes.length)
  const shares = (points: Float32Array): Float32Array => network.answers(points, weights)
  const grid = (window: ViewWindow): Float32Array =>
    slice ? slicePoints(gridPoints(window), slice) : planeInputs(gridPoints(window), plane?.inputs ?? PLACES)
  return {
    ...(boundary ? { boundary: boundaryOf(boundary, answers, shares(grid(boundary))) } : {}),
    tiles: tiles ? tilesOf(network, tiles, grid(tiles), weights) : {},
    predicted: classes.length > 0 ? largest(shares(x as Float32Array), classes.length) : new Int32Array()
  }
}

function boundaryOf(
  { width, height }: ViewWindow,
  classes: number,
  shares: Float32Array
): NonNullable<Pictures['boundary']> {
  return { width, height, classes, values: shares as Floats }
}

function tilesOf(
  network: CompiledNetwork,
  { width, height }: ViewWindow,
  points: Float32Array,
  weights: readonly NamedTensor[]
): Pictures['tiles'] {
  const answers = network.activations({ points, unitLimit: TILE_UNITS, weights })
  return Object.fromEntries(
    Object.entries(answers).map(([id, { units, values }]) => [
      id,
      { units, width, height, values: values as Floats }
    ])
  )
}

/** The class with the largest share in each row of [rows, classes]. */
export function largest(shares: Float32Array, classes: number): Int32Array<ArrayBuffer> {
  return Int32Array.from({ length: shares.length / classes }, (_, row) => {
    const own = shares.subarray(row * classes, (row + 1) * classes)
    return own.indexOf(Math.max(...own))
  })
}
