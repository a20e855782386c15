import type { EpochPoint } from '@core/run/events'
import type { Noun } from '../shared/examples'
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

/** What the charts draw. All lists are as long as `epochs`. */
export interface Series {
  readonly epochs: readonly number[]
  readonly loss: Lines
  /** Absent where answers are numbers, which are never just right or wrong. */
  readonly accuracy: Lines | undefined
}

/** What the lines are called. */
export interface SeriesWords {
  readonly noun: Noun
  /** Phases with a loss each, which takes the place of training and validation. */
  readonly phases: readonly PhaseName[]
}

const PHASE_LOOKS: readonly LineLook[] = ['train', 'second']

/** Loss and accuracy on the training part of one epoch; running means where the whole part was not measured. */
export function trainLoss(point: EpochPoint): number {
  return point.trainLoss ?? point.loss
}
export function trainAccuracy(point: EpochPoint): number | undefined {
  return point.trainAccuracy ?? point.accuracy
}

/** Do several networks work against each other? Then no loss tells how well they do, and no epoch is the best. */
export function severalLosses(point: EpochPoint | undefined): boolean {
  return Object.keys(point?.phases ?? {}).length > 1
}

/** The curves of a run. */
export function seriesOf(history: readonly EpochPoint[], words: SeriesWords): Series {
  const epochs = history.map((p) => p.epoch)
  if (words.phases.length > 0) return { epochs, loss: phaseLines(history, words.phases), accuracy: undefined }
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
  return {
    epochs,
    loss: lines(trainLoss, (p) => p.valLoss),
    accuracy: history.some((p) => trainAccuracy(p) !== undefined)
      ? lines(trainAccuracy, (p) => p.valAccuracy)
      : undefined
  }
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
