/** One straight piece of a contour: x1, y1, x2, y2 in pixels of the field. */
export type Segment = readonly [number, number, number, number]

/**
 * Where a field of [height · width] values crosses `level`: marching squares between the middles of pixels, so that
 * x runs from 0.5 to width − 0.5.
 */
export function contour(
  width: number,
  height: number,
  value: (pixel: number) => number,
  level: number
): Segment[] {
  const segments: Segment[] = []
  const cross = (u: number, v: number): number => u / (u - v)
  for (let j = 0; j + 1 < height; j++)
    for (let i = 0; i + 1 < width; i++) {
      const at = j * width + i
      const a = value(at) - level
      const b = value(at + 1) - level
      const d = value(at + width) - level
      const e = value(at + width + 1) - level
      const x = i + 0.5
      const y = j + 0.5
      const hits: [number, number][] = []
      if (a < 0 !== b < 0) hits.push([x + cross(a, b), y])
      if (b < 0 !== e < 0) hits.push([x + 1, y + cross(b, e)])
      if (d < 0 !== e < 0) hits.push([x + cross(d, e), y + 1])
      if (a < 0 !== d < 0) hits.push([x, y + cross(a, d)])
      for (let k = 0; k + 1 < hits.length; k += 2) segments.push([...hits[k]!, ...hits[k + 1]!])
    }
  return segments
}
