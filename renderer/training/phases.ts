import type { Document } from '@core/document/schema'
import { schemes } from '@core/registry'
import type { SourceDescription } from '@core/registry/define'
import type { EpochPoint } from '@core/run/events'

/** A kind of update with a loss of its own. */
export interface PhaseName {
  readonly id: string
  readonly title: string
}

/** Is each answer right or wrong? Told by what was measured, before that by the data and the way of learning. */
export function isScored(
  { training }: Pick<Document, 'training'>,
  data: Pick<SourceDescription, 'target'> | undefined,
  point: EpochPoint | undefined
): boolean {
  if (point) return (point.trainAccuracy ?? point.accuracy) !== undefined
  return data?.target.classes !== undefined && schemes[training.scheme.type]!.compares
}

/** The phases whose losses are told apart; none where there is a single loss. */
export function phasesOf({ training }: Pick<Document, 'training'>): readonly PhaseName[] {
  const { phases } = schemes[training.scheme.type]!
  return phases.length > 1 ? phases : []
}
