import { drawn, tempered } from '@core/data/text/sampling'
import { unwrap } from '@core/result'
import { nextShares } from '@renderer/answers/nextCharacter'
import type { PageNetwork } from '../network'

/** Between the likeliest character always, and one like any other. */
const TEMPERATURE = 0.6

/** The character that follows a text: drawn by a uniform number from what the network thinks likely. */
export function nextCharacter(network: PageNetwork, text: string, uniform: number): string {
  const data = network.cargo.derivation.data!
  const shares = nextShares(unwrap(network.ask(text)).told, network.read(text)!, data)
  // Number 0 of the symbols only fills up; a character's class is its number − 1.
  return data.symbols![drawn(tempered(shares, TEMPERATURE), uniform) + 1] ?? ''
}
