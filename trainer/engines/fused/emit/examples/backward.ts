import { f32x4, type Vec } from '../../wasm/instructions'
import { VECTOR } from '../../layout'
import type { SizedLayer } from '../../spec'
import { backThrough } from '../activations'
import { lowestLearning } from '../context'
import { start, type ExampleContext, type Frame } from './context'
import { product, type Product } from '../product'
import { overUnits, throughSoftmax } from './softmax'
import { beyond, load, splat, store, type Place } from '../place'

/** Emits the slopes by each layer's sums, from the last layer's, which the loss has written, down. */
export function backward(context: ExampleContext, frame: Frame): void {
  const { layers, chunk } = context.layout
  const lowest = lowestLearning(context)
  const last = layers.at(-1)!
  if (!last.behindLoss && lowest < layers.length) lastSums(context, frame, last)
  for (let index = layers.length - 1; index > lowest; index--) {
    const layer = layers[index]!
    const before = layers[index - 1]!
    const { value, delta, slope } = chunk[index - 1]!
    product(frame, transposed(context, frame, layer), (own, [at, mask]) =>
      own.forEach((d, i) => {
        const unit = Math.floor(i / context.groups)
        const g = i % context.groups
        const place = ({ base, stride }: { base: number; stride: number }): Place =>
          beyond(at!, base + unit * stride)
        const h = load(place(value), VECTOR * g)
        const kept = load(place(slope), VECTOR * g)
        const through = mask ? f32x4.mul(d, load(mask, unit * delta.stride + VECTOR * g)) : d
        store(
          frame.f,
          place(delta),
          VECTOR * g,
          backThrough(frame.math, before, frame.f.keep(through), h, kept)
        )
      })
    )
    if (before.activation === 'softmax')
      throughSoftmax(
        context,
        frame,
        before.units,
        value.stride,
        start(frame.group, value),
        start(frame.group, delta)
      )
  }
}

/** Slopes by a layer's inputs: one sum an input, over the layer's units. */
function transposed(
  { layout, groups }: ExampleContext,
  { group, gathered, weights }: Frame,
  { index, inputs, units }: SizedLayer
): Product {
  const { delta } = layout.chunk[index]!
  const mask = layout.gathered.masks[index]
  const kernel = { pointer: weights, offset: 4 * layout.weights[index]!.kernel }
  return {
    ...{ count: inputs, groups },
    terms: [
      {
        factors: {
          from: start(group, delta),
          ...{ count: units, stride: delta.stride, groupStride: VECTOR, read: load }
        },
        weights: { from: kernel, sumStride: 4 * units, factorStride: 4, read: splat }
      }
    ],
    beside: [
      { from: { pointer: group, offset: 0 }, stride: delta.stride },
      ...(mask ? [{ from: start(gathered, mask), stride: mask.stride }] : [])
    ]
  }
}

/** Slopes by the last layer's answers become those by its sums, in place. */
function lastSums(context: ExampleContext, frame: Frame, layer: SizedLayer): void {
  const { value, delta, slope } = context.layout.chunk[layer.index]!
  const { stride } = value
  if (layer.activation === 'softmax')
    return throughSoftmax(
      context,
      frame,
      layer.units,
      stride,
      start(frame.group, value),
      start(frame.group, delta)
    )
  const places = [value, delta, slope].map((buffer) => ({ from: start(frame.group, buffer), stride }))
  overUnits(frame, layer.units, places, ([h, d, kept]) => {
    for (let g = 0; g < context.groups; g++) {
      const at = (place: Place): Vec => load(place, VECTOR * g)
      store(frame.f, d!, VECTOR * g, backThrough(frame.math, layer, frame.f.keep(at(d!)), at(h!), at(kept!)))
    }
  })
}
