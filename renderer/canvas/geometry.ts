/** A rectangle inside a card, from the card's top left corner, in document units. */
export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Sizes that differ between the canvas and the presentation. */
export interface CardStyle {
  readonly header: number
  readonly footer: number
  /** Least height of a card's body. */
  readonly body: number
  /** Largest height of a neuron's tile. */
  readonly tile: number
  readonly large: boolean
}

/** What decides how a card is laid out. */
export interface CardContent {
  readonly role: 'source' | 'layer' | 'sink'
  /** Features of a source, neurons or channels of a layer, classes of a sink. */
  readonly units: number
  /** The data is points in a plane, so that there are pictures over it. */
  readonly plane: boolean
}

/** Where everything is on a card. */
export interface CardGeometry {
  readonly width: number
  readonly height: number
  readonly body: number
  /** The points of the data, or the boundary. */
  readonly picture: Rect | undefined
  /** One rectangle for each unit that is drawn; of a sink, one for each class, on the edge of its picture. */
  readonly units: readonly Rect[]
  /** Units that there are but for which there is no room. */
  readonly hidden: number
  /** Units stand in one column, few enough for a thread each. */
  readonly threads: boolean
}

export const CARD_WIDTH = 150
/** Middle of the header, where the ports of numbers sit. */
export const PORT_Y = 22
/** Most units that get a thread each. */
export const MAX_THREADS = 8
/** Side of the square around a port that takes the pointer. */
export const PORT_HIT = 24

const PAD = 12
const INNER = CARD_WIDTH - 2 * PAD
const TILE_ASPECT = 88 / 50

/** The canvas. */
export const normalStyle: CardStyle = { header: 44, footer: 30, body: 194, tile: 50, large: false }

/** The presentation: no footers, and bodies as high as the box allows. */
export function largeStyle(body: number): CardStyle {
  const height = Math.max(194, Math.min(272, body))
  return { header: 44, footer: 8, body: height, tile: Math.min(68, (height - 28) / 3), large: true }
}

/** Lays out a card. */
export function cardGeometry(content: CardContent, style: CardStyle): CardGeometry {
  const laid =
    content.role === 'source'
      ? layOutSource(content, style)
      : content.role === 'sink'
        ? layOutSink(content, style)
        : layOutUnits(content, style)
  const body = Math.max(style.body, laid.body)
  return { ...laid, body, width: CARD_WIDTH, height: style.header + body + style.footer }
}

type Laid = Omit<CardGeometry, 'width' | 'height'>

function layOutSource({ units, plane }: CardContent, style: CardStyle): Laid {
  if (plane) {
    const picture = {
      x: PAD,
      y: style.header + 6,
      width: INNER,
      height: Math.min(110, Math.round(style.body * 0.443))
    }
    const from = picture.y + picture.height + 10
    const pitch = (style.header + style.body - 8 - from + 8) / units
    const height = Math.round(pitch - 8)
    const width = Math.min(72, Math.round(height * (62 / 38)))
    const rects = Array.from({ length: units }, (_, i) => ({
      x: CARD_WIDTH - PAD - width,
      y: Math.round(from + i * pitch),
      width,
      height
    }))
    return { body: style.body, picture, units: rects, hidden: 0, threads: true }
  }
  const shown = units <= MAX_THREADS ? units : MAX_THREADS - 1
  const pitch = Math.min(30, (style.body - 12) / Math.max(1, units <= MAX_THREADS ? units : MAX_THREADS))
  const height = Math.min(20, pitch - 4)
  const rects = Array.from({ length: shown }, (_, i) => ({
    x: CARD_WIDTH - PAD - 46,
    y: Math.round(style.header + 8 + i * pitch),
    width: 46,
    height
  }))
  return {
    body: style.body,
    picture: undefined,
    units: rects,
    hidden: units - shown,
    threads: units === shown
  }
}

function layOutSink({ units, plane }: CardContent, style: CardStyle): Laid {
  const height = plane ? (style.large ? Math.min(118, Math.round(style.body * 0.6)) : 90) : 52
  // With only the loss below it, picture and loss stand in the middle.
  const top = style.large ? Math.round((style.body - height - 32) / 2) : 8
  const picture = { x: PAD, y: style.header + (plane ? top : 12), width: INNER, height }
  const pitch = Math.min(32, (height - 16) / Math.max(1, units))
  const rects = Array.from({ length: units }, (_, k) => ({
    // Without a picture the lines end at the card's edge, beside the words.
    x: plane ? picture.x : 0,
    y: picture.y + height / 2 + (k - (units - 1) / 2) * pitch,
    width: 0,
    height: 0
  }))
  return {
    body: style.body,
    picture: plane ? picture : undefined,
    units: rects,
    hidden: 0,
    threads: units <= MAX_THREADS
  }
}

function layOutUnits({ units }: CardContent, style: CardStyle): Laid {
  return units <= MAX_THREADS ? column(units, style) : grid(units, style)
}

/** One below the other, as large as fits; the card grows a little for many. */
function column(units: number, style: CardStyle): Laid {
  const gap = units <= 3 ? 9 : units <= 5 ? 7 : 5
  const most = Math.max(style.body - 10, 252)
  const height = Math.max(
    24,
    Math.min(style.tile, Math.floor((most - (units - 1) * gap) / Math.max(1, units)))
  )
  const width = Math.min(INNER, Math.round(height * TILE_ASPECT))
  const total = units * height + Math.max(0, units - 1) * gap
  const body = Math.max(style.body, total + 14)
  const top = style.header + Math.round((body - total) / 2)
  const rects = Array.from({ length: units }, (_, i) => ({
    x: (CARD_WIDTH - width) / 2,
    y: top + i * (height + gap),
    width,
    height
  }))
  return { body, picture: undefined, units: rects, hidden: 0, threads: true }
}

/** Small tiles in rows: as many as the body holds, the last row said in words when there are more. */
function grid(units: number, style: CardStyle): Laid {
  const columns = units <= 21 ? 3 : 4
  const gap = 4
  const width = (INNER - (columns - 1) * gap) / columns
  const height = Math.round(width / TILE_ASPECT)
  const rows = Math.floor((style.body - 14 + gap) / (height + gap))
  const all = Math.ceil(units / columns)
  const captionRows = Math.ceil((style.large ? 24 : 18) / (height + gap))
  const shown = all <= rows ? units : (rows - captionRows) * columns
  const used = Math.ceil(shown / columns)
  const total = used * height + (used - 1) * gap + (shown < units ? 20 : 0)
  const top = style.header + Math.round((style.body - total) / 2)
  const rects = Array.from({ length: shown }, (_, i) => ({
    x: PAD + (i % columns) * (width + gap),
    y: top + Math.floor(i / columns) * (height + gap),
    width,
    height
  }))
  return { body: style.body, picture: undefined, units: rects, hidden: units - shown, threads: false }
}
