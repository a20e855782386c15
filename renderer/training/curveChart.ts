import { Chart, Decimation, Filler, LinearScale, LineController, LineElement, PointElement } from 'chart.js'
import { shareOf, type Axis } from './axis'
import type { LineLook, Lines } from './series'

Chart.register(Decimation, Filler, LinearScale, LineController, LineElement, PointElement)

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
  readonly x: Axis
  readonly y: Axis
  /** Fills the gap between training and validation from this epoch on. */
  readonly bandFrom: number | undefined
  readonly width: number
}

type Ink = { readonly [L in LineLook]: string } & { readonly band: string }

/** Dashes and thickness, in widths of the plain line. */
const LOOKS: { readonly [L in LineLook]: { readonly dash: readonly number[]; readonly thick: number } } = {
  train: { dash: [], thick: 1 },
  validation: { dash: [3, 1.8], thick: 1.15 },
  second: { dash: [7, 2.2], thick: 1.15 }
}
/** The lines before smoothing are this faint, as the last two digits of a colour. */
const FAINT = '4d'
/** Charts have room for so many lines. */
const MOST = 2

type Point = { x: number; y: number }

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
          { ...line, borderWidth: 0 }
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
        plugins: { decimation: { enabled: true, algorithm: 'min-max' } },
        elements: { line: { borderJoinStyle: 'round' } },
        scales: {
          x: { type: 'linear', display: false, min: 0, max: 1 },
          y: { type: 'linear', display: false, min: 0, max: 1 }
        }
      }
    })
  }

  draw({ epochs, lines, raw, x, y, bandFrom, width }: CurvePicture, ink: Ink): void {
    const points = (values: readonly number[] | undefined, from = -Infinity): Point[] => {
      const list: Point[] = []
      for (let i = 0; values && i < values.length; i++) {
        const value = values[i]!
        if (epochs[i]! >= from && (y.log ? value > 0 : true) && Number.isFinite(value))
          list.push({ x: shareOf(x, epochs[i]!), y: shareOf(y, value) })
      }
      return list
    }
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
