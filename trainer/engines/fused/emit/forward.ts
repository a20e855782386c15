import type { Buffer } from '../layout'
import type { SizedLayer } from '../spec'
import { activate } from './activations'
import { start, type Context, type Frame } from './context'
import { product } from './product'
import { softmax, store } from './softmax'
import { beyond } from './walk'

/** Buffers that a forward pass fills. */
export interface ForwardBuffers {
  readonly inputs: Buffer
  readonly values: readonly Buffer[]
  /** f′ for the way back, where it is kept. */
  readonly slopes?: readonly Buffer[]
}

/** Emits all layers for the examples of a frame. With `sums` the last layer stays as a loss with logits wants it. */
export function forward(context: Context, frame: Frame, buffers: ForwardBuffers, sums: boolean): void {
  for (const layer of context.layout.layers) {
    const { index, units, activation } = layer
    const value = buffers.values[index]!
    const slope = buffers.slopes?.[index]
    const asSums = sums && layer.behindLoss
    product(context, frame, layerProduct(context, frame, layer, buffers), (own, at) =>
      activate(
        frame.math,
        asSums ? { ...layer, activation: 'linear' } : layer,
        own,
        (i, v, d) => {
          const unit = Math.floor(i / context.groups)
          const g = i % context.groups
          store(frame, beyond(at, value.base + unit * value.stride), g, v)
          if (d && slope) store(frame, beyond(at, slope.base + unit * slope.stride), g, d)
        }
      )
    )
    if (activation === 'softmax' && !asSums)
      softmax(context, frame, units, value.stride, start(frame.group, value))
  }
}

function layerProduct(
  { layout }: Context,
  { gathered, group, weights }: Frame,
  { index, inputs, units, bias }: SizedLayer,
  buffers: ForwardBuffers
) {
  const before = index === 0 ? buffers.inputs : buffers.values[index - 1]!
  const place = layout.weights[index]!
  const at = (position: number) => ({ pointer: weights, offset: 4 * position })
  return {
    count: units,
    factors: { count: inputs, from: start(index === 0 ? gathered : group, before), stride: before.stride },
    weights: { from: at(place.kernel), unitStride: 4, factorStride: 4 * units },
    ...(bias ? { bias: at(place.bias) } : {}),
    resultStride: buffers.values[index]!.stride
  }
}
