import type { EpochPoint } from '@core/run/events'
import { lossText as lossWords, percentText } from '../training/numbers'
import { trainLoss } from '@core/run/point'
import type { Card } from './cards'

/** A share of `rows` as a percentage, or a dash before there is one. */
export function percent(share: number | undefined, rows?: number): string {
  return share === undefined ? '–' : percentText(share, rows)
}

/** A loss, or a dash before there is one. */
export function lossText(loss: number | undefined): string {
  return loss === undefined ? '–' : lossWords(loss)
}

/** The loss that belongs to an output: that of its phase, where the way of learning has several. */
export function sinkLoss({ phase }: Pick<Card, 'phase'>, point: EpochPoint | undefined): number | undefined {
  if (!point) return undefined
  return phase ? point.phases?.[phase.id] : trainLoss(point)
}

/** "−1.31", with a real minus. */
export function weightText(weight: number): string {
  const size = Math.abs(weight)
  const digits = size >= 100 ? size.toFixed(0) : size >= 10 ? size.toFixed(1) : size.toFixed(2)
  return `${weight < 0 ? '−' : '+'}${digits}`
}
