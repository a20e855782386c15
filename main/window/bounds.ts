import { z } from 'zod'

/** A rectangle on the desktop, in device-independent pixels. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The smallest window in which everything fits. */
export const MIN_SIZE = { width: 1024, height: 700 }
const DEFAULT_SIZE = { width: 1360, height: 860 }
/** So much of the title bar has to be on a screen for a person to get hold of it. */
const GRIP = { width: 120, height: 40 }

/** What is remembered of the window. */
export const placeSchema = z.strictObject({
  bounds: z.strictObject({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() }),
  maximized: z.boolean()
})
export type Place = z.infer<typeof placeSchema>

const overlap = (from: number, length: number, start: number, end: number): number =>
  Math.min(from + length, end) - Math.max(from, start)

/** Where to open the window: where it was if that is on a screen still, else in the middle of the first one. */
export function openingBounds(
  place: Place | undefined,
  workAreas: readonly Rectangle[]
): Partial<Rectangle> & { readonly width: number; readonly height: number } {
  const first = workAreas[0] ?? { x: 0, y: 0, ...DEFAULT_SIZE }
  const fit = (area: Rectangle, size: { readonly width: number; readonly height: number }) => ({
    width: Math.min(Math.max(size.width, MIN_SIZE.width), area.width),
    height: Math.min(Math.max(size.height, MIN_SIZE.height), area.height)
  })
  if (place) {
    const { x, y, width } = place.bounds
    const screen = workAreas.find(
      (area) =>
        overlap(x, width, area.x, area.x + area.width) >= GRIP.width &&
        y >= area.y - GRIP.height / 2 &&
        y + GRIP.height <= area.y + area.height
    )
    return screen ? { x, y, ...fit(screen, place.bounds) } : fit(first, place.bounds)
  }
  return fit(first, DEFAULT_SIZE)
}
