import { metrics } from '@core/registry'
import { trainAccuracy, trainLoss } from '@core/run/point'
import type { EpochPoint } from '@core/run/events'
import type { KeptPoint } from '@core/runs/kept'
import { epochAxis, fittedAxis, shareOf, type Axis } from '../training/axis'

/** Colours of runs that are laid over each other, those of classes, which colour-blind people tell apart best. */
export const LINE_COLOURS = Array.from({ length: 8 }, (_, i) => `var(--class-${i})`)

/** A line of the chart. */
export interface RunLine {
  readonly id: string
  readonly colour: string
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

export type ChartPart = 'train' | 'validation'
export type ChartBy = 'epoch' | 'time'

/** What can be drawn of some runs: the loss, accuracy and whatever metrics one of them has. */
export function measuresOf(
  runs: readonly (readonly KeptPoint[])[]
): readonly { id: string; title: string }[] {
  const points = runs.flatMap((run) => run.slice(-1)).map(({ point }) => point)
  const types = new Set(points.flatMap((p) => Object.keys({ ...p.trainMetrics, ...p.valMetrics })))
  return [
    { id: 'loss', title: 'Loss' },
    ...(points.some((p) => trainAccuracy(p) !== undefined) ? [{ id: 'accuracy', title: 'Accuracy' }] : []),
    ...[...types].map((id) => ({ id, title: metrics[id]?.title ?? id }))
  ]
}

/** One number of an epoch. */
export function measured(point: EpochPoint, measure: string, part: ChartPart): number | undefined {
  if (measure === 'loss') return part === 'train' ? trainLoss(point) : point.valLoss
  if (measure === 'accuracy') return part === 'train' ? trainAccuracy(point) : point.valAccuracy
  return (part === 'train' ? point.trainMetrics : point.valMetrics)?.[measure]
}

/** Lines of runs and the axes that hold them. */
export function linesOf(
  runs: readonly { readonly id: string; readonly colour: string; readonly points: readonly KeptPoint[] }[],
  { measure, part, by }: { readonly measure: string; readonly part: ChartPart; readonly by: ChartBy }
): { readonly lines: readonly RunLine[]; readonly x: Axis; readonly y: Axis } {
  const lines = runs.map(({ id, colour, points }) => ({
    id,
    colour,
    points: points.flatMap(({ point, seconds }) => {
      const y = measured(point, measure, part)
      return y === undefined || !Number.isFinite(y) ? [] : [{ x: by === 'epoch' ? point.epoch : seconds, y }]
    })
  }))
  const all = lines.flatMap(({ points }) => points)
  const last = all.reduce((most, { x }) => Math.max(most, x), 0)
  const sorted = all.map(({ y }) => y).sort((a, b) => a - b)
  // The few first epochs, when a network guesses, must not press the rest together.
  const cut = Math.floor(sorted.length * 0.02)
  const kept = measure === 'accuracy' ? sorted.slice(cut) : sorted.slice(0, sorted.length - cut)
  return {
    lines,
    x: by === 'epoch' ? epochAxis(last, 5, 1) : fittedAxis([0, last || 1], 5, 0),
    y: measure === 'accuracy' ? fittedAxis(kept, 5, 0, 1) : fittedAxis(kept, 5, 0)
  }
}

/** A path of a line on a surface of this size. */
export function pathOf(line: RunLine, x: Axis, y: Axis, width: number, height: number): string {
  return line.points
    .map((p, i) => {
      const at = `${(shareOf(x, p.x) * width).toFixed(1)} ${((1 - shareOf(y, p.y)) * height).toFixed(1)}`
      return `${i === 0 ? 'M' : 'L'}${at}`
    })
    .join('')
}
