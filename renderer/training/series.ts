import { metrics } from '@core/registry'
import type { MetricDefinition, SourceDescription } from '@core/registry/define'
import type { EpochPoint } from '@core/run/events'
import { trainAccuracy, trainLoss } from '@core/run/point'
import type { Noun } from '@core/data/noun'
import { lossText, percentText } from './numbers'
import type { PhaseName } from './phases'
import { smooth } from './smooth'

/** How a line is drawn: solid ink, dashed plum, long teal dashes. Tells them apart without colours, too. */
export type LineLook = 'train' | 'validation' | 'second'

/** One line of a chart, a value an epoch; not a number where there is none. */
export interface Line {
  readonly look: LineLook
  readonly label: string
  readonly values: readonly number[]
}
export type Lines = readonly Line[]

/** A chart beside the loss: how a metric went. */
export interface MetricChart {
  /** The metric's type. */
  readonly id: string
  readonly title: string
  /** Told as a share of all (percent) or as a plain number. */
  readonly unit: 'share' | 'number'
  readonly better: 'higher' | 'lower'
  readonly lines: Lines
}

/** What the charts draw. All lists are as long as `epochs`. */
export interface Series {
  readonly epochs: readonly number[]
  readonly loss: Lines
  /** Accuracy, where answers are right or wrong, and then what else was measured. */
  readonly metrics: readonly MetricChart[]
}

/** What the lines are called. */
export interface SeriesWords {
  readonly noun: Noun
  /** Phases with a loss each, which takes the place of training and validation. */
  readonly phases: readonly PhaseName[]
}

const PHASE_LOOKS: readonly LineLook[] = ['train', 'second']

/** The curves of a run. */
export function seriesOf(history: readonly EpochPoint[], words: SeriesWords): Series {
  const epochs = history.map((p) => p.epoch)
  if (words.phases.length > 0) return { epochs, loss: phaseLines(history, words.phases), metrics: [] }
  const held = history.some((p) => p.valLoss !== undefined)
  const lines = (
    train: (p: EpochPoint) => number | undefined,
    validation: (p: EpochPoint) => number | undefined
  ): Lines => [
    { look: 'train', label: 'train', values: history.map((p) => train(p) ?? NaN) },
    ...(held
      ? [
          {
            look: 'validation',
            label: `new ${words.noun}`,
            values: history.map((p) => validation(p) ?? NaN)
          } as const
        ]
      : [])
  ]
  const chart = (
    type: string,
    train: (p: EpochPoint) => number | undefined,
    validation: (p: EpochPoint) => number | undefined
  ): MetricChart => {
    const { title, unit, better } = metrics[type]!
    return { id: type, title, unit, better, lines: lines(train, validation) }
  }
  return {
    epochs,
    loss: lines(trainLoss, (p) => p.valLoss),
    metrics: [
      ...(history.some((p) => trainAccuracy(p) !== undefined)
        ? [chart('accuracy', trainAccuracy, (p) => p.valAccuracy)]
        : []),
      ...measuredTypes(history).map((type) =>
        chart(
          type,
          (p) => p.trainMetrics?.[type],
          (p) => p.valMetrics?.[type]
        )
      )
    ]
  }
}

/** The metrics that were measured somewhere in a history, in the order of the registry. */
function measuredTypes(history: readonly EpochPoint[]): readonly string[] {
  const found = new Set(
    history.flatMap((p) => [...Object.keys(p.trainMetrics ?? {}), ...Object.keys(p.valMetrics ?? {})])
  )
  return Object.keys(metrics).filter((type) => found.has(type))
}

/** The metrics that a person can have measured for such answers; accuracy is measured anyway. */
export function metricsFor(data: Pick<SourceDescription, 'target'> | undefined): readonly MetricDefinition[] {
  if (!data) return []
  const answers = data.target.classes === undefined ? 'numbers' : 'classes'
  return Object.values(metrics).filter((m) => m.answers === answers && m.type !== 'accuracy')
}

/** A metric's number as it is told: a percentage, or three digits that count. */
export function metricText(
  { unit }: Pick<MetricDefinition, 'unit'>,
  value: number | undefined,
  rows?: number
): string {
  if (value === undefined || Number.isNaN(value)) return '–'
  return unit === 'share' ? percentText(value, rows) : lossText(value)
}

function phaseLines(history: readonly EpochPoint[], phases: readonly PhaseName[]): Lines {
  return phases.map(({ id, title }, i) => ({
    look: PHASE_LOOKS[i % PHASE_LOOKS.length]!,
    label: title,
    values: history.map((p) => p.phases?.[id] ?? NaN)
  }))
}

/** All values of some lines, for an axis. */
export const valuesOf = (lines: Lines | undefined): readonly number[] =>
  (lines ?? []).flatMap(({ values }) => values)

/** The lines smoothed; the same lines for a weight of 0. */
export function smoothLines(lines: Lines, weight: number): Lines {
  if (weight === 0) return lines
  return lines.map((line) => ({ ...line, values: smooth(line.values, weight) }))
}

/** Place of the epoch closest to `epoch` in a rising list; −1 in an empty one. */
export function nearestIndex(epochs: readonly number[], epoch: number): number {
  let low = 0
  let high = epochs.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (epochs[middle]! < epoch) low = middle
    else high = middle
  }
  if (high < 0) return -1
  return epoch - epochs[low]! <= epochs[high]! - epoch ? low : high
}
