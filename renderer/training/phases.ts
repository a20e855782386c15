import type { Document } from '@core/document/schema'
import { schemes } from '@core/registry'

/** A kind of update with a loss of its own. */
export interface PhaseName {
  readonly id: string
  readonly title: string
}

/** The phases whose losses are told apart; none where there is a single loss. */
export function phasesOf({ training }: Pick<Document, 'training'>): readonly PhaseName[] {
  const { phases } = schemes[training.scheme.type]!
  return phases.length > 1 ? phases : []
}
