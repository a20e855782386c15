import { Chart, Decimation, Filler, LinearScale, LineController, LineElement, PointElement } from 'chart.js'
import { shareOf, type Axis } from './axis'
import type { Lines } from './series'

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
  /** Fills the gap between the two lines from this epoch on. */
  readonly bandFrom: number | undefined
  readonly width: number
}

interface Ink {
  readonly train: string
  readonly validation: string
  readonly band: string
}

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
          { ...line, borderCapStyle: 'round' },
          { ...line },
          { ...line },
          { ...line },
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
    const [train, validation, faintTrain, faintValidation, bandTop, bandBottom] = this.chart.data
      .datasets as [Line, Line, Line, Line, Line, Line]
    Object.assign(train, { data: points(lines.train), borderColor: ink.train, borderWidth: width })
    Object.assign(validation, {
      data: points(lines.validation),
      borderColor: ink.validation,
      borderWidth: width * 1.15,
      borderDash: [width * 3, width * 1.8]
    })
    Object.assign(faintTrain, { data: points(raw?.train), borderColor: `${ink.train}40`, borderWidth: 1 })
    Object.assign(faintValidation, {
      data: points(raw?.validation),
      borderColor: `${ink.validation}59`,
      borderWidth: 1
    })
    const band = bandFrom !== undefined && lines.validation !== undefined
    Object.assign(bandTop, {
      data: band ? points(lines.validation, bandFrom) : [],
      backgroundColor: ink.band
    })
    Object.assign(bandBottom, { data: band ? points(lines.train, bandFrom) : [] })
    this.chart.update('none')
  }

  destroy(): void {
    this.chart.destroy()
  }
}

type Line = Chart<'line', Point[]>['data']['datasets'][number]

/** The inks of the theme that is on. */
export function readInk(element: Element): Ink {
  const style = getComputedStyle(element)
  const value = (name: string): string => style.getPropertyValue(name).trim()
  return { train: value('--train'), validation: value('--test'), band: value('--test-tint') }
}
