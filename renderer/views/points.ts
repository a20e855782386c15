import { colouredBy, type Domain, type MapPoints, type Points } from '../shared/plane'
import { largest } from './field'

/** Shapes for classes, for eyes that cannot tell the colours. */
export const CLASS_SHAPES = ['circle', 'triangle', 'square', 'diamond', 'plus', 'pentagon'] as const
export type Shape = (typeof CLASS_SHAPES)[number]

/** The shape of a class; a circle where shapes are not asked for. */
export function shapeOf(klass: number, shapes: boolean): Shape {
  return shapes ? CLASS_SHAPES[klass % CLASS_SHAPES.length]! : 'circle'
}

/** The outline of a shape around the origin; about the same area for the same `r`. */
export function shapePath(shape: Shape, r: number): string {
  const corners = (count: number, size: number, turn: number): string =>
    `M${Array.from({ length: count }, (_, i) => {
      const a = turn + (2 * Math.PI * i) / count
      return `${(size * Math.sin(a)).toFixed(3)} ${(-size * Math.cos(a)).toFixed(3)}`
    }).join('L')}Z`
  switch (shape) {
    case 'circle':
      return `M${r} 0A${r} ${r} 0 1 1 ${-r} 0A${r} ${r} 0 1 1 ${r} 0Z`
    case 'triangle':
      return corners(3, 1.4 * r, 0)
    case 'square':
      return corners(4, 1.28 * r, Math.PI / 4)
    case 'diamond':
      return corners(4, 1.32 * r, 0)
    case 'pentagon':
      return corners(5, 1.2 * r, 0)
    case 'plus': {
      const a = 1.25 * r
      const b = 0.45 * r
      return `M${-b} ${-a}H${b}V${-b}H${a}V${b}H${b}V${a}H${-b}V${b}H${-a}V${-b}H${-b}Z`
    }
  }
}

/** Colours of points: one a class, and what lies around and inside them. */
export interface PointInk {
  readonly classes: readonly string[]
  readonly surface: string
  readonly ink: string
  /** Of numbers below and above 0, as "r g b". */
  readonly negative: string
  readonly positive: string
}

/** The inks of the theme that is on. */
export function readPointInk(element: Element = document.documentElement): PointInk {
  const style = getComputedStyle(element)
  const value = (name: string): string => style.getPropertyValue(name).trim()
  return {
    classes: Array.from({ length: 10 }, (_, k) => value(`--class-${k}`)),
    surface: value('--surface'),
    ink: value('--ink'),
    negative: value('--neg'),
    positive: value('--pos')
  }
}

/** A picture's size in CSS px, and the part of the plane it shows. */
export interface Frame {
  readonly width: number
  readonly height: number
  readonly domain: Domain
}

/** Where a row lies in the frame, in px. */
export function placeOf(dataset: Points, row: number, { width, height, domain }: Frame): [number, number] {
  const [left, right, bottom, top] = domain
  return [
    ((dataset.x[2 * row]! - left) / (right - left)) * width,
    ((top - dataset.x[2 * row + 1]!) / (top - bottom)) * height
  ]
}

/** The colour of a row's point in CSS: that of its class, or a shade of its number. */
export function rowColour(dataset: MapPoints, ink: PointInk): (row: number) => string {
  const { y } = dataset
  if (colouredBy(dataset) === 'class') return (row) => ink.classes[y[row]! % 10]!
  const limit = largest(y)
  return (row) => {
    const share = y[row]! / limit
    return `rgb(${share < 0 ? ink.negative : ink.positive} / ${(0.25 + 0.75 * Math.abs(share)).toFixed(3)})`
  }
}

/** Draws the points: new ones as rings, training points filled on top; test points as small diamonds where shown. */
export function drawPoints(
  g: CanvasRenderingContext2D,
  dataset: MapPoints,
  frame: Frame,
  {
    r,
    ink,
    shapes,
    test
  }: { readonly r: number; readonly ink: PointInk; readonly shapes: boolean; readonly test: boolean }
): void {
  const colour = rowColour(dataset, ink)
  const classes = colouredBy(dataset) === 'class'
  const shape = (row: number): Shape => shapeOf(dataset.y[row]!, shapes && classes)
  const each = (rows: Int32Array, draw: (row: number) => void): void => {
    for (const row of rows) {
      const [x, y] = placeOf(dataset, row, frame)
      g.save()
      g.translate(x, y)
      draw(row)
      g.restore()
    }
  }
  const path = (size: number) => {
    const paths = new Map<Shape, Path2D>()
    return (shape: Shape): Path2D => {
      if (!paths.has(shape)) paths.set(shape, new Path2D(shapePath(shape, size)))
      return paths.get(shape)!
    }
  }
  const ring = path(0.86 * r)
  const disc = path(r)
  const small = path(0.62 * r)
  const outlined = (outline: Path2D, row: number, width: number): void => {
    g.fillStyle = ink.surface
    g.fill(outline)
    g.lineWidth = width
    g.strokeStyle = colour(row)
    g.stroke(outline)
  }
  if (test) each(dataset.parts.test, (row) => outlined(small('diamond'), row, 0.36 * r))
  each(dataset.parts.validation, (row) => outlined(ring(shape(row)), row, 0.5 * r))
  each(dataset.parts.train, (row) => {
    const outline = disc(shape(row))
    g.fillStyle = colour(row)
    g.fill(outline)
    g.lineWidth = Math.max(1, 0.28 * r)
    g.strokeStyle = ink.surface
    g.stroke(outline)
  })
}

/** Rows that the network gets wrong, of the parts that are shown; none where its answers are to other rows. */
export function wrongRows(dataset: MapPoints, predicted: Int32Array, test: boolean): number[] {
  const { parts, y } = dataset
  if (predicted.length !== dataset.rows) return []
  return [parts.train, parts.validation, ...(test ? [parts.test] : [])].flatMap((rows) =>
    Array.from(rows).filter((row) => predicted[row] !== y[row])
  )
}

/** A ring around each of these rows. */
export function drawHalos(
  g: CanvasRenderingContext2D,
  dataset: Points,
  rows: readonly number[],
  frame: Frame,
  { r, ink }: { readonly r: number; readonly ink: PointInk }
): void {
  g.strokeStyle = ink.ink
  g.lineWidth = Math.max(1.2, 0.26 * r)
  for (const row of rows) {
    const [x, y] = placeOf(dataset, row, frame)
    g.beginPath()
    g.arc(x, y, r + Math.max(1.6, 0.5 * r), 0, 2 * Math.PI)
    g.stroke()
  }
}

/** The shown row closest to a place in px, within `reach`. */
export function rowNear(
  dataset: Points,
  frame: Frame,
  x: number,
  y: number,
  reach: number,
  test: boolean
): number | undefined {
  let found: number | undefined
  let nearest = reach ** 2
  const { parts } = dataset
  for (const rows of [parts.train, parts.validation, ...(test ? [parts.test] : [])])
    for (const row of rows) {
      const [px, py] = placeOf(dataset, row, frame)
      const distance = (px - x) ** 2 + (py - y) ** 2
      if (distance <= nearest) {
        nearest = distance
        found = row
      }
    }
  return found
}
