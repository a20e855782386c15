import type { Problem } from '../result'
import type { KerasConfig, Ops, Tensor } from './define'
import type { ChoiceField, IntField } from './fields'

/* What convolutions and pools share: a window that moves over a picture [height, width, channels] or a sequence. */

/** Where a window may lie. `valid`: inside only. `same`: the edges are filled up. `causal`: only before. */
export type Padding = 'valid' | 'same' | 'causal'

/** How a window moves. */
export interface Window {
  /** Side of the window. */
  readonly size: number
  readonly strides: number
  readonly padding: Padding
  /** Distance of neighbouring values under the window; 1 where nothing is skipped. */
  readonly dilation: number
}

/** How many places a window has along `length` values, as TensorFlow counts; below 1 where it does not fit. */
export function windowPlaces(length: number, { size, strides, padding, dilation }: Window): number {
  const free = padding === 'valid' ? length - (size - 1) * dilation : length
  return Math.ceil(free / strides)
}

/** How the edges are treated. */
export const paddingField = {
  kind: 'choice',
  label: 'Edges',
  help: 'Filled edges keep the size where the step is 1. Inside only makes it smaller.',
  default: 'valid',
  options: [
    { value: 'valid', label: 'Inside only' },
    { value: 'same', label: 'Fill the edges' }
  ]
} as const satisfies ChoiceField

/** A pool's step from window to window. */
export const poolStridesField = {
  kind: 'int',
  label: 'Step',
  help: 'How far the window moves each time. 0 moves it by its own size.',
  default: 0,
  min: 0,
  max: 64,
  advanced: true
} as const satisfies IntField

/** The window of a pool: pools neither overlap nor leave gaps unless they are told to. */
export function poolWindow<P extends Padding>(config: {
  readonly poolSize: number
  readonly strides: number
  readonly padding: P
}): Window & { readonly padding: P } {
  const { poolSize, strides, padding } = config
  return { size: poolSize, strides: strides === 0 ? poolSize : strides, padding, dilation: 1 }
}

/** A pool of so many axes in Keras. */
export function kerasPool(
  config: { readonly poolSize: number; readonly strides: number; readonly padding: Padding },
  axes: number
): KerasConfig {
  const { size, strides, padding } = poolWindow(config)
  const all = (value: number): number[] => Array.from({ length: axes }, () => value)
  return { pool_size: all(size), strides: all(strides), padding, data_format: 'channels_last' }
}

/** The problem of a window that is larger than what it moves over; undefined where it fits. */
export function windowProblem(
  nodeId: string,
  sizes: readonly number[],
  window: Window,
  field: string,
  what: 'picture' | 'sequence'
): Problem | undefined {
  if (sizes.every((length) => !(windowPlaces(length, window) < 1))) return undefined
  const reach = (window.size - 1) * window.dilation + 1
  const largest = Math.min(...sizes)
  const text = (side: readonly number[]): string =>
    what === 'picture' ? `${side.join(' × ')} picture` : `sequence of ${side[0]} steps`
  const has = what === 'picture' ? `${reach} × ${reach}` : `${reach} steps`
  return {
    code: 'window-size',
    nodeId,
    field,
    message: `Its window of ${has} is larger than the ${text(sizes)}.`,
    detail: 'Earlier layers have made it this small.',
    ...(window.dilation === 1 && largest >= 1
      ? {
          fix: {
            label: `Use a window of ${largest}`,
            edit: { kind: 'setField', nodeId, field, value: largest }
          }
        }
      : {
          fix: {
            label: 'Fill the edges',
            edit: { kind: 'setField', nodeId, field: 'padding', value: 'same' }
          }
        })
  }
}

/** The problem of a window that both skips places and has gaps, which Keras does not compute either. */
export function gapProblem(nodeId: string, { strides, dilation }: Window): Problem | undefined {
  if (!(strides > 1 && dilation > 1)) return undefined
  return {
    code: 'stride-and-gaps',
    nodeId,
    field: 'dilationRate',
    message: `Steps by ${strides} and has gaps of ${dilation}, can do only one of the two.`,
    fix: {
      label: 'Close the gaps',
      edit: { kind: 'setField', nodeId, field: 'dilationRate', value: 1 }
    }
  }
}

/**
 * x [batch, height, width, channels] with a kernel [height, width, channels, filters] → [batch, …, filters].
 * `dilation` is that of height and width: a side of 1 has no gaps.
 */
export function convolve(
  ops: Ops,
  x: Tensor,
  kernel: Tensor,
  { strides, padding }: { readonly strides: readonly [number, number]; readonly padding: 'valid' | 'same' },
  dilation: readonly [number, number]
): Tensor {
  if (dilation.every((d) => d === 1))
    return ops.conv2d(x as never, kernel as never, [...strides] as [number, number], padding)
  // TensorFlow.js knows no slope of a convolution with gaps. Cut into as many pictures as there are places within a
  // gap, each is convolved without gaps; TensorFlow itself goes this way too.
  const places = dilation.map((gap, axis) => {
    const length = x.shape[axis + 1]!
    const lost = (kernel.shape[axis]! - 1) * gap
    const filled = padding === 'same' ? lost : 0
    const before = Math.floor(filled / 2)
    const extra = (gap - ((length + filled) % gap)) % gap
    return { pad: [before, filled - before + extra], crop: [0, extra] }
  })
  const cut = ops.spaceToBatchND(
    x,
    [...dilation],
    places.map((p) => p.pad)
  )
  const done = ops.conv2d(cut as never, kernel as never, [1, 1], 'valid')
  return ops.batchToSpaceND(
    done,
    [...dilation],
    places.map((p) => p.crop)
  )
}
