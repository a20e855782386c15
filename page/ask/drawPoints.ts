import type { Dataset } from '@core/data/dataset'

/** More would only cover the map. */
const MOST_DRAWN = 1500

/** Draws the points of the data over a map, each class in its colour and its form. */
export function drawPoints(
  canvas: HTMLCanvasElement,
  width: number,
  { plane, rows, y, classes, parts }: Dataset,
  [left, right, bottom, top]: readonly [number, number, number, number]
): void {
  const scale = window.devicePixelRatio
  const side = Math.round(width * scale)
  canvas.width = side
  canvas.height = side
  const context = canvas.getContext('2d')
  if (!context || !plane || !y) return
  const style = getComputedStyle(canvas)
  const each = Math.max(1, Math.ceil(rows / MOST_DRAWN))
  const radius = (width < 360 ? 3 : 4) * scale
  const held = new Set([...parts.validation, ...parts.test])
  context.lineWidth = 1.2 * scale
  for (let row = 0; row < rows; row += each) {
    const x = ((plane.points[2 * row]! - left) / (right - left)) * side
    const v = ((top - plane.points[2 * row + 1]!) / (top - bottom)) * side
    const label = classes.length > 0 ? y[row]! : 0
    const colour = style.getPropertyValue(classes.length > 0 ? `--class-${label % 10}` : '--ink-2')
    form(context, x, v, radius, classes.length > 0 ? label : 0)
    // What it does not learn from is hollow.
    context.fillStyle = held.has(row) ? style.getPropertyValue('--surface') : colour
    context.strokeStyle = held.has(row) ? colour : style.getPropertyValue('--surface')
    context.fill()
    context.stroke()
  }
}

/** A disc, a square, a triangle or a diamond: classes are told apart without colours, too. */
function form(context: CanvasRenderingContext2D, x: number, y: number, r: number, label: number): void {
  context.beginPath()
  if (label % 4 === 0) return context.arc(x, y, r, 0, 2 * Math.PI)
  const corners = label % 4 === 2 ? 3 : 4
  const turn = label % 4 === 1 ? Math.PI / 4 : -Math.PI / 2
  for (let i = 0; i < corners; i++) {
    const angle = turn + (2 * Math.PI * i) / corners
    context.lineTo(x + 1.25 * r * Math.cos(angle), y + 1.25 * r * Math.sin(angle))
  }
  context.closePath()
}
