import type { FromTrainer, ToTrainer, TrainerView, ViewWindow } from '@core/ipc'
import type { Model } from './model'

/** What the window asks to see. */
export type ViewRequest = Extract<ToTrainer, { type: 'view' }>

/** Neurons of a node beyond these have no picture: no card has room for more. */
const TILE_UNITS = 64

/** The points of a view's pixels [height · width, 2], row 0 at the top. */
export function gridPoints({ width, height, domain: [x0, x1, y0, y1] }: ViewWindow): Float32Array {
  const points = new Float32Array(2 * width * height)
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const i = 2 * (row * width + column)
      points[i] = x0 + ((x1 - x0) * column) / (width - 1)
      points[i + 1] = y1 - ((y1 - y0) * row) / (height - 1)
    }
  return points
}

/** Pictures of what the network computes, with its present weights or those nearest to an earlier epoch. */
export function answerView(model: Model, request: ViewRequest): FromTrainer {
  const { network, dataset } = model
  // Only points in the plane have a picture of the plane.
  if (dataset.shape.join() !== '2' || dataset.target.classes === undefined)
    return { type: 'noView', id: request.id }
  const earlier = request.epoch === undefined ? undefined : earlierWeights(model, request.epoch)
  const weights = earlier?.weights
  const shares = (points: Float32Array) => network.shares(points, weights)
  return {
    type: 'view',
    id: request.id,
    epoch: earlier?.epoch ?? model.position.epoch,
    ...(request.boundary ? { boundary: boundaryOf(model, request.boundary, shares) } : {}),
    tiles: request.tiles ? tilesOf(model, request.tiles, weights) : {},
    weights: weightsByNode(weights ?? network.weights()),
    predicted: largest(shares(dataset.x as Float32Array), dataset.classes.length)
  }
}

/** How well the network does on one part of the data; zero rows score nothing. */
export function answerScore(
  { network, dataset, position }: Model,
  { id, part }: Extract<ToTrainer, { type: 'score' }>
): FromTrainer {
  const rows = dataset.parts[part].length
  const { loss, accuracy } = rows > 0 ? network.evaluate(part) : { loss: 0 }
  return {
    type: 'score',
    id,
    part,
    rows,
    epoch: position.epoch,
    loss,
    ...(accuracy === undefined ? {} : { accuracy })
  }
}

function earlierWeights({ snapshots, position }: Model, epoch: number) {
  const snapshot = snapshots.nearest(epoch)
  if (!snapshot) return undefined
  // The present weights may be nearer than any that were kept.
  return Math.abs(position.epoch - epoch) <= Math.abs(snapshot.epoch - epoch) ? undefined : snapshot
}

function boundaryOf(
  { dataset }: Model,
  view: ViewWindow,
  shares: (points: Float32Array) => Float32Array
): NonNullable<TrainerView['boundary']> {
  const { width, height } = view
  return { width, height, classes: dataset.classes.length, values: shares(gridPoints(view)) as Floats }
}

type Floats = NonNullable<TrainerView['boundary']>['values']

function tilesOf(
  { network }: Model,
  view: ViewWindow,
  weights: Parameters<typeof network.shares>[1]
): TrainerView['tiles'] {
  const { width, height } = view
  const answers = network.activations({
    points: gridPoints(view),
    unitLimit: TILE_UNITS,
    ...(weights ? { weights } : {})
  })
  return Object.fromEntries(
    Object.entries(answers).map(([id, { units, values }]) => [
      id,
      { units, width, height, values: values as Floats }
    ])
  )
}

function weightsByNode(weights: ReturnType<Model['network']['weights']>): TrainerView['weights'] {
  const found: TrainerView['weights'] = {}
  for (const { name, shape, values } of weights) {
    const [node, weight] = name.split('/') as [string, string]
    found[node] ??= {}
    found[node][weight] = { shape: [...shape], values: values as Floats }
  }
  return found
}

/** The class with the largest share in each row of [rows, classes]. */
export function largest(shares: Float32Array, classes: number): Int32Array<ArrayBuffer> {
  return Int32Array.from({ length: shares.length / classes }, (_, row) => {
    const own = shares.subarray(row * classes, (row + 1) * classes)
    return own.indexOf(Math.max(...own))
  })
}
