/** What a network can be given of a point of the plane. */
export interface PlaneInput {
  readonly label: string
  readonly help: string
  readonly of: (x: number, y: number) => number
}

/** The seven inputs of the classic browser playground, in its order. */
export const PLANE_INPUTS = {
  x: { label: 'x', help: 'The place from left to right.', of: (x) => x },
  y: { label: 'y', help: 'The place from bottom to top.', of: (_x, y) => y },
  xSquared: { label: 'x²', help: 'With y² it makes circles.', of: (x) => x * x },
  ySquared: { label: 'y²', help: 'With x² it makes circles.', of: (_x, y) => y * y },
  product: { label: 'x · y', help: 'Tells the corners of a checkerboard apart.', of: (x, y) => x * y },
  sineX: { label: 'sin x', help: 'Makes upright stripes.', of: (x) => Math.sin(x) },
  sineY: { label: 'sin y', help: 'Makes level stripes.', of: (_x, y) => Math.sin(y) }
} as const satisfies { readonly [name: string]: PlaneInput }
export type PlaneInputName = keyof typeof PLANE_INPUTS

/** The two places themselves. */
export const PLACES: readonly PlaneInputName[] = ['x', 'y']

/** These inputs of points [rows, 2] as [rows, inputs]; the same array where they are the places themselves. */
export function planeInputs(points: Float32Array, names: readonly PlaneInputName[]): Float32Array {
  if (names.join() === PLACES.join()) return points
  const made = names.map((name): PlaneInput => PLANE_INPUTS[name])
  const rows = points.length / 2
  const values = new Float32Array(rows * made.length)
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < made.length; i++)
      values[row * made.length + i] = made[i]!.of(points[2 * row]!, points[2 * row + 1]!)
  return values
}
