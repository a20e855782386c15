import type { SeenWeight } from '@core/answers/messages'
import { sizeOf } from '@core/graph/signal'

/** A convolution's filters as pictures. */
export interface Filters {
  readonly height: number
  readonly width: number
  /** Maps that come in. */
  readonly depth: number
  /** Filters in all. */
  readonly count: number
  /** Of the first filters: the mean over what comes in [height · width]. */
  readonly maps: readonly Float32Array[]
  /** The largest size among them, for the colours. */
  readonly limit: number
}

const MOST = 35

/** The filters in a kernel [height, width, in, out]; undefined for other weights, and for single pixels. */
export function filtersOf({ shape, values }: SeenWeight): Filters | undefined {
  if (shape.length !== 4 || values.length < sizeOf(shape)) return undefined
  const [height, width, depth, count] = shape as [number, number, number, number]
  if (height * width === 1) return undefined
  const maps = Array.from({ length: Math.min(MOST, count) }, (_, filter) =>
    Float32Array.from({ length: height * width }, (_, at) => {
      let sum = 0
      for (let input = 0; input < depth; input++) sum += values[(at * depth + input) * count + filter]!
      return sum / depth
    })
  )
  const limit = Math.max(...maps.map((map) => map.reduce((most, v) => Math.max(most, Math.abs(v)), 0)))
  return { height, width, depth, count, maps, limit: limit || 1 }
}
