import { f32x4, i32, type Vec } from '../../wasm/instructions'
import { VECTOR } from '../../layout'
import type { SizedLayer } from '../../spec'
import { backThrough } from '../activations'
import { lowestLearning } from '../context'
import { sumEach } from '../lanes'
import { beyond, load, store, type Place, type Strip } from '../place'
import { product, type Product } from '../product'
import { walk } from '../walk'
import {
  after,
  inReadingOrder,
  keptRows,
  overSteps,
  reversed,
  rowsAt,
  type Frame,
  type SequenceContext
} from './context'
import { vectorsOf } from './layout'
import { throughSoftmax } from './rows'

/** Steps on whose way back from one layer to the one before it the code works together. */
const STEPS_TOGETHER = 2

/** A layer's rows, from its first step on. */
interface LayerRows {
  readonly value: Strip
  readonly delta: Strip
  readonly slope: Strip
}

/**
 * Emits the slopes by each layer's sums, from the last layer's answers (or sums), by which the loss has written them,
 * down: backpropagation through time.
 */
export function backward(context: SequenceContext, frame: Frame): void {
  const { layers } = context.layout
  const lowest = lowestLearning(context)
  for (let index = layers.length - 1; index >= lowest; index--) {
    const layer = layers[index]!
    if (layer.recurrent) throughTime(context, frame, layer)
    else if (!layer.behindLoss) throughActivation(context, frame, layer)
    if (index > lowest) toLayerBefore(context, frame, layer)
  }
}

function rowsOf({ layout }: SequenceContext, { point }: Frame, { index }: SizedLayer): LayerRows {
  const { value, delta, slope } = layout.buffers[index]!
  return {
    value: rowsAt(point, value),
    delta: rowsAt(i32.const(0), delta),
    slope: rowsAt(i32.const(0), slope)
  }
}

/** Slopes by the answers of steps that do not know of each other become those by their sums, in place. */
function throughActivation(context: SequenceContext, frame: Frame, layer: SizedLayer): void {
  const { value, delta, slope } = rowsOf(context, frame, layer)
  overSteps(frame.f, { count: layer.steps, strips: [value, delta, slope] }, ([h, d, kept]) =>
    rowThroughActivation(frame, layer, h!, d!, kept!)
  )
}

function rowThroughActivation(frame: Frame, layer: SizedLayer, h: Place, d: Place, slope: Place): void {
  if (layer.activation === 'softmax') return throughSoftmax(frame, layer.units, h, d)
  const { f, math } = frame
  const places = [h, d, slope].map((from) => ({ from, stride: VECTOR }))
  walk(f, { count: vectorsOf(layer.units), step: 1, unroll: 4, places }, ([value, delta, kept]) =>
    store(f, delta!, 0, backThrough(math, layer, f.keep(load(delta!)), f.keep(load(value!)), load(kept!)))
  )
}

/**
 * From the last step to the first: what the step after it sends back along the recurrent kernel is added to the slopes
 * by a step's answer, and both go through the activation.
 */
function throughTime(context: SequenceContext, frame: Frame, layer: SizedLayer): void {
  const { f, math } = frame
  const { index, units, steps, kept, activation } = layer
  const { value, delta, slope } = rowsOf(context, frame, layer)
  const last = [value, delta, slope].map((strip) => after(strip, steps - 1).from)
  rowThroughActivation(frame, layer, last[0]!, last[1]!, last[2]!)
  const strips = [value, delta, slope].map((strip) => reversed(strip, steps - 1))
  const recurrent = context.layout.weights[index]!.recurrent
  overSteps(f, { count: steps - 1, strips }, ([h, d, bent]) => {
    const later = { from: beyond(d!, delta.stride), stride: delta.stride, count: 1 }
    const back = sentBack(frame, layer, { kernel: recurrent, count: units }, later, [h!, d!, bent!])
    product(frame, back, (sums, [valueAt, deltaAt, slopeAt]) =>
      eachFour(sums, 1, (four, _group, at) => {
        const sent = sumEach(f, four)
        const all = f.keep(kept > 1 ? f32x4.add(sent, load(deltaAt!, at)) : sent)
        const through =
          activation === 'softmax'
            ? all
            : backThrough(math, layer, all, f.keep(load(valueAt!, at)), load(slopeAt!, at))
        store(f, deltaAt!, at, through)
      })
    )
    if (activation === 'softmax') throughSoftmax(frame, units, h!, d!)
  })
}

/** Slopes by what a layer was given, at the steps that the layer before it has handed on. */
function toLayerBefore(context: SequenceContext, frame: Frame, layer: SizedLayer): void {
  const { f } = frame
  const { layout } = context
  const { index, inputs, steps } = layer
  const before = layout.layers[index - 1]!
  const { delta } = rowsOf(context, frame, layer)
  const column = layout.buffers[index - 1]!.delta
  const to = inReadingOrder(keptRows(i32.const(0), column, before), layer)
  const together = layer.recurrent ? 1 : Math.min(steps, STEPS_TOGETHER)
  overSteps(f, { count: steps, together, strips: [delta, to] }, ([own, out], size) => {
    const rows = { from: own!, stride: delta.stride, count: size }
    const { kernel } = layout.weights[index]!
    const back = sentBack(frame, layer, { kernel, count: inputs }, rows, [out!])
    product(frame, back, (sums, [at]) =>
      eachFour(sums, size, (four, group, offset) =>
        store(f, at!, offset + group * column.stride, sumEach(f, four))
      )
    )
  })
}

/**
 * Slopes at some steps, each times a kernel [count, units] transposed: a row of the kernel gives one sum, still spread
 * over four places. Places beside move along, four bytes a sum.
 */
function sentBack(
  { weights }: Frame,
  { units }: SizedLayer,
  { kernel, count }: { readonly kernel: number; readonly count: number },
  delta: Strip & { readonly count: number },
  beside: readonly Place[]
): Product {
  return {
    ...{ count, groups: delta.count },
    terms: [
      {
        factors: {
          ...{ from: delta.from, stride: VECTOR, count: vectorsOf(units), groupStride: delta.stride },
          read: load
        },
        weights: {
          from: { pointer: weights, offset: 4 * kernel },
          ...{ sumStride: 4 * units, factorStride: VECTOR, read: load }
        }
      }
    ],
    beside: beside.map((from) => ({ from, stride: 4 }))
  }
}

/** Four sums of a group at a time, filled up with zeros, and where they stand: bytes from the first sum's place. */
function eachFour(
  sums: readonly Vec[],
  groups: number,
  use: (four: readonly Vec[], group: number, bytes: number) => void
): void {
  const count = sums.length / groups
  for (let from = 0; from < count; from += 4)
    for (let group = 0; group < groups; group++) {
      const four = Array.from({ length: 4 }, (_, i) =>
        from + i < count ? sums[(from + i) * groups + group]! : f32x4.const(0)
      )
      use(four, group, 4 * from)
    }
}
