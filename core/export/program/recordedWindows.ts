import type { Tensor } from '../../registry/define'
import type { Pads, WindowAttributes } from './program'
import type { Recorder } from './recorder'

type Pair = readonly [number, number]
type Padding = 'same' | 'valid'

const pair = (x: number | readonly number[]): Pair => (typeof x === 'number' ? [x, x] : [x[0]!, x[1]!])

/** Places of a window along a side, and the zeros around it, as TensorFlow has them. */
function along(
  length: number,
  reach: number,
  stride: number,
  padding: Padding
): { places: number; pads: Pair } {
  if (padding === 'valid') return { places: Math.ceil((length - reach + 1) / stride), pads: [0, 0] }
  const places = Math.ceil(length / stride)
  const zeros = Math.max((places - 1) * stride + reach - length, 0)
  return { places, pads: [Math.floor(zeros / 2), zeros - Math.floor(zeros / 2)] }
}

function placed(
  [height, width]: Pair,
  reach: Pair,
  strides: Pair,
  padding: Padding
): { sides: Pair; window: WindowAttributes } {
  const [down, across] = [
    along(height, reach[0], strides[0], padding),
    along(width, reach[1], strides[1], padding)
  ]
  const pads: Pads = [down.pads, across.pads]
  return { sides: [down.places, across.places], window: { strides, padding, pads } }
}

/** Operations on pictures [batch, height, width, channels]. */
export function recordedWindows(recorder: Recorder) {
  const sides = (x: Tensor): Pair => [x.shape[1]!, x.shape[2]!]
  const convolution = (
    x: Tensor,
    filter: Tensor,
    strides: Pair,
    padding: Padding,
    dilations: Pair
  ): Tensor => {
    const reach: Pair = [(filter.shape[0]! - 1) * dilations[0] + 1, (filter.shape[1]! - 1) * dilations[1] + 1]
    const { sides: out, window } = placed(sides(x), reach, strides, padding)
    return recorder.step('conv2d', [x, filter], { ...window, dilations }, [
      x.shape[0]!,
      ...out,
      filter.shape[3]!
    ])
  }
  const pool =
    (kind: 'max' | 'average') =>
    (x: Tensor, size: number | Pair, strides: number | Pair, padding: Padding): Tensor => {
      const { sides: out, window } = placed(sides(x), pair(size), pair(strides), padding)
      const shape = [x.shape[0]!, ...out, x.shape[3]!]
      return recorder.step('pool', [x], { kind, size: pair(size), ...window }, shape)
    }

  // A convolution with gaps comes as three operations: see `convolve` in core/registry/windows.ts.
  const cuts = new WeakMap<Tensor, { readonly x: Tensor; readonly gaps: Pair; readonly pads: Pads }>()
  const cutConvolutions = new WeakMap<Tensor, Tensor>()

  /** Of no use but to be handed on. */
  const opaque = (): Tensor => Object.freeze({}) as Tensor

  return {
    conv2d: (
      x: Tensor,
      filter: Tensor,
      strides: number | Pair,
      padding: Padding,
      _format?: 'NHWC',
      dilations: number | Pair = 1
    ): Tensor => {
      const cut = cuts.get(x)
      if (!cut) return convolution(x, filter, pair(strides), padding, pair(dilations))
      const filled = cut.pads.some((pads) => pads[0] > 0)
      const done = convolution(cut.x, filter, [1, 1], filled ? 'same' : 'valid', cut.gaps)
      const handle = opaque()
      cutConvolutions.set(handle, done)
      return handle
    },
    spaceToBatchND: (x: Tensor, gaps: readonly number[], pads: Pads): Tensor => {
      const handle = opaque()
      cuts.set(handle, { x, gaps: pair(gaps), pads })
      return handle
    },
    batchToSpaceND: (x: Tensor): Tensor =>
      cutConvolutions.get(x) ?? recorder.refuse('batchToSpaceND apart from a convolution with gaps'),
    conv2dTranspose: (
      x: Tensor,
      filter: Tensor,
      [batch, height, width, filters]: readonly [number, number, number, number],
      strides: number | Pair,
      padding: Padding
    ): Tensor => {
      // Its zeros are those of the convolution that goes the other way.
      const reach: Pair = [filter.shape[0]!, filter.shape[1]!]
      const { window } = placed([height, width], reach, pair(strides), padding)
      return recorder.step('conv2dTranspose', [x, filter], window, [batch, height, width, filters])
    },
    maxPool: pool('max'),
    avgPool: pool('average'),
    image: {
      resizeNearestNeighbor: (x: Tensor, [height, width]: Pair): Tensor => {
        const factor: Pair = [height / x.shape[1]!, width / x.shape[2]!]
        if (!factor.every(Number.isInteger)) recorder.refuse('a picture made larger by part of a pixel')
        return recorder.step('enlarge', [x], { factor }, [x.shape[0]!, height, width, x.shape[3]!])
      }
    }
  }
}
