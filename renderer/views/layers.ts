import type { Segment } from '../shared/contour'

/** A canvas made as large as it is shown, at the screen's own resolution, cleared, with CSS px as its units. */
export function freshContext(
  canvas: HTMLCanvasElement,
  width: number,
  height: number
): CanvasRenderingContext2D {
  const ratio = Math.max(1, window.devicePixelRatio)
  const w = Math.max(1, Math.round(width * ratio))
  const h = Math.max(1, Math.round(height * ratio))
  if (canvas.width !== w) canvas.width = w
  if (canvas.height !== h) canvas.height = h
  const g = canvas.getContext('2d')
  if (!g) throw new Error('This canvas has no 2D context.')
  g.setTransform(1, 0, 0, 1, 0, 0)
  g.clearRect(0, 0, w, h)
  g.setTransform(ratio, 0, 0, ratio, 0, 0)
  return g
}

/** Draws line pieces that are given in cells. */
export function strokeSegments(
  g: CanvasRenderingContext2D,
  segments: readonly Segment[],
  scale: { readonly x: number; readonly y: number },
  colour: string,
  width: number
): void {
  g.beginPath()
  for (const [x1, y1, x2, y2] of segments) {
    g.moveTo(x1 * scale.x, y1 * scale.y)
    g.lineTo(x2 * scale.x, y2 * scale.y)
  }
  g.strokeStyle = colour
  g.lineWidth = width
  g.lineCap = 'round'
  g.stroke()
}
