import { sizeOf } from '../../graph/signal'

/** How far apart neighbours along each axis are, in row-major numbers of a shape. */
export const stridesOf = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => sizeOf(shape.slice(axis + 1)))

/** Numbers of a shape, taken from others: a step along an axis of `made` is so many steps in `values`. */
export function takeStrided(
  values: ArrayLike<number>,
  made: { [index: number]: number; readonly length: number },
  { shape, start, strides }: { shape: readonly number[]; start: number; strides: readonly number[] }
): void {
  const at = new Array<number>(shape.length).fill(0)
  let from = start
  for (let i = 0; i < made.length; i++) {
    made[i] = values[from]!
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!
      if (++at[axis]! < shape[axis]!) break
      from -= strides[axis]! * shape[axis]!
      at[axis] = 0
    }
  }
}
