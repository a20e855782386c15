import { shareOf, type Axis } from './axis'
import { batchPoints, curvePoints, FAINT, FAINTER, LOOKS, type BatchCurve, type Ink } from './curveChart'
import { countText } from './numbers'
import type { LineLook, Lines } from './series'

/** One of the charts as it is drawn. */
export interface DrawnChart {
  readonly id: string
  readonly title: string
  readonly lines: Lines
  readonly raw: Lines | undefined
  readonly y: Axis
  readonly format: (value: number) => string
}

/** The charts of a run. */
export interface CurvesPicture {
  readonly title: string
  readonly epochs: readonly number[]
  readonly charts: readonly DrawnChart[]
  readonly batches: BatchCurve | undefined
  readonly x: Axis
  readonly best: number | undefined
  readonly bandFrom: number | undefined
  readonly legend: readonly { readonly look: LineLook; readonly label: string }[]
}

/** Colours of a drawing: the lines' and the page's. */
export interface PageInk extends Ink {
  readonly ground: string
  readonly text: string
  readonly quiet: string
  readonly grid: string
}

const WIDTH = 900
const HEIGHT = 300
const LEFT = 64
const RIGHT = 20
const HEAD = 46
const TITLE = 26
const FOOT = 30
const BOX = WIDTH - LEFT - RIGHT

/** The charts one below the other as an SVG of 900 px width, readable without this app: fonts are the system's. */
export function curvesSvg(picture: CurvesPicture, ink: PageInk): string {
  const { charts, title, legend, x } = picture
  const height = HEAD + charts.length * (HEIGHT + TITLE) + FOOT
  const parts = charts.map((chart, i) => chartSvg(picture, chart, HEAD + i * (HEIGHT + TITLE), i === 0, ink))
  const bottom = HEAD + charts.length * (HEIGHT + TITLE)
  const labels = x.ticks.map(
    (tick) =>
      `<text x="${px(x, tick)}" y="${bottom + 16}" text-anchor="middle" fill="${ink.quiet}">${countText(tick)}</text>`
  )
  let at = WIDTH - RIGHT
  const keys = [...legend].reverse().map(({ look, label }) => {
    const from = at - 7 * label.length
    at = from - 46
    return `<path d="M${from - 30} 22H${from - 6}" ${strokeOf(look, ink)}/><text x="${from}" y="26" fill="${ink.quiet}">${escaped(label)}</text>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="Inter, system-ui, sans-serif" font-size="13">
<rect width="${WIDTH}" height="${height}" fill="${ink.ground}"/>
<text x="${LEFT}" y="27" font-size="16" font-weight="600" fill="${ink.text}">${escaped(title)}</text>
${[...keys, ...parts, ...labels].join('\n')}
<text x="${WIDTH - RIGHT}" y="${height - 2}" text-anchor="end" fill="${ink.quiet}">epoch</text>
</svg>
`
}

const px = (x: Axis, epoch: number): string => (LEFT + shareOf(x, epoch) * BOX).toFixed(1)

function chartSvg(
  picture: CurvesPicture,
  chart: DrawnChart,
  top: number,
  first: boolean,
  ink: PageInk
): string {
  const { epochs, x, best, bandFrom, batches } = picture
  const { y, lines, raw, title, format, id } = chart
  const above = top + TITLE
  const py = (share: number): string => (above + (1 - share) * HEIGHT).toFixed(1)
  const path = (points: readonly { readonly x: number; readonly y: number }[]): string =>
    points.map((p, i) => `${i === 0 ? 'M' : 'L'}${(LEFT + p.x * BOX).toFixed(1)} ${py(p.y)}`).join('')
  const of = (values: readonly number[], from?: number) => curvePoints(epochs, values, x, y, BOX, from)
  const grid = y.ticks.map(
    (tick) =>
      `<path d="M${LEFT} ${py(shareOf(y, tick))}H${WIDTH - RIGHT}" stroke="${ink.grid}"/><text x="${LEFT - 8}" y="${(Number(py(shareOf(y, tick))) + 4).toFixed(1)}" text-anchor="end" fill="${ink.quiet}">${format(tick)}</text>`
  )
  const named = (look: LineLook) => lines.find((line) => line.look === look)?.values
  const [validation, train] = [named('validation'), named('train')]
  const band =
    first && bandFrom !== undefined && validation && train
      ? `<path d="${path([...of(validation, bandFrom), ...of(train, bandFrom).reverse()])}Z" fill="${ink.band}"/>`
      : ''
  return [
    `<text x="${LEFT}" y="${top + 16}" font-weight="600" fill="${ink.text}">${escaped(title)}</text>`,
    ...grid,
    `<clipPath id="${id}"><rect x="${LEFT}" y="${above - 2}" width="${BOX}" height="${HEIGHT + 4}"/></clipPath>`,
    `<g clip-path="url(#${id})" fill="none" stroke-linejoin="round">`,
    band,
    first && batches
      ? `<path d="${path(batchPoints(batches, x, y, BOX))}" stroke="${ink.train}${FAINTER}"/>`
      : '',
    ...(raw ?? []).map(({ look, values }) => `<path d="${path(of(values))}" stroke="${ink[look]}${FAINT}"/>`),
    ...lines.map(({ look, values }) => `<path d="${path(of(values))}" ${strokeOf(look, ink)}/>`),
    best === undefined || best < x.from || best > x.to
      ? ''
      : `<path d="M${px(x, best)} ${above}V${above + HEIGHT}" stroke="${ink.quiet}" stroke-dasharray="2 3"/>`,
    '</g>'
  ]
    .filter((part) => part !== '')
    .join('\n')
}

function strokeOf(look: LineLook, ink: Ink): string {
  const { dash, thick } = LOOKS[look]
  const dashes = dash.length > 0 ? ` stroke-dasharray="${dash.map((d) => (2 * d).toFixed(1)).join(' ')}"` : ''
  return `stroke="${ink[look]}" stroke-width="${(2 * thick).toFixed(1)}"${dashes}`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)
}
