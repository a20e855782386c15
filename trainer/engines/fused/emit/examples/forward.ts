import { f32x4 } from '../../wasm/instructions'
import { VECTOR } from '../../layout'
import type { Buffer } from './layout'
import type { SizedLayer } from '../../spec'
import { activate } from '../activations'
import { start, type ExampleContext, type Frame } from './context'
import { product, type Product } from '../product'
import { overUnits, softmax } from './softmax'
import { beyond, load, splat, store, type Place } from '../place'

/** Where a forward pass finds its inputs and puts each layer's answers. */
export interface ForwardBuffers {
  readonly inputs: Buffer
  readonly values: readonly Buffer[]
  /** The way back follows: masks are applied and slopes kept. */
  readonly learning: boolean
}

/** Emits all layers for the examples of a frame. With `sums` the last layer stays as a loss with logits wants it. */
export function forward(context: ExampleContext, frame: Frame, buffers: ForwardBuffers, sums: boolean): void {
  for (const layer of context.layout.layers) {
    const { index, units, activation } = layer
    const value = buffers.values[index]!
    const slope = buffers.learning ? context.layout.chunk[index]!.slope : undefined
    const asSums = sums && layer.behindLoss
    if (buffers.learning) applyMask(context, frame, layer)
    product(frame, layerProduct(context, frame, layer, buffers), (own, [at]) =>
      activate(frame.math, asSums ? { ...layer, activation: 'linear' } : layer, own, (i, v, d) => {
        const unit = Math.floor(i / context.groups)
        const g = i % context.groups
        store(frame.f, beyond(at!, value.base + unit * value.stride), VECTOR * g, v)
        if (d && slope) store(frame.f, beyond(at!, slope.base + unit * slope.stride), VECTOR * g, d)
      })
    )
    if (activation === 'softmax' && !asSums)
      softmax(context, frame, units, value.stride, start(frame.group, value))
  }
}

/** What a layer gets while training: where it stands, before any mask. */
export function inputOf({ layout }: ExampleContext, { gathered, group }: Frame, index: number): Place {
  return index === 0 ? start(gathered, layout.gathered.inputs) : start(group, layout.chunk[index - 1]!.value)
}

/** Writes a layer's inputs times their mask beside them: the way back needs both. */
function applyMask(context: ExampleContext, frame: Frame, { index, inputs }: SizedLayer): void {
  const { gathered, chunk } = context.layout
  const mask = gathered.masks[index]
  const masked = chunk[index]!.masked
  if (!mask || !masked) return
  const places = [inputOf(context, frame, index), start(frame.gathered, mask), start(frame.group, masked)]
  overUnits(
    frame,
    inputs,
    places.map((from) => ({ from, stride: masked.stride })),
    ([x, m, out]) => {
      for (let g = 0; g < context.groups; g++)
        store(frame.f, out!, VECTOR * g, f32x4.mul(load(x!, VECTOR * g), load(m!, VECTOR * g)))
    }
  )
}

function layerProduct(
  { layout, groups }: ExampleContext,
  { gathered, group, weights }: Frame,
  { index, inputs, units, bias }: SizedLayer,
  buffers: ForwardBuffers
): Product {
  const masked = buffers.learning ? layout.chunk[index]!.masked : undefined
  const before = masked ?? (index === 0 ? buffers.inputs : buffers.values[index - 1]!)
  const place = layout.weights[index]!
  const at = (position: number): Place => ({ pointer: weights, offset: 4 * position })
  return {
    ...{ count: units, groups },
    terms: [
      {
        factors: {
          from: start(index === 0 && !masked ? gathered : group, before),
          ...{ count: inputs, stride: before.stride, groupStride: VECTOR, read: load }
        },
        weights: { from: at(place.kernel), sumStride: 4, factorStride: 4 * units, read: splat }
      }
    ],
    ...(bias ? { bias: { from: at(place.bias), stride: 4, read: splat } } : {}),
    beside: [{ from: { pointer: group, offset: 0 }, stride: buffers.values[index]!.stride }]
  }
}
