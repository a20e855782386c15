import type { ViewWindow } from '@core/ipc'
import type { Windows } from './pictures'

/** As long as a picture may take at twelve a second, in ms. */
export const FRAME_MS = 1000 / 12

/** Pixels of a side below which nothing is made coarser. */
const COARSEST = 25
/** So often 400 pixels, the most a window may ask for, can be halved. */
const MOST_HALVINGS = 4
/** The part of a frame that a finer picture may be expected to take: more, and it would soon be coarser again. */
const ROOM = 0.8

/** How often the sides of the next pictures are to be halved, after pictures with so many halvings took so long. */
export function nextHalvings(halvings: number, ms: number): number {
  if (ms > FRAME_MS) return Math.min(MOST_HALVINGS, halvings + 1)
  // Sides twice as long are four times the points.
  return halvings > 0 && 4 * ms < ROOM * FRAME_MS ? halvings - 1 : halvings
}

/** The same parts of the plane with sides of fewer pixels. */
export function coarser({ boundary, tiles, slice }: Windows, halvings: number): Windows {
  const halved = (side: number): number =>
    Math.min(side, Math.max(COARSEST, Math.round(side / 2 ** halvings)))
  const window = (w: ViewWindow): ViewWindow => ({ ...w, width: halved(w.width), height: halved(w.height) })
  return {
    ...(boundary && { boundary: window(boundary) }),
    ...(tiles && { tiles: window(tiles) }),
    ...(slice && { slice })
  }
}
