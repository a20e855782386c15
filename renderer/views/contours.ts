import type { Field } from './field'

/**
 * Where the likeliest class changes, as line pieces [x1, y1, x2, y2, …] in cells (0 … width, 0 … height).
 *
 * Marching squares between the middles of the cells. For each class that wins at a corner of a square the function
 * "its share − the largest other share" is followed along its zero, so that for two classes this is the .5 line, and
 * where three meet the lines meet. Each border is met from both of its classes; the piece is kept from the lower one.
 * With one answer (one sigmoid unit) the line is where it is .5.
 */
export function contours(field: Field): number[] {
  return field.classes === 1 ? singleContour(field) : winnerContours(field)
}

function singleContour({ width, height, values }: Field): number[] {
  const pieces: number[] = []
  for (let r = 0; r + 1 < height; r++)
    for (let c = 0; c + 1 < width; c++) {
      const i = r * width + c
      square(
        pieces,
        c,
        r,
        values[i]! - 0.5,
        values[i + 1]! - 0.5,
        values[i + width + 1]! - 0.5,
        values[i + width]! - 0.5
      )
    }
  return pieces
}

function winnerContours({ width, height, classes, values }: Field): number[] {
  const winner = new Uint8Array(width * height)
  for (let i = 0; i < winner.length; i++) {
    let best = 0
    for (let k = 1; k < classes; k++) if (values[i * classes + k]! > values[i * classes + best]!) best = k
    winner[i] = best
  }
  const lead = (cell: number, k: number): number => {
    let other = -Infinity
    for (let j = 0; j < classes; j++)
      if (j !== k && values[cell * classes + j]! > other) other = values[cell * classes + j]!
    return values[cell * classes + k]! - other
  }
  const pieces: number[] = []
  for (let r = 0; r + 1 < height; r++)
    for (let c = 0; c + 1 < width; c++) {
      const i = r * width + c
      const corners = [i, i + 1, i + width + 1, i + width] as const
      const found = new Set(corners.map((cell) => winner[cell]!))
      if (found.size < 2) continue
      // Two classes share one border: following it from one of them is enough.
      const follow = found.size === 2 ? [Math.min(...found)] : [...found]
      for (const k of follow)
        square(
          pieces,
          c,
          r,
          lead(corners[0], k),
          lead(corners[1], k),
          lead(corners[2], k),
          lead(corners[3], k)
        )
    }
  return pieces
}

/** The zero line in one square; corners clockwise from the top left. */
function square(out: number[], c: number, r: number, a: number, b: number, d: number, e: number): void {
  const x: number[] = []
  const cross = (u: number, v: number): number => u / (u - v)
  const at = (px: number, py: number): void => void x.push(c + 0.5 + px, r + 0.5 + py)
  if (a > 0 !== b > 0) at(cross(a, b), 0)
  if (b > 0 !== d > 0) at(1, cross(b, d))
  if (e > 0 !== d > 0) at(cross(e, d), 1)
  if (a > 0 !== e > 0) at(0, cross(a, e))
  if (x.length === 4) out.push(...x)
  else if (x.length === 8) {
    // A saddle: the middle's sign says which corners belong together.
    const joined = a + b + d + e > 0 === a > 0
    if (joined) out.push(x[0]!, x[1]!, x[2]!, x[3]!, x[4]!, x[5]!, x[6]!, x[7]!)
    else out.push(x[0]!, x[1]!, x[6]!, x[7]!, x[2]!, x[3]!, x[4]!, x[5]!)
  }
}
