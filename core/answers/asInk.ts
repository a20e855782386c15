/** Share of a picture's side that ink fills in MNIST: 20 of 28 pixels. */
const FILLED = 20 / 28

/**
 * A drawing [height · width] of ink, 0 to 1, brought to the size and the place that MNIST's digits have: its longer side
 * fills 20 of 28 pixels, and its centre of mass lies in the middle (Y. LeCun, The MNIST database). The same drawing
 * where there is no ink.
 */
export function asInk(drawing: Float32Array, height: number, width: number): Float32Array<ArrayBuffer> {
  const box = boxOf(drawing, height, width)
  if (!box) return Float32Array.from(drawing)
  const { left, right, top, bottom } = box
  const scale = Math.max((right - left + 1) / (FILLED * width), (bottom - top + 1) / (FILLED * height))
  const mass = massOf(drawing, height, width)
  const found = new Float32Array(height * width)
  for (let i = 0; i < height; i++)
    for (let j = 0; j < width; j++)
      found[i * width + j] = areaMean(
        drawing,
        { height, width },
        { y: mass.y + (i - (height - 1) / 2) * scale, x: mass.x + (j - (width - 1) / 2) * scale },
        scale
      )
  return found
}

/** The smallest box with all ink in it. */
function boxOf(drawing: Float32Array, height: number, width: number) {
  let [left, right, top, bottom] = [width, -1, height, -1]
  for (let i = 0; i < height; i++)
    for (let j = 0; j < width; j++)
      if (drawing[i * width + j]! > 0.05) {
        left = Math.min(left, j)
        right = Math.max(right, j)
        top = Math.min(top, i)
        bottom = Math.max(bottom, i)
      }
  return right < 0 ? undefined : { left, right, top, bottom }
}

function massOf(drawing: Float32Array, height: number, width: number) {
  let [x, y, all] = [0, 0, 0]
  for (let i = 0; i < height; i++)
    for (let j = 0; j < width; j++) {
      const ink = drawing[i * width + j]!
      x += ink * j
      y += ink * i
      all += ink
    }
  return { x: x / all, y: y / all }
}

/** Samples of a pixel's side, so that shrinking loses no line. */
const SAMPLES = 4

/** The mean of a drawing over a square of this side around a point; between pixels it is interpolated. */
function areaMean(
  drawing: Float32Array,
  { height, width }: { readonly height: number; readonly width: number },
  { x, y }: { readonly x: number; readonly y: number },
  side: number
): number {
  const at = (row: number, column: number): number =>
    row < 0 || column < 0 || row >= height || column >= width ? 0 : drawing[row * width + column]!
  let sum = 0
  for (let a = 0; a < SAMPLES; a++)
    for (let b = 0; b < SAMPLES; b++) {
      const v = y + ((a + 0.5) / SAMPLES - 0.5) * side
      const u = x + ((b + 0.5) / SAMPLES - 0.5) * side
      const [row, column] = [Math.floor(v), Math.floor(u)]
      const [down, across] = [v - row, u - column]
      sum +=
        (1 - down) * ((1 - across) * at(row, column) + across * at(row, column + 1)) +
        down * ((1 - across) * at(row + 1, column) + across * at(row + 1, column + 1))
    }
  return sum / SAMPLES ** 2
}

/** A round brush: draws a line into a picture [height · width · channels], in pixels from the top left corner's middle. */
export function stroke(
  picture: Float32Array,
  shape: readonly [height: number, width: number, channels: number],
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
  brush: { readonly radius: number; readonly colour: readonly number[] }
): Float32Array<ArrayBuffer> {
  const [height, width, channels] = shape
  const found = Float32Array.from(picture)
  const [dx, dy] = [to.x - from.x, to.y - from.y]
  const length = dx * dx + dy * dy
  for (let i = 0; i < height; i++)
    for (let j = 0; j < width; j++) {
      const along =
        length > 0 ? Math.max(0, Math.min(1, ((j - from.x) * dx + (i - from.y) * dy) / length)) : 0
      const far = Math.hypot(j - from.x - along * dx, i - from.y - along * dy)
      // Soft over one pixel at its edge.
      const cover = Math.max(0, Math.min(1, brush.radius + 0.5 - far))
      if (cover === 0) continue
      for (let c = 0; c < channels; c++) {
        const at = (i * width + j) * channels + c
        const colour = brush.colour[c % brush.colour.length]!
        // One stroke after another adds up to no more than the brush's colour.
        const mixed = found[at]! + cover * (colour - found[at]!)
        found[at] = colour > 0.5 && channels === 1 ? Math.max(found[at]!, cover * colour) : mixed
      }
    }
  return found
}
