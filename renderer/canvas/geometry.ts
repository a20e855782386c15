/** A rectangle inside a card, from the card's top left corner, in document units. */
export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Sizes that differ between the canvas and the presentation, and between projects. */
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
  /** Features of a source, neurons or channels of a layer, answers of a sink. */
  readonly units: number
  /** Lengths of the shape of what comes out of it: 1 for a row of numbers, 2 for a sequence, 3 for a picture. */
  readonly rank: number
  /** Of a source: its points have a picture. */
  readonly plane: boolean
  /** Answers have pictures over the plane: tiles for neurons, a map for the output. */
  readonly map: boolean
  /** Of a source: pictures or sequences to show. */
  readonly examples: number
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
  /** One rectangle for each example that is drawn. */
  readonly examples: readonly Rect[]
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
/** Circles in a row. */
const DOTS = 8
/** Height of an input's picture below the points, with the gap to the next one. */
const LEAST_PITCH = 27
/** Height of a line of words. */
const CAPTION = 16
export const captionOf = (style: CardStyle): number => (style.large ? 22 : CAPTION)

/** The canvas. */
export const normalStyle: CardStyle = { header: 44, footer: 30, body: 194, tile: 50, large: false }

/**
 * The canvas for a project: lower cards where the data is no points, and a second line in the footer where words are
 * as long as "28 × 28 × 8".
 */
export function canvasStyle({ plane, long }: { readonly plane: boolean; readonly long: boolean }): CardStyle {
  return {
    ...normalStyle,
    body: plane ? normalStyle.body : 138,
    footer: long ? TWO_LINES : normalStyle.footer
  }
}

/** Height of a footer with two lines. */
export const TWO_LINES = 46

/** The presentation: no footers, and bodies as high as the box allows. */
export function largeStyle(body: number): CardStyle {
  const height = Math.max(194, Math.min(272, body))
  return { header: 44, footer: 8, body: height, tile: Math.min(68, (height - 28) / 3), large: true }
}

/** Lays out a card. */
export function cardGeometry(content: CardContent, style: CardStyle): CardGeometry {
  const laid = layOut(content, style)
  const body = Math.max(style.body, laid.body)
  return { ...laid, body, width: CARD_WIDTH, height: style.header + body + style.footer }
}

type Laid = Omit<CardGeometry, 'width' | 'height'>

function layOut(content: CardContent, style: CardStyle): Laid {
  if (content.role === 'source') return layOutSource(content, style)
  if (content.role === 'sink') return layOutSink(content, style)
  if (content.map)
    return content.units <= MAX_THREADS ? column(content.units, style) : grid(content.units, style)
  return content.rank > 1 ? nothing(style) : dots(content.units, style)
}

function nothing(style: CardStyle): Laid {
  return { body: style.body, picture: undefined, units: [], examples: [], hidden: 0, threads: false }
}

function layOutSource({ units, plane, examples, rank }: CardContent, style: CardStyle): Laid {
  if (rank > 1)
    return { ...nothing(style), examples: rank === 2 ? stripes(examples, style) : squares(examples, style) }
  if (plane) {
    const picture = {
      x: PAD,
      y: style.header + 6,
      width: INNER,
      height: Math.min(110, Math.round(style.body * 0.443))
    }
    const from = picture.y + picture.height + 10
    const pitch = Math.max(LEAST_PITCH, (style.header + style.body - from) / units)
    const height = Math.round(pitch - 8)
    const width = Math.min(72, Math.round(height * (62 / 38)))
    const rects = Array.from({ length: units }, (_, i) => ({
      x: CARD_WIDTH - PAD - width,
      y: Math.round(from + i * pitch),
      width,
      height
    }))
    const body = Math.max(style.body, Math.ceil(from + units * pitch - style.header))
    return { ...nothing(style), body, picture, units: rects, threads: true }
  }
  const shown = units <= MAX_THREADS ? units : MAX_THREADS - 1
  const lines = Math.max(1, units <= MAX_THREADS ? units : MAX_THREADS)
  const pitch = Math.max(captionOf(style) + 2, Math.min(30, (style.body - 12) / lines))
  const height = Math.min(20, pitch - 4)
  const rects = Array.from({ length: shown }, (_, i) => ({
    x: CARD_WIDTH - PAD - 46,
    y: Math.round(style.header + 8 + i * pitch),
    width: 46,
    height
  }))
  return {
    ...nothing(style),
    body: Math.ceil(Math.max(style.body, lines * pitch + 12)),
    units: rects,
    hidden: units - shown,
    threads: units === shown
  }
}

/** Two pictures side by side, with a line of words below each. */
function squares(count: number, style: CardStyle): Rect[] {
  const rows = Math.ceil(count / 2)
  const gap = 10
  const pitch = (style.body - 12) / Math.max(1, rows)
  const caption = captionOf(style)
  const side = Math.min((INNER - gap) / 2, pitch - caption - 4)
  const left = (CARD_WIDTH - 2 * side - gap) / 2
  const high = side + caption + 4
  const top = style.header + (style.body - rows * high) / 2
  return Array.from({ length: count }, (_, i) => ({
    x: left + (i % 2) * (side + gap),
    y: Math.round(top + Math.floor(i / 2) * high),
    width: side,
    height: side
  }))
}

/** Sequences one below the other, as wide as the card, with a line of words below each. */
function stripes(count: number, style: CardStyle): Rect[] {
  const pitch = (style.body - 12) / Math.max(1, count)
  return Array.from({ length: count }, (_, i) => ({
    x: PAD,
    y: Math.round(style.header + 8 + i * pitch),
    width: INNER,
    // One alone has room to be read.
    height: Math.min(count === 1 ? 72 : style.large ? 48 : 36, pitch - captionOf(style) - 2)
  }))
}

function layOutSink({ units, map: plane }: CardContent, style: CardStyle): Laid {
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
    ...nothing(style),
    picture: plane ? picture : undefined,
    units: rects,
    threads: units <= MAX_THREADS
  }
}

/** A small circle a unit: one below the other where each gets threads, else in rows. */
function dots(units: number, style: CardStyle): Laid {
  const few = units <= MAX_THREADS
  const columns = few ? 1 : Math.min(DOTS, Math.ceil(units / 2))
  const gap = few ? Math.min(8, 40 / Math.max(1, units)) : 5
  const size = few ? Math.min(20, (style.body - 16) / Math.max(1, units) - gap) : 10
  const most = columns * Math.floor((style.body - 40) / (size + gap))
  const shown = few ? units : Math.min(units, most)
  const rows = Math.ceil(shown / columns)
  const width = columns * (size + gap) - gap
  const height = rows * (size + gap) - gap + (shown < units ? captionOf(style) + 4 : 0)
  const top = style.header + (style.body - height) / 2
  const rects = Array.from({ length: shown }, (_, i) => ({
    x: (CARD_WIDTH - width) / 2 + (i % columns) * (size + gap),
    y: top + Math.floor(i / columns) * (size + gap),
    width: size,
    height: size
  }))
  return { ...nothing(style), units: rects, hidden: units - shown, threads: few }
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
  return { ...nothing(style), body, units: rects, threads: true }
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
  return { ...nothing(style), units: rects, hidden: units - shown }
}
