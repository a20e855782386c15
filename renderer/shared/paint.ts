/** The colours a picture of numbers is painted with, read from the theme. */
export interface Palette {
  /** One colour a class, as [r, g, b]. */
  readonly classes: readonly Rgb[]
  readonly negative: Rgb
  readonly middle: Rgb
  readonly positive: Rgb
  /** Share of colour at full certainty, 0–1. */
  readonly strength: number
}
const STEPS = 5

type Rgb = readonly [number, number, number]

/** The palette of the theme that is on now. */
export function readPalette(element: Element = document.documentElement): Palette {
  const style = getComputedStyle(element)
  const rgb = (name: string): Rgb => {
    const [r = 0, g = 0, b = 0] = style.getPropertyValue(name).trim().split(/\s+/).map(Number)
    return [r, g, b]
  }
  return {
    classes: Array.from({ length: 10 }, (_, k) => rgb(`--field-${k}`)),
    negative: rgb('--neg'),
    middle: rgb('--mid'),
    positive: rgb('--pos'),
    strength: Number(style.getPropertyValue('--field-strength')) || 0.7
  }
}

/**
 * Shares of classes over the plane, [height · width · classes], as a picture: the colour of the likeliest class,
 * the paler the less sure the network is.
 */
export function paintShares(
  canvas: HTMLCanvasElement,
  field: {
    readonly width: number
    readonly height: number
    readonly classes: number
    readonly values: Float32Array
  },
  palette: Palette,
  stepped = false
): void {
  const { width, height, classes, values } = field
  paint(canvas, width, height, (pixel, out) => {
    let r = 0
    let g = 0
    let b = 0
    let top = 0
    for (let k = 0; k < classes; k++) {
      const share = values[pixel * classes + k]!
      const colour = palette.classes[k % 10]!
      r += share * colour[0]
      g += share * colour[1]
      b += share * colour[2]
      if (share > top) top = share
    }
    const sure = steps(Math.max(0, (top - 1 / classes) / (1 - 1 / classes)), stepped)
    mix(out, [r, g, b], palette.middle, palette.strength * sure ** 0.8)
  })
}

/** One neuron's answers over the plane, [height · width], on the diverging map; ±`limit` is full colour. */
export function paintSigned(
  canvas: HTMLCanvasElement,
  field: { readonly width: number; readonly height: number; readonly values: Float32Array },
  limit: number,
  palette: Palette,
  stepped = false
): void {
  const { width, height, values } = field
  paint(canvas, width, height, (pixel, out) => {
    const share = Math.max(-1, Math.min(1, values[pixel]! / limit))
    const v = Math.sign(share) * steps(Math.abs(share), stepped)
    mix(
      out,
      v < 0 ? palette.negative : palette.positive,
      palette.middle,
      palette.strength * Math.abs(v) ** 0.9
    )
  })
}

/** A strength from 0 to 1 as one of five, so that each of them has an edge: a contour. */
function steps(strength: number, stepped: boolean): number {
  return stepped ? Math.min(STEPS - 1, Math.floor(strength * STEPS)) / (STEPS - 1) : strength
}

function mix(out: Uint8ClampedArray, colour: Rgb, ground: Rgb, share: number): void {
  for (let c = 0; c < 3; c++) out[c] = ground[c]! + (colour[c]! - ground[c]!) * share
}

function paint(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  colour: (pixel: number, out: Uint8ClampedArray) => void
): void {
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This canvas has no 2D context.')
  const image = context.createImageData(width, height)
  const out = new Uint8ClampedArray(3)
  for (let pixel = 0; pixel < width * height; pixel++) {
    colour(pixel, out)
    image.data[4 * pixel] = out[0]!
    image.data[4 * pixel + 1] = out[1]!
    image.data[4 * pixel + 2] = out[2]!
    image.data[4 * pixel + 3] = 255
  }
  context.putImageData(image, 0, 0)
}
