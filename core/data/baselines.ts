import { sizeOf } from '../graph/signal'
import type { Dataset, PartName } from './dataset'

/** What anyone can do without a network, fitted to the training part and scored on another. */
export interface Baselines {
  readonly part: PartName
  /** Shares of right answers, or mean squared errors on the scale that the network learns on. */
  readonly measure: 'accuracy' | 'error'
  /** Always the commonest class, or always the mean. */
  readonly always: number
  /** Logistic regression, or least squares: on the numbers of a row, or on which words a text has. */
  readonly linear: number
  /** The commonest class; undefined where the answer is a number. */
  readonly commonest: number | undefined
}

/** Rows that a linear model is fitted to, at most: more do not change it. */
const MOST_ROWS = 5000
/** Multiplications that fitting may take, about: less than a second. */
const BUDGET = 4e8
/** Slopes this small, for each row, move the weights no more. */
const SETTLED = 1e-6
/** Keeps weights finite where classes can be told apart without a mistake; small beside the data. */
const RIDGE = 1e-3

/** Is there a number or a class for each row of numbers, so that there are baselines? */
export function hasBaselines({
  x,
  y,
  shape,
  target
}: Pick<Dataset, 'x' | 'y' | 'shape' | 'target'>): boolean {
  return x instanceof Float32Array && y !== undefined && shape.length === 1 && sizeOf(target.shape) === 1
}

/** The baselines of some data; `pause` is awaited now and then, so that others get their turn. */
export async function baselinesOf(
  dataset: Dataset,
  pause: () => Promise<void>
): Promise<Baselines | undefined> {
  const { parts, target } = dataset
  const part = (['validation', 'test', 'train'] as const).find((name) => parts[name].length > 0)
  if (!hasBaselines(dataset) || !part || parts.train.length === 0) return undefined
  return target.classes === undefined ? ofNumbers(dataset, part, pause) : ofClasses(dataset, part, pause)
}

async function ofClasses(dataset: Dataset, part: PartName, pause: () => Promise<void>): Promise<Baselines> {
  const { parts, target } = dataset
  const y = dataset.y as Int32Array
  const classes = target.classes!
  const counts = new Float64Array(classes)
  for (const row of parts.train) counts[y[row]!]!++
  const commonest = counts.indexOf(Math.max(...counts))
  const share = (right: (row: number) => boolean): number =>
    parts[part].reduce((n, row) => (right(row) ? n + 1 : n), 0) / parts[part].length
  const scores = await fit(dataset, classes, pause, (row, out) => {
    // Softmax, minus 1 at the right class: the slope of the cross-entropy.
    const most = Math.max(...out)
    let sum = 0
    for (let k = 0; k < classes; k++) sum += out[k] = Math.exp(out[k]! - most)
    for (let k = 0; k < classes; k++) out[k] = out[k]! / sum - (k === y[row] ? 1 : 0)
  })
  const always = share((row) => y[row] === commonest)
  const linear = share((row) => {
    const out = scores(row)
    return out.indexOf(Math.max(...out)) === y[row]
  })
  return { part, measure: 'accuracy', always, linear, commonest }
}

async function ofNumbers(dataset: Dataset, part: PartName, pause: () => Promise<void>): Promise<Baselines> {
  const { parts } = dataset
  const y = dataset.y as Float32Array
  const mean = parts.train.reduce((sum, row) => sum + y[row]!, 0) / parts.train.length
  const squares = (of: (row: number) => number): number =>
    parts[part].reduce((sum, row) => sum + (of(row) - y[row]!) ** 2, 0) / parts[part].length
  const answers = await fit(dataset, 1, pause, (row, out) => {
    out[0] = out[0]! - y[row]!
  })
  return {
    part,
    measure: 'error',
    always: squares(() => mean),
    linear: squares((row) => answers(row)[0]!),
    commonest: undefined
  }
}

/**
 * A linear model by Nesterov's accelerated gradient on all rows at once, on standardised inputs, or flags. `slope` turns a row's
 * outputs into the slopes of its loss, in place.
 */
async function fit(
  dataset: Dataset,
  outputs: number,
  pause: () => Promise<void>,
  slope: (row: number, out: Float64Array) => void
): Promise<(row: number) => Float64Array> {
  const { parts } = dataset
  const { width, read, flags } = inputsOf(dataset)
  const step = Math.max(1, Math.ceil(parts.train.length / MOST_ROWS))
  const rows = parts.train.filter((_, i) => i % step === 0)
  const { mean, spread } = flags
    ? { mean: new Float64Array(width), spread: new Float64Array(width).fill(1) }
    : scaleOf(read, rows, width)
  const size = (width + 1) * outputs
  const weights = new Float64Array(size)
  const ahead = new Float64Array(size)
  const gradient = new Float64Array(size)
  const out = new Float64Array(outputs)
  const values = new Float64Array(width + 1).fill(1)
  const answer = (row: number, from: Float64Array): Float64Array => {
    read(row, values)
    for (let j = 0; j < width; j++) values[j] = (values[j]! - mean[j]!) / spread[j]!
    out.fill(0)
    for (let j = 0; j <= width; j++)
      if (values[j] !== 0) for (let k = 0; k < outputs; k++) out[k]! += values[j]! * from[j * outputs + k]!
    return out
  }
  // No slope is steeper than the sum of the squares of a row's values.
  let steepest = 0
  for (const row of rows) {
    answer(row, weights)
    steepest = Math.max(
      steepest,
      values.reduce((sum, v) => sum + v * v, 0)
    )
  }
  const rate = 1 / (Math.min(steepest, width + 1) + RIDGE)
  // Words that tell classes apart without a mistake would be weighed up for ever.
  const most = flags ? 200 : Math.floor(BUDGET / (2 * rows.length * size))
  const rounds = Math.max(100, Math.min(3000, most))
  for (let round = 1; round <= rounds; round++) {
    gradient.fill(0)
    for (const row of rows) {
      slope(row, answer(row, ahead))
      for (let j = 0; j <= width; j++)
        if (values[j] !== 0)
          for (let k = 0; k < outputs; k++) gradient[j * outputs + k]! += values[j]! * out[k]!
    }
    for (let i = 0; i < size; i++) {
      const next =
        ahead[i]! - rate * (gradient[i]! / rows.length + (i < width * outputs ? RIDGE * ahead[i]! : 0))
      ahead[i] = next + ((round - 1) / (round + 2)) * (next - weights[i]!)
      weights[i] = next
    }
    if (gradient.every((g) => Math.abs(g) < SETTLED * rows.length)) break
    if (round % 5 === 0) await pause()
  }
  return (row) => answer(row, weights)
}

/** The words of a text that a linear model looks for, besides those that the training part does not have. */
const MOST_WORDS = 300

/** What a linear model sees of a row: its numbers, or a 1 for each of the commonest tokens that it has. */
interface Inputs {
  readonly width: number
  readonly read: (row: number, into: Float64Array) => void
  /** They are 0 or 1, mostly 0, and stay so. */
  readonly flags: boolean
}

function inputsOf({ x, shape, tokens }: Dataset): Inputs {
  const length = shape[0]!
  if (tokens === undefined)
    return {
      flags: false,
      width: length,
      read: (row, into) => {
        for (let j = 0; j < length; j++) into[j] = x[row * length + j]!
      }
    }
  // Tokens are numbered by how common they are; 0 is none.
  const width = Math.min(tokens - 1, MOST_WORDS)
  return {
    flags: true,
    width,
    read: (row, into) => {
      into.fill(0, 0, width)
      for (let j = 0; j < length; j++) {
        const token = x[row * length + j]!
        if (token > 0 && token <= width) into[token - 1] = 1
      }
    }
  }
}

function scaleOf(read: Inputs['read'], rows: Int32Array, width: number) {
  const mean = new Float64Array(width)
  const spread = new Float64Array(width)
  const values = new Float64Array(width)
  for (const row of rows) {
    read(row, values)
    for (let j = 0; j < width; j++) mean[j]! += values[j]! / rows.length
  }
  for (const row of rows) {
    read(row, values)
    for (let j = 0; j < width; j++) spread[j]! += (values[j]! - mean[j]!) ** 2 / rows.length
  }
  return { mean, spread: spread.map((v) => Math.sqrt(v) || 1) }
}
