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

/** Draws line pieces [x1, y1, x2, y2, …] that are given in cells. */
export function strokePieces(
  g: CanvasRenderingContext2D,
  pieces: readonly number[],
  scale: { readonly x: number; readonly y: number },
  colour: string,
  width: number
): void {
  g.beginPath()
  for (let i = 0; i < pieces.length; i += 4) {
    g.moveTo(pieces[i]! * scale.x, pieces[i + 1]! * scale.y)
    g.lineTo(pieces[i + 2]! * scale.x, pieces[i + 3]! * scale.y)
  }
  g.strokeStyle = colour
  g.lineWidth = width
  g.lineCap = 'round'
  g.stroke()
}
