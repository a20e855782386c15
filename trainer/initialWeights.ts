import { randomStream } from '@core/random/stream'
import { initializers } from '@core/registry'
import { sizeOf } from '@core/graph/signal'
import type { NamedTensor } from '@core/run/checkpoint'
import type { PlannedWeight } from '@core/graph/plan'

/** Fan in and fan out of a weight of this shape, as Keras' compute_fans. */
export function fansOf(shape: readonly number[]): { readonly fanIn: number; readonly fanOut: number } {
  if (shape.length === 0) return { fanIn: 1, fanOut: 1 }
  if (shape.length === 1) return { fanIn: shape[0]!, fanOut: shape[0]! }
  // Convolution kernels: [...window, inputs, outputs].
  const window = sizeOf(shape.slice(0, -2))
  return { fanIn: shape.at(-2)! * window, fanOut: shape.at(-1)! * window }
}

/** The weights a run with this seed starts from. Each weight has a stream of its own. */
export function initialWeights(weights: readonly PlannedWeight[], seed: number): NamedTensor[] {
  return weights.map(({ name, spec: { shape, initializer } }) => {
    const random = randomStream(seed, `init/${name}`)
    const size = sizeOf(shape)
    const { type, config } = initializer
    return {
      name,
      shape,
      values: initializers[type]!.values(config, { size, shape, ...fansOf(shape) }, random)
    }
  })
}
