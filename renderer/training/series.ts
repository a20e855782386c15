import type { EpochPoint } from '@core/run/events'
import { smooth } from './smooth'

/** One chart's two lines, each a value an epoch. */
export interface Lines {
  readonly train: readonly number[]
  /** Absent where no rows are held back. */
  readonly validation: readonly number[] | undefined
}

/** What the charts draw. All lists are as long as `epochs`. */
export interface Series {
  readonly epochs: readonly number[]
  readonly loss: Lines
  /** Absent where answers are numbers, which are never just right or wrong. */
  readonly accuracy: Lines | undefined
}

/** Loss and accuracy on the training part of one epoch; running means where the whole part was not measured. */
export function trainLoss(point: EpochPoint): number {
  return point.trainLoss ?? point.loss
}
export function trainAccuracy(point: EpochPoint): number | undefined {
  return point.trainAccuracy ?? point.accuracy
}

/** The curves of a run. */
export function seriesOf(history: readonly EpochPoint[]): Series {
  const held = history.some((p) => p.valLoss !== undefined)
  const scored = history.some((p) => trainAccuracy(p) !== undefined)
  return {
    epochs: history.map((p) => p.epoch),
    loss: {
      train: history.map(trainLoss),
      validation: held ? history.map((p) => p.valLoss ?? NaN) : undefined
    },
    accuracy: scored
      ? {
          train: history.map((p) => trainAccuracy(p) ?? NaN),
          validation: held ? history.map((p) => p.valAccuracy ?? NaN) : undefined
        }
      : undefined
  }
}

/** The lines smoothed; the same lines for a weight of 0. */
export function smoothLines(lines: Lines, weight: number): Lines {
  if (weight === 0) return lines
  return {
    train: smooth(lines.train, weight),
    validation: lines.validation && smooth(lines.validation, weight)
  }
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
