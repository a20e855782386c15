import type { TrainerView } from '@core/ipc'
import { paintShares, paintSigned, type Palette } from '../shared/paint'
import { colouredBy, type Domain, type Points } from '../shared/plane'
import { contours } from '../views/contours'
import { largest } from '../views/field'
import { strokeSegments } from '../views/layers'

/** Pixels a document unit on a card: crisp up to twice the size. */
const SHARP = 2

/** More points than this add nothing to a picture of this size. */
const MAX_POINTS = 1500

function prepare(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  const scale = SHARP * Math.max(1, window.devicePixelRatio)
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('This canvas has no 2D context.')
  context.scale(scale, scale)
  return context
}

const rgb = (c: readonly [number, number, number]): string => `rgb(${c.join(' ')})`

/**
 * The points of the data on a plain ground, in document units of the canvas' size: in the colour of their class, or of
 * their number from the most negative to the most positive.
 */
export function drawPoints(
  canvas: HTMLCanvasElement,
  size: { readonly width: number; readonly height: number },
  points: Points,
  [left, right, bottom, top]: Domain,
  palette: Palette
): void {
  const { x, rows } = points
  const { width, height } = size
  const context = prepare(canvas, width, height)
  context.fillStyle = rgb(palette.middle)
  context.fillRect(0, 0, width, height)
  const colour = pointColour(points, getComputedStyle(canvas), palette)
  const stride = Math.max(1, Math.floor(rows / MAX_POINTS))
  const radius = rows > 600 ? 1.2 : 1.7
  for (let i = 0; i < rows; i += stride) {
    context.fillStyle = colour(i)
    context.beginPath()
    context.arc(
      ((x[2 * i]! - left) / (right - left)) * width,
      ((top - x[2 * i + 1]!) / (top - bottom)) * height,
      radius,
      0,
      7
    )
    context.fill()
  }
}

/** The colour of a row's point. */
function pointColour(points: Points, style: CSSStyleDeclaration, palette: Palette): (row: number) => string {
  const { y } = points
  const told = colouredBy(points)
  if (y && told === 'class') {
    const colours = Array.from({ length: 10 }, (_, k) => style.getPropertyValue(`--class-${k}`))
    return (row) => colours[y[row]! % 10]!
  }
  const plain = style.getPropertyValue('--ink-3')
  if (!y || told === undefined) return () => plain
  const limit = largest(y)
  return (row) => {
    const share = y[row]! / limit
    return `rgb(${(share < 0 ? palette.negative : palette.positive).join(' ')} / ${(0.25 + 0.75 * Math.abs(share)).toFixed(3)})`
  }
}

/**
 * What the network answers over the plane, with the lines between the classes; numbers, of which ±`limit` is full
 * colour, where that is given.
 */
export function drawBoundary(
  canvas: HTMLCanvasElement,
  scratch: HTMLCanvasElement,
  size: { readonly width: number; readonly height: number },
  boundary: NonNullable<TrainerView['boundary']>,
  palette: Palette,
  limit?: number
): void {
  const { width, height } = size
  if (limit === undefined) paintShares(scratch, boundary, palette)
  else paintSigned(scratch, boundary, limit, palette)
  const context = prepare(canvas, width, height)
  context.imageSmoothingQuality = 'high'
  context.drawImage(scratch, 0, 0, width, height)
  const ink = getComputedStyle(canvas).getPropertyValue('--ink')
  const cell = { x: width / boundary.width, y: height / boundary.height }
  if (limit !== undefined) return
  context.globalAlpha = 0.85
  strokeSegments(context, contours(boundary), cell, ink, 1.25)
  context.globalAlpha = 1
}
