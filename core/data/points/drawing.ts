/*
 * Points that a person has drawn, as text of a document: a character for the number of classes, then five for each
 * point: two for x, two for y, one for its class. Places are whole 4095ths of the plane's side.
 */

/** A point and its class. */
export interface DrawnPoint {
  readonly x: number
  readonly y: number
  readonly label: number
}

/** What a person has drawn. */
export interface Drawing {
  readonly classes: number
  readonly points: readonly DrawnPoint[]
}

/** The plane that is drawn on: [x from, x to, y from, y to]. */
export const DRAWING_DOMAIN: [number, number, number, number] = [-6, 6, -6, 6]
/** A document holds no more points than these. */
export const MOST_DRAWN = 4000
export const DRAWN_CLASSES = { least: 2, most: 10 } as const

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const STEPS = 4095
const WIDTH = 5

/** Nothing drawn, two classes to draw. */
export const EMPTY_DRAWING = `${SIGNS[2]}`

const [FROM, TO] = DRAWING_DOMAIN
const pair = (v: number): string => {
  const step = Math.round((STEPS * (Math.max(FROM, Math.min(TO, v)) - FROM)) / (TO - FROM))
  return `${SIGNS[step >> 6]}${SIGNS[step & 63]}`
}

/** The drawing as text; a place is rounded to 0.003, and what is beyond the plane's edge is put onto it. */
export function encodeDrawing({ classes, points }: Drawing): string {
  return SIGNS[classes]! + points.map(({ x, y, label }) => pair(x) + pair(y) + SIGNS[label]!).join('')
}

/** The drawing in a text; undefined where the text is none. */
export function decodeDrawing(text: string): Drawing | undefined {
  const classes = SIGNS.indexOf(text.charAt(0))
  const count = (text.length - 1) / WIDTH
  const { least, most } = DRAWN_CLASSES
  if (text === '' || classes < least || classes > most || !Number.isInteger(count) || count > MOST_DRAWN)
    return undefined
  const at = (i: number): number => SIGNS.indexOf(text.charAt(i))
  const place = (i: number): number => FROM + ((64 * at(i) + at(i + 1)) / STEPS) * (TO - FROM)
  const points: DrawnPoint[] = []
  for (let i = 1; i < text.length; i += WIDTH) {
    const label = at(i + 4)
    if (label < 0 || label >= classes || [0, 1, 2, 3].some((k) => at(i + k) < 0)) return undefined
    points.push({ x: place(i), y: place(i + 2), label })
  }
  return { classes, points }
}
