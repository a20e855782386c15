import type { BatchLosses } from '@core/run/batchLosses'

/** Fewer epochs than this make no curve. */
const FEW_EPOCHS = 4
/** Fewer updates than this in an epoch say no more than the epoch. */
const MANY_UPDATES = 20
/** Values that an axis is made from. */
const LOOKED_AT = 400

/** Do the epochs that are through make no curve of their own, while their batches do? */
export function batchesSayMore(epochs: number, stepsPerEpoch: number): boolean {
  return epochs < FEW_EPOCHS && stepsPerEpoch >= MANY_UPDATES
}

/** Is the loss of every batch drawn? As a person has chosen (1 or 0); without a choice, while it says more. */
export function drawsBatches(chosen: number | undefined, epochs: number, stepsPerEpoch: number): boolean {
  return chosen === undefined ? batchesSayMore(epochs, stepsPerEpoch) : chosen === 1
}

/** Some of the batches' largest losses, spread evenly, for an axis that holds them. */
export function batchHeights({ high, length }: BatchLosses): readonly number[] {
  const each = Math.max(1, Math.ceil(length / LOOKED_AT))
  return Array.from({ length: Math.ceil(length / each) }, (_, i) => high[i * each]!)
}
