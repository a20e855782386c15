import { keepsSlope } from '../activations'
import { fitting, FLOAT, layOutBase, VECTOR, type Layout } from '../../layout'
import { outputsOf, type FusedSpec } from '../../spec'

/** Rows gathered at once at most, within the bytes for them. */
const GATHERED_ROWS = 4096
const GATHERED_BYTES = 8 << 20
/** Groups of four examples that are worked through layer by layer: as many as the nearest cache holds. */
const CHUNK_BYTES = 16 << 10
const CHUNK_GROUPS = { least: 8, most: 16 }

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

/** Where things stand when four examples are side by side in a vector. */
export interface ExampleLayout extends Layout {
  /** Gathered rows: inputs, targets and shares of the loss, chunk after chunk. */
  readonly gathered: {
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
  readonly pass: { readonly inputs: Buffer; readonly values: readonly Buffer[] }
}

/** Where everything stands for a network of this shape. */
export function layOutExamples(spec: FusedSpec): ExampleLayout {
  const { take, used, ...base } = layOutBase(spec)
  const { layers, maskWidth, passPoints } = base
  const outputs = outputsOf(spec)
  const allUnits = layers.reduce((n, { units }) => n + units, 0)
  const chunkGroups = groupsOfChunk(spec.inputs + outputs + 2 * (allUnits + maskWidth))
  const stride = chunkGroups * VECTOR
  const width = spec.inputs + outputs + 1 + maskWidth
  const residentRows = Math.min(spec.batch, fitting(GATHERED_ROWS, GATHERED_BYTES, width * FLOAT))
  const chunkBytes = width * stride
  const gathered = take(Math.ceil(residentRows / (4 * chunkGroups)) * chunkBytes)
  let column = 0
  const columns = (units: number): Buffer => {
    const from = { base: gathered + column * stride, stride }
    column += units
    return from
  }
  const buffer = (units: number): Buffer => ({ base: take(units * stride), stride })
  // An odd number of vectors between units, or all of them would fall on the same places of the cache.
  const passStride = passPoints * FLOAT + VECTOR
  const passBuffer = (units: number): Buffer => ({ base: take(units * passStride), stride: passStride })
  const pass = { inputs: passBuffer(spec.inputs), values: layers.map(({ units }) => passBuffer(units)) }

  return {
    ...base,
    residentRows,
    answer: (layer, unit) => {
      const { base: first, stride: perUnit } = pass.values[layer]!
      return { base: first + unit * perUnit, stride: FLOAT }
    },
    gathered: {
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
    pass,
    bytes: used()
  }
}

function groupsOfChunk(numbers: number): number {
  const fit = 2 * Math.floor(CHUNK_BYTES / (numbers * VECTOR) / 2)
  return Math.max(CHUNK_GROUPS.least, Math.min(CHUNK_GROUPS.most, fit))
}
