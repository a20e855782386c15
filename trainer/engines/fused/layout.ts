import { slotStarts } from './emit/optimizers'
import { inputsOf, outputsOf, sizedLayers, type FusedSpec, type SizedLayer } from './spec'

/** Bytes of a float32. */
export const FLOAT = 4
/** Bytes of four float32: one number of four examples. */
export const VECTOR = 16
/** Addresses are multiples of a cache line. */
const LINE = 64

/** Steps that one call can make. */
export const CALL_STEPS = 1024
/** Row numbers that one call can name. */
const CALL_ROWS = 65536
/** Bytes for the masks of one call. */
const MASK_BYTES = 4 << 20
/** Points that are answered in one pass at most, within the bytes for the answers of all layers. */
const PASS_POINTS = 2048
const PASS_BYTES = 4 << 20
/**
 * Numbers of the caller for each step: the rate (for Adam already corrected for its first steps), and what AdamW
 * leaves of a weight, or what previousGradient takes of the last slope.
 */
export const KNOBS = 2

/** Numbers that stand at equal distances. */
export interface Column {
  /** Address of the first. */
  readonly base: number
  /** Bytes from one to the next. */
  readonly stride: number
}

/**
 * Where the weights of a layer stand among the numbers of a weight set: kernel [inputs, units], recurrent kernel
 * [units, units], bias [units]; those that a layer does not have take no place. The end is a multiple of four, so that
 * four numbers side by side are always of one layer.
 */
export interface WeightPlace {
  readonly kernel: number
  readonly recurrent: number
  readonly bias: number
  readonly end: number
}

/** Addresses in the module's memory. */
export interface Layout {
  readonly layers: readonly SizedLayer[]
  readonly weights: readonly WeightPlace[]
  /** Numbers in a weight set, with those that only fill up. */
  readonly parameters: number
  readonly address: {
    /** Sum of losses, right answers and penalty, as float64. */
    readonly results: number
    readonly weights: number
    /** Weights of another time. */
    readonly otherWeights: number
    readonly gradients: number
    /** What the optimizer remembers, one weight set a slot. */
    readonly slots: readonly number[]
    /** Penalty rates λ₁ and 2·λ₂, one for each weight. */
    readonly l1: number
    readonly l2: number
    /** [rows, inputs] and [rows, outputs] */
    readonly x: number
    readonly targets: number
    readonly order: number
    /** [rows of the order, numbers of one row in all masks] */
    readonly masks: number
    readonly sizes: number
    readonly knobs: number
    readonly losses: number
    readonly hits: number
    readonly penalties: number
    /** Points to answer [count, inputs]. */
    readonly points: number
  }
  /** Row numbers there is room for. */
  readonly orderRows: number
  /** Numbers of one row in all masks. */
  readonly maskWidth: number
  /** The most rows that can stay ready for steps that all take the same. */
  readonly residentRows: number
  /** Points that are answered in one pass at most. */
  readonly passPoints: number
  /** Where a number of a layer's answers to points stands. */
  readonly answer: (layer: number, number: number) => Column
  readonly bytes: number
}

/** A layout that is not finished: what stands there for each network, and how to take more memory. */
export interface LayoutBase extends Omit<Layout, 'residentRows' | 'answer' | 'bytes'> {
  /** The address of so many bytes more. */
  readonly take: (bytes: number) => number
  /** Bytes taken so far. */
  readonly used: () => number
}

/** Data, weights and what goes in and out, which every network has. */
export function layOutBase(spec: FusedSpec): LayoutBase {
  const layers = sizedLayers(spec)
  const outputs = outputsOf(spec)
  const { weights, parameters } = weightPlaces(layers)
  const inputs = inputsOf(spec)
  const answers = layers.reduce((n, { units, steps }) => n + units * steps, 0)

  let used = 0
  const take = (bytes: number): number => {
    const address = used
    used = Math.ceil((used + bytes) / LINE) * LINE
    return address
  }
  // A vector more: the last four gradients of a row may reach beyond the set, with zeros.
  const weightSet = () => take(parameters * FLOAT + VECTOR)

  const maskWidth = layers.reduce((n, { masked, inputs }) => n + (masked ? inputs : 0), 0)
  const callRows = maskWidth > 0 ? fitting(CALL_ROWS, MASK_BYTES, maskWidth * FLOAT) : CALL_ROWS
  const orderRows = Math.max(callRows, spec.batch)
  const passPoints = fitting(PASS_POINTS, PASS_BYTES, (answers + inputs) * FLOAT)
  const address = {
    results: take(2 * VECTOR),
    weights: weightSet(),
    otherWeights: weightSet(),
    gradients: weightSet(),
    slots: slotStarts(spec.optimizer).map(weightSet),
    l1: weightSet(),
    l2: weightSet(),
    x: take(spec.rows * inputs * FLOAT),
    targets: take(spec.rows * outputs * FLOAT),
    order: take(orderRows * FLOAT),
    masks: take(orderRows * maskWidth * FLOAT),
    sizes: take(CALL_STEPS * FLOAT),
    knobs: take(CALL_STEPS * KNOBS * FLOAT),
    losses: take(CALL_STEPS * FLOAT),
    hits: take(CALL_STEPS * FLOAT),
    penalties: take(CALL_STEPS * FLOAT),
    points: take(passPoints * inputs * FLOAT)
  }

  return {
    ...{ layers, weights, parameters, address, orderRows, maskWidth, passPoints, take },
    used: () => used
  }
}

function weightPlaces(layers: readonly SizedLayer[]): { weights: WeightPlace[]; parameters: number } {
  let parameters = 0
  const weights = layers.map((layer) => {
    const { inputs, units } = layer
    const kernel = parameters
    const recurrent = kernel + inputs * units
    const bias = recurrent + (layer.recurrent ? units * units : 0)
    parameters += 4 * Math.ceil((bias + (layer.bias ? units : 0) - kernel) / 4)
    return { kernel, recurrent, bias, end: parameters }
  })
  return { weights, parameters }
}

/** How many fit at most: a multiple of eight, which is two groups of examples. */
export function fitting(most: number, bytes: number, bytesEach: number): number {
  return Math.max(8, Math.min(most, 8 * Math.floor(bytes / bytesEach / 8)))
}
