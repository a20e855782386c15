import { paintShares, paintSigned } from '../shared/paint'
import { currentPalette } from '../shared/palette.svelte'
import { app } from '../state/app.svelte'
import { largest } from './field'
import { contours } from './contours'
import { freshContext, strokeSegments } from './layers'
import { drawPoints, readPointInk } from './points'

const WIDTH = 232
const HEIGHT = 176

/** A PNG of the boundary with the points, for lists of projects; undefined where the data is no plane. */
export async function drawThumbnail(): Promise<Uint8Array | undefined> {
  const { map } = app.project
  if (!map) return undefined
  const { points: mapped, domain } = map
  const canvas = document.createElement('canvas')
  const g = freshContext(canvas, WIDTH / window.devicePixelRatio, HEIGHT / window.devicePixelRatio)
  g.setTransform(1, 0, 0, 1, 0, 0)
  const palette = currentPalette()
  g.fillStyle = `rgb(${palette.middle.join(',')})`
  g.fillRect(0, 0, WIDTH, HEIGHT)
  const ink = readPointInk()
  const boundary = app.view.now?.boundary
  if (boundary && app.trainer.run.epoch > 0) {
    const field = document.createElement('canvas')
    const classes = mapped.classes.length > 0
    if (classes) paintShares(field, boundary, palette)
    else paintSigned(field, boundary, largest(mapped.y), palette)
    g.imageSmoothingQuality = 'high'
    g.drawImage(field, 0, 0, WIDTH, HEIGHT)
    if (classes) {
      const scale = { x: WIDTH / boundary.width, y: HEIGHT / boundary.height }
      strokeSegments(g, contours(boundary), scale, ink.ink, 2)
    }
  }
  drawPoints(
    g,
    mapped,
    { width: WIDTH, height: HEIGHT, domain },
    { r: 3.2, ink, shapes: app.settings.classShapes, test: false }
  )
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  return blob ? new Uint8Array(await blob.arrayBuffer()) : undefined
}
