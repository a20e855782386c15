import type { AskedExample, Seen, SeenWeight } from '@core/answers/messages'
import { missingColumns, prepareRows, tableOfCells } from '@core/data/preparation/newRows'
import type { FromTrainer, Inside, NodeWeights, ToTrainer } from '@core/ipc'
import { sizeOf } from '@core/graph/signal'
import { gatherExamples } from '../engines/step/gather'
import type { Model } from '../model'
import { weightsAt } from '../views/turns'
import { truthOf } from './browse'
import { inUnits } from './units'

type InsideRequest = Extract<ToTrainer, { type: 'inside' }>
type WeightsRequest = Extract<ToTrainer, { type: 'weights' }>
type Unprepared = Extract<FromTrainer, { type: 'unprepared' }>
type Floats = Float32Array<ArrayBuffer>

/** Feature maps and pixels of a side that are told at most: no card has room for more. */
const MAPS = 16
const SIDE = 32
/** Numbers of other answers. */
const NUMBERS = 4096
/** Numbers of a weight: larger ones are told by their histogram. */
const WEIGHT_NUMBERS = 1 << 15
const BINS = 41

/** What every node answers to one example, or why it cannot be made; undefined where there is no such example. */
export function insideOf(
  model: Model,
  { id, epoch, example }: InsideRequest
): Inside | Unprepared | undefined {
  const { dataset, network, plan } = model
  const x = examplesOf(model, example)
  if (!x) return undefined
  if (typeof x === 'string') return { type: 'unprepared', id, message: x }
  const seen = weightsAt(model, epoch)
  const answers = network.activations({ points: x, unitLimit: Infinity, weights: seen.weights })
  const shapes = new Map(plan.main.nodes.map((node) => [node.id, node.shape]))
  return {
    type: 'inside',
    id,
    epoch: seen.epoch,
    x,
    shape: [...dataset.shape],
    told: plan.scheme.compares ? inUnits(dataset, network.answers(x, seen.weights)) : new Float32Array(),
    truth: 'row' in example ? truthOf(dataset, example.row) : [],
    nodes: Object.fromEntries(
      Object.entries(answers).map(([node, { values }]) => [node, seenOf(values, shapes.get(node)!)])
    )
  }
}

/** The numbers of an example; why they cannot be made; undefined where there is no such example. */
export function examplesOf({ dataset }: Model, example: AskedExample): Floats | string | undefined {
  if ('row' in example)
    return example.row < dataset.rows
      ? (gatherExamples(dataset, Int32Array.of(example.row)) as Floats)
      : undefined
  if ('cells' in example) {
    if (!dataset.prepared) return undefined
    const { preparation } = dataset.prepared
    const table = tableOfCells(preparation, example.cells)
    if (missingColumns(preparation, table).length > 0) return undefined
    const { x, failures } = prepareRows(preparation, table)
    return failures[0]?.message ?? (x as Floats)
  }
  return example.values.length === sizeOf(dataset.shape) ? (example.values as Floats) : undefined
}

/** What can be shown of an answer [shape]. */
export function seenOf(values: Float32Array, shape: readonly number[]): Seen {
  if (shape.length !== 3) {
    const first = values.slice(0, NUMBERS) as Floats
    return { shape: [...shape], size: [first.length], values: first }
  }
  const [height, width, channels] = shape as [number, number, number]
  const step = Math.ceil(Math.max(height, width) / SIDE)
  const size = [Math.min(MAPS, channels), Math.ceil(height / step), Math.ceil(width / step)] as const
  const [maps, high, wide] = size
  const found = new Float32Array(maps * high * wide)
  for (let map = 0; map < maps; map++)
    for (let i = 0; i < high; i++)
      for (let j = 0; j < wide; j++) {
        let sum = 0
        let count = 0
        for (let y = i * step; y < Math.min(height, (i + 1) * step); y++)
          for (let x = j * step; x < Math.min(width, (j + 1) * step); x++) {
            sum += values[(y * width + x) * channels + map]!
            count++
          }
        found[(map * high + i) * wide + j] = sum / count
      }
  return { shape: [...shape], size: [...size], values: found }
}

/** The weights of a node, and how their numbers are spread. */
export function weightsOf(model: Model, { id, epoch, nodeId }: WeightsRequest): NodeWeights {
  const seen = weightsAt(model, epoch)
  const own = seen.weights.filter(({ name }) => name.startsWith(`${nodeId}/`))
  return {
    type: 'weights',
    id,
    epoch: seen.epoch,
    weights: Object.fromEntries(
      own.map(({ name, shape, values }) => [
        name.slice(nodeId.length + 1),
        spreadOf(values as Float32Array, shape)
      ])
    )
  }
}

/** Mean, standard deviation and histogram of a weight's numbers. */
export function spreadOf(values: Float32Array, shape: readonly number[]): SeenWeight {
  let [least, most, sum] = [Infinity, -Infinity, 0]
  for (const v of values) {
    least = Math.min(least, v)
    most = Math.max(most, v)
    sum += v
  }
  const mean = sum / values.length
  let squares = 0
  const histogram = new Int32Array(BINS)
  for (const v of values) {
    squares += (v - mean) ** 2
    histogram[Math.min(BINS - 1, Math.floor(((v - least) / (most - least || 1)) * BINS))]!++
  }
  return {
    shape: [...shape],
    values: values.slice(0, WEIGHT_NUMBERS) as Floats,
    mean,
    deviation: Math.sqrt(squares / values.length),
    least,
    most,
    histogram
  }
}
