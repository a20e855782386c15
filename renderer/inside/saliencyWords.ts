import type { Saliency } from '@core/ipc'
import type { Derivation } from '@core/graph/derive'
import { percentText } from '../shared/words'

/** Less than this is hardly anything: a hundredth. */
const HARDLY = 0.01

/** What covering places of a picture does to the share of a class, in words. */
export function saliencyWords({ share, least, most }: Saliency, name: string): string {
  const falls = share - least
  const rises = most - share
  const parts = [
    falls >= HARDLY
      ? `${strengthOf(falls)}: covered at the strongest green place, ${name} falls from ${percentText(share)} to ${percentText(least)}.`
      : `Hangs on no single place: whichever is covered, ${name} stays at ${percentText(least)} or more.`
  ]
  if (rises >= HARDLY) parts.push(`Covered where it is purple, it rises to ${percentText(most)} at most.`)
  return parts.join(' ')
}

function strengthOf(falls: number): string {
  if (falls >= 0.5) return 'Hangs on single places'
  return falls >= 0.1 ? 'Hangs partly on single places' : 'Hangs a little on single places'
}

/** Log-odds that are full colour at least: less is faint, as it is next to nothing. */
const LEAST_LIMIT = 0.2

/** Full colour of the map. */
export function saliencyLimit({ values }: Pick<Saliency, 'values'>): number {
  return values.reduce((most, v) => Math.max(most, Math.abs(v)), LEAST_LIMIT)
}

/** Are examples pictures that are of one class each? */
export function hasSaliency({ data }: Pick<Derivation, 'data'>): boolean {
  return data?.shape.length === 3 && data.target.classes !== undefined && data.target.shape.length === 0
}
