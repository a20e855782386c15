import { keepsSlope } from './emit/activations'
import { slotStarts } from './emit/optimizers'
import { outputsOf, sizedLayers, type FusedSpec, type SizedLayer } from './spec'

const FLOAT = 4
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
/** Rows gathered at once at most, within the bytes for them. */
const GATHERED_ROWS = 4096
const GATHERED_BYTES = 8 << 20
/** Points that are answered in one pass at most, within the bytes for the answers of all layers. */
const PASS_POINTS = 2048
const PASS_BYTES = 4 << 20
/** Groups of four examples that are worked through layer by layer: as many as the nearest cache holds. */
const CHUNK_BYTES = 16 << 10
const CHUNK_GROUPS = { least: 8, most: 16 }

/**
 * Numbers of the caller for each step: the rate (for Adam already corrected for its first steps), and what AdamW
 * leaves of a weight, or what previousGradient takes of the last slope.
 */
export const KNOBS = 2

/** Numbers of several units for groups of four examples, one row a unit. */
export interface Buffer {
  /** Address of the first unit's first group. */
  readonly base: number
  /** Bytes from one unit to the next. */
  readonly stride: number
}

/** What stands in memory for one layer while some examples pass. */
export interface LayerBuffers {
  /** What comes in, times the mask, where there is one. */
  readonly masked: Buffer | undefined
  /** Answers; sums where the loss works from them. */
  readonly value: Buffer
  /** Slopes of the loss by the layer's sums. */
  readonly delta: Buffer
  /** f′ of the sums, where it does not follow from the answers. */
  readonly slope: Buffer
}

/**
 * Where the weights of a layer stand among the numbers of a weight set: kernel [inputs, units], then bias [units]. The
 * end is a multiple of four, so that four numbers side by side are always of one layer.
 */
export interface WeightPlace {
  readonly kernel: number
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
  /** Gathered rows: inputs, targets and shares of the loss, chunk after chunk. */
  readonly gathered: {
    readonly rows: number
    readonly inputs: Buffer
    readonly targets: Buffer
    readonly share: Buffer
    /** One for each layer. */
    readonly masks: readonly (Buffer | undefined)[]
    readonly chunkBytes: number
    readonly chunkGroups: number
  }
  readonly chunk: readonly LayerBuffers[]
  /** Points being answered. */
  readonly pass: { readonly points: number; readonly inputs: Buffer; readonly values: readonly Buffer[] }
  readonly bytes: number
}

/** Where everything stands for a network of this shape. */
export function layOut(spec: FusedSpec): Layout {
  const layers = sizedLayers(spec)
  const outputs = outputsOf(spec)
  const { weights, parameters } = weightPlaces(layers)
  const allUnits = layers.reduce((n, { units }) => n + units, 0)

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
  const points = fitting(PASS_POINTS, PASS_BYTES, (allUnits + spec.inputs) * FLOAT)
  const address = {
    results: take(2 * VECTOR),
    weights: weightSet(),
    otherWeights: weightSet(),
    gradients: weightSet(),
    slots: slotStarts(spec.optimizer).map(weightSet),
    l1: weightSet(),
    l2: weightSet(),
    x: take(spec.rows * spec.inputs * FLOAT),
    targets: take(spec.rows * outputs * FLOAT),
    order: take(orderRows * FLOAT),
    masks: take(orderRows * maskWidth * FLOAT),
    sizes: take(CALL_STEPS * FLOAT),
    knobs: take(CALL_STEPS * KNOBS * FLOAT),
    losses: take(CALL_STEPS * FLOAT),
    hits: take(CALL_STEPS * FLOAT),
    penalties: take(CALL_STEPS * FLOAT),
    points: take(points * spec.inputs * FLOAT)
  }

  const chunkGroups = groupsOfChunk(spec.inputs + outputs + 2 * (allUnits + maskWidth))
  const stride = chunkGroups * VECTOR
  const width = spec.inputs + outputs + 1 + maskWidth
  const rows = Math.min(spec.batch, fitting(GATHERED_ROWS, GATHERED_BYTES, width * FLOAT))
  const chunkBytes = width * stride
  const base = take(Math.ceil(rows / (4 * chunkGroups)) * chunkBytes)
  let column = 0
  const columns = (units: number): Buffer => {
    const from = { base: base + column * stride, stride }
    column += units
    return from
  }
  const buffer = (units: number): Buffer => ({ base: take(units * stride), stride })
  // An odd number of vectors between units, or all of them would fall on the same places of the cache.
  const passStride = points * FLOAT + VECTOR
  const passBuffer = (units: number): Buffer => ({ base: take(units * passStride), stride: passStride })

  return {
    layers,
    weights,
    parameters,
    address,
    orderRows,
    maskWidth,
    gathered: {
      rows,
      inputs: columns(spec.inputs),
      targets: columns(outputs),
      share: columns(1),
      masks: layers.map(({ masked, inputs }) => (masked ? columns(inputs) : undefined)),
      chunkBytes,
      chunkGroups
    },
    chunk: layers.map((layer) => ({
      masked: layer.masked ? buffer(layer.inputs) : undefined,
      value: buffer(layer.units),
      delta: buffer(layer.units),
      slope: buffer(keepsSlope(layer) ? layer.units : 0)
    })),
    pass: { points, inputs: passBuffer(spec.inputs), values: layers.map(({ units }) => passBuffer(units)) },
    bytes: used
  }
}

function weightPlaces(layers: readonly SizedLayer[]): { weights: WeightPlace[]; parameters: number } {
  let parameters = 0
  const weights = layers.map(({ inputs, units, bias }) => {
    const kernel = parameters
    parameters += 4 * Math.ceil(((inputs + Number(bias)) * units) / 4)
    return { kernel, bias: kernel + inputs * units, end: parameters }
  })
  return { weights, parameters }
}

/** A multiple of eight, which is two groups. */
function fitting(most: number, bytes: number, bytesEach: number): number {
  return Math.max(8, Math.min(most, 8 * Math.floor(bytes / bytesEach / 8)))
}

function groupsOfChunk(numbers: number): number {
  const fit = 2 * Math.floor(CHUNK_BYTES / (numbers * VECTOR) / 2)
  return Math.max(CHUNK_GROUPS.least, Math.min(CHUNK_GROUPS.most, fit))
}
