import { VECTOR } from '../../layout'
import type { SizedLayer } from '../../spec'
import { activate } from '../activations'
import { beyond, load, splat, store, type Place, type Strip } from '../place'
import { product, type Product, type Term } from '../product'
import { after, overSteps, readBy, rowsAt, type Frame, type SequenceContext } from './context'
import { vectorsOf } from './layout'
import { softmax } from './rows'

/** How a forward pass leaves its answers. */
export interface Purpose {
  /** The last layer's stay sums where the loss works from them. */
  readonly sums: boolean
  /** The way back follows: slopes are kept. */
  readonly learning: boolean
}

/** Where a step stands for one layer, or the first of some steps. */
interface Step {
  readonly given: Strip
  readonly value: Place
  readonly slope: Place | undefined
  /** The answer of the step before, where one is carried on. */
  readonly carried?: Place
}

/** Emits all layers for an example, step by step. */
export function forward(context: SequenceContext, frame: Frame, purpose: Purpose): void {
  for (const layer of context.layout.layers)
    if (layer.recurrent) recurrent(context, frame, layer, purpose)
    else dense(context, frame, layer, purpose)
}

/** Steps that do not know of each other, some of them together. */
function dense(context: SequenceContext, frame: Frame, layer: SizedLayer, purpose: Purpose): void {
  const { value, slope } = context.layout.buffers[layer.index]!
  const given = readBy(context, frame, layer)
  const strips = [given, rowsAt(frame.point, value), rowsAt(frame.point, slope)]
  // Narrow layers have few sums a step: several steps fill the registers.
  const together = Math.min(layer.steps, vectorsOf(layer.units) > 2 ? 2 : 4)
  overSteps(frame.f, { count: layer.steps, together, strips }, ([x, own, kept], size) => {
    const steps = { given: { from: x!, stride: given.stride }, value: own!, slope: kept }
    emitSteps(context, frame, layer, purpose, size, steps)
  })
}

/** One step after the other: each gets the answer of the one before it. */
function recurrent(context: SequenceContext, frame: Frame, layer: SizedLayer, purpose: Purpose): void {
  const { value, slope } = context.layout.buffers[layer.index]!
  const given = readBy(context, frame, layer)
  const values = rowsAt(frame.point, value)
  const slopes = rowsAt(frame.point, slope)
  const first = { given, value: values.from, slope: slopes.from }
  emitSteps(context, frame, layer, purpose, 1, first)
  const strips = [after(given, 1), values, after(slopes, 1)]
  overSteps(frame.f, { count: layer.steps - 1, strips }, ([x, carried, kept]) => {
    const own = { value: beyond(carried!, value.stride), slope: kept, carried: carried! }
    emitSteps(context, frame, layer, purpose, 1, { given: { ...given, from: x! }, ...own })
  })
}

function emitSteps(
  context: SequenceContext,
  frame: Frame,
  layer: SizedLayer,
  { sums, learning }: Purpose,
  together: number,
  step: Step
): void {
  const { f, math } = frame
  const { stride } = context.layout.buffers[layer.index]!.value
  const asSums = sums && layer.behindLoss
  product(frame, stepProduct(context, frame, layer, together, step), (own, [value, slope]) =>
    activate(math, asSums ? { ...layer, activation: 'linear' } : layer, own, (i, v, d) => {
      const at = VECTOR * Math.floor(i / together) + stride * (i % together)
      store(f, value!, at, v)
      if (d && learning) store(f, slope!, at, d)
    })
  )
  if (layer.activation !== 'softmax' || asSums) return
  for (let g = 0; g < together; g++) softmax(frame, layer.units, beyond(step.value, g * stride))
}

/** xₜ · kernel + hₜ₋₁ · recurrent_kernel + bias, four units at a time. */
function stepProduct(
  { layout }: SequenceContext,
  frame: Frame,
  { index, inputs, units, bias }: SizedLayer,
  groups: number,
  { given, value, slope, carried }: Step
): Product {
  const place = layout.weights[index]!
  const at = (position: number): Place => ({ pointer: frame.weights, offset: 4 * position })
  const term = (numbers: Strip, count: number, kernel: number): Term => ({
    factors: { ...{ from: numbers.from, stride: 4, count, groupStride: numbers.stride }, read: splat },
    weights: { ...{ from: at(kernel), sumStride: VECTOR, factorStride: 4 * units }, read: load }
  })
  return {
    ...{ count: vectorsOf(units), groups },
    terms: [
      term(given, inputs, place.kernel),
      ...(carried ? [term({ from: carried, stride: 0 }, units, place.recurrent)] : [])
    ],
    ...(bias ? { bias: { from: at(place.bias), stride: VECTOR, read: load } } : {}),
    beside: [{ from: value, stride: VECTOR }, ...(slope ? [{ from: slope, stride: VECTOR }] : [])]
  }
}
