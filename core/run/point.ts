import type { EpochPoint } from './events'

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
