import type { TrialStatus } from '@core/sweep/halving'
import type { Spread } from '@core/sweep/results'
import type { SweepStatus } from '@core/sweep/sweep'

/** What a sweep is doing, in words. */
export const statusWords: { readonly [S in SweepStatus]: string } = {
  running: 'Training',
  paused: 'Paused',
  interrupted: 'Interrupted',
  cancelled: 'Ended early',
  done: 'Done'
}

/** How a combination stands, in words; nothing for what is done. */
export const trialWords: { readonly [S in TrialStatus]: string } = {
  running: 'Training',
  waiting: 'Waiting',
  done: '',
  behind: 'Given up',
  failed: 'Failed'
}

/** A mean with its deviation: "92.3 % ± 1.1 %". */
export function spreadText(spread: Spread | undefined, text: (value: number) => string): string {
  if (!spread) return '–'
  const { mean, deviation } = spread
  return deviation === undefined ? text(mean) : `${text(mean)} ± ${text(deviation)}`
}
