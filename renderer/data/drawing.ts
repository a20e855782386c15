import {
  DRAWING_DOMAIN,
  DRAWN_CLASSES,
  decodeDrawing,
  encodeDrawing,
  MOST_DRAWN,
  type Drawing,
  type DrawnPoint
} from '@core/data/points/drawing'
import { applyEdit, type Edit } from '@core/document/edits'
import type { Document } from '@core/document/schema'
import type { ProjectFiles } from '@core/data/files'
import { fixAll } from '../problems/fixAll'

/** What the pointer does on the map. */
export type DrawingTool = 'draw' | 'move' | 'erase'

interface Place {
  readonly x: number
  readonly y: number
}

/** The drawing of a document; undefined where its data is something else. */
export function drawingOf({ data }: Document): Drawing | undefined {
  const { type, config } = data.source
  return type === 'drawn' ? decodeDrawing(config['drawing'] as string) : undefined
}

/** The edit that puts another drawing into the document. */
export function drawingEdit({ data }: Document, drawing: Drawing): Edit {
  const { type, config } = data.source
  return {
    kind: 'setData',
    change: { source: { type, config: { ...config, drawing: encodeDrawing(drawing) } } }
  }
}

/** With a point more; the same drawing where there is no room for another one. */
export function withPoint(drawing: Drawing, point: DrawnPoint): Drawing {
  if (drawing.points.length >= MOST_DRAWN) return drawing
  return { ...drawing, points: [...drawing.points, inPlane(point)] }
}

/** The point closest to a place, within `reach`; −1 where there is none. */
export function pointNear({ points }: Drawing, { x, y }: Place, reach: Place): number {
  let found = -1
  let nearest = 1
  for (const [i, p] of points.entries()) {
    const distance = Math.hypot((p.x - x) / reach.x, (p.y - y) / reach.y)
    if (distance <= nearest) {
      nearest = distance
      found = i
    }
  }
  return found
}

/** Without the points within `reach` of a place; the same drawing where there are none. */
export function withoutNear(drawing: Drawing, { x, y }: Place, reach: Place): Drawing {
  const points = drawing.points.filter((p) => Math.hypot((p.x - x) / reach.x, (p.y - y) / reach.y) > 1)
  return points.length === drawing.points.length ? drawing : { ...drawing, points }
}

/** With a point elsewhere. */
export function withMoved(drawing: Drawing, index: number, { x, y }: Place): Drawing {
  return {
    ...drawing,
    points: drawing.points.map((p, i) => (i === index ? inPlane({ ...p, x, y }) : p))
  }
}

/**
 * A class more, or the last one less with its points. Where the network fitted the classes before, the edit makes it
 * fit again.
 */
export function classesEdit(document: Document, files: ProjectFiles, by: 1 | -1): Edit | undefined {
  const drawing = drawingOf(document)
  const classes = (drawing?.classes ?? 0) + by
  if (!drawing || classes < DRAWN_CLASSES.least || classes > DRAWN_CLASSES.most) return undefined
  const edit = drawingEdit(document, {
    classes,
    points: drawing.points.filter(({ label }) => label < classes)
  })
  return {
    kind: 'all',
    label: by > 0 ? 'add a class' : 'remove a class',
    edits: [edit, ...fixAll(applyEdit(document, edit), files).edits]
  }
}

function inPlane({ x, y, label }: DrawnPoint): DrawnPoint {
  const [left, right, bottom, top] = DRAWING_DOMAIN
  return { x: Math.max(left, Math.min(right, x)), y: Math.max(bottom, Math.min(top, y)), label }
}
