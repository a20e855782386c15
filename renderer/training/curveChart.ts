import { Chart, Filler, LinearScale, LineController, LineElement, PointElement } from 'chart.js'
import type { BatchLosses } from '@core/run/batchLosses'
import { shareOf, type Axis } from './axis'
import { shownPlaces } from './decimate'
import type { LineLook, Lines } from './series'

Chart.register(Filler, LinearScale, LineController, LineElement, PointElement)

/** Room around the lines, in px: everything else on the chart is placed by the same numbers. */
export interface Margins {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** What one chart shows. */
export interface CurvePicture {
  readonly epochs: readonly number[]
  readonly lines: Lines
  /** The lines before smoothing, drawn faintly; absent where nothing is smoothed. */
  readonly raw: Lines | undefined
  /** The loss of every update, drawn faintly. */
  readonly batches: BatchCurve | undefined
  readonly x: Axis
  readonly y: Axis
  /** Fills the gap between training and validation from this epoch on. */
  readonly bandFrom: number | undefined
  readonly width: number
}

/** The loss of every update, and how many updates make an epoch. */
export interface BatchCurve {
  readonly losses: BatchLosses
  readonly stepsPerEpoch: number
}

/** Colours of lines and of the band. */
export type Ink = { readonly [L in LineLook]: string } & { readonly band: string }

/** Dashes and thickness, in widths of the plain line. */
export const LOOKS: {
  readonly [L in LineLook]: { readonly dash: readonly number[]; readonly thick: number }
} = {
  train: { dash: [], thick: 1 },
  validation: { dash: [3, 1.8], thick: 1.15 },
  second: { dash: [7, 2.2], thick: 1.15 }
}
/** The lines before smoothing are this faint, as the last two digits of a colour. */
export const FAINT = '4d'
/** So are those of every batch. */
export const FAINTER = '2b'
/** Charts have room for so many lines. */
const MOST = 2

type Point = { x: number; y: number }

const drawable = (y: Axis, value: number): boolean => Number.isFinite(value) && (!y.log || value > 0)

/** What is drawn of a line, as shares of the axes. */
export function curvePoints(
  epochs: readonly number[],
  values: readonly number[],
  x: Axis,
  y: Axis,
  columns: number,
  from = -Infinity
): Point[] {
  return shownPlaces(epochs, values, Math.max(x.from, from), x.to, columns)
    .filter((i) => epochs[i]! >= from && drawable(y, values[i]!))
    .map((i) => ({ x: shareOf(x, epochs[i]!), y: shareOf(y, values[i]!) }))
}

/** What is drawn of the losses of every update: the least and the largest of each column. */
export function batchPoints(
  { losses, stepsPerEpoch }: BatchCurve,
  x: Axis,
  y: Axis,
  columns: number
): Point[] {
  const { from, stride, length, low, high } = losses
  const places = stepsPerEpoch / stride
  const first = Math.max(0, Math.floor(x.from * places - from / stride))
  const end = Math.min(length, Math.ceil(x.to * places - from / stride) + 1)
  const each = Math.max(1, Math.floor((end - first) / columns))
  const points: Point[] = []
  for (let start = first; start < end; start += each) {
    let least = Infinity
    let most = -Infinity
    for (let i = start; i < Math.min(end, start + each); i++) {
      if (low[i]! < least) least = low[i]!
      if (high[i]! > most) most = high[i]!
    }
    const at = shareOf(x, (from + stride * (start + 0.5 * each)) / stepsPerEpoch)
    if (drawable(y, least)) points.push({ x: at, y: shareOf(y, least) })
    if (most > least && drawable(y, most)) points.push({ x: at, y: shareOf(y, most) })
  }
  return points
}

/**
 * A chart.js chart that draws lines and nothing else. Values are handed over as shares of the axis, so that lines,
 * labels, slider and cursor all go by `axis.ts`; labels are text of the page, which a canvas cannot set tabular.
 */
export class CurveChart {
  private readonly chart: Chart<'line', Point[]>

  constructor(canvas: HTMLCanvasElement, margins: Margins) {
    const line = { data: [], pointRadius: 0, pointHitRadius: 0, tension: 0 }
    this.chart = new Chart<'line', Point[]>(canvas, {
      type: 'line',
      data: {
        datasets: [
          ...Array.from({ length: 2 * MOST }, () => ({ ...line })),
          { ...line, fill: '+1', borderWidth: 0 },
          { ...line, borderWidth: 0 },
          line
        ]
      },
      options: {
        animation: false,
        parsing: false,
        normalized: true,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        layout: { autoPadding: false, padding: { ...margins } },
        elements: { line: { borderJoinStyle: 'round' } },
        scales: {
          x: { type: 'linear', display: false, min: 0, max: 1 },
          y: { type: 'linear', display: false, min: 0, max: 1 }
        }
      }
    })
  }

  draw({ epochs, lines, raw, batches, x, y, bandFrom, width }: CurvePicture, ink: Ink): void {
    const columns = Math.max(1, Math.round(this.chart.width))
    const points = (values: readonly number[] | undefined, from = -Infinity): Point[] =>
      values ? curvePoints(epochs, values, x, y, columns, from) : []
    const { datasets } = this.chart.data
    for (let i = 0; i < MOST; i++) {
      const line = lines[i]
      const { dash, thick } = LOOKS[line?.look ?? 'train']
      Object.assign(datasets[i]!, {
        data: points(line?.values),
        borderColor: line && ink[line.look],
        borderWidth: width * thick,
        borderDash: dash.map((d) => d * width),
        borderCapStyle: dash.length === 0 ? 'round' : 'butt'
      })
      const before = raw?.[i]
      Object.assign(datasets[MOST + i]!, {
        data: points(before?.values),
        borderColor: before && `${ink[before.look]}${FAINT}`,
        borderWidth: 1
      })
    }
    const named = (look: LineLook) => lines.find((l) => l.look === look)?.values
    const band = bandFrom !== undefined && named('validation') !== undefined
    Object.assign(datasets[2 * MOST]!, {
      data: band ? points(named('validation'), bandFrom) : [],
      backgroundColor: ink.band
    })
    Object.assign(datasets[2 * MOST + 1]!, { data: band ? points(named('train'), bandFrom) : [] })
    Object.assign(datasets[2 * MOST + 2]!, {
      data: batches ? batchPoints(batches, x, y, columns) : [],
      borderColor: `${ink.train}${FAINTER}`,
      borderWidth: 1
    })
    this.chart.update('none')
  }

  destroy(): void {
    this.chart.destroy()
  }
}

/** The inks of the theme that is on. */
export function readInk(element: Element): Ink {
  const style = getComputedStyle(element)
  const value = (name: string): string => style.getPropertyValue(name).trim()
  return {
    train: value('--train'),
    validation: value('--test'),
    second: value('--accent'),
    band: value('--test-tint')
  }
}
