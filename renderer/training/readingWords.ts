import { countText } from './numbers'
import type { Reading } from './reading'

/** How a reading is shown: a chip of this kind, its words, and a sentence for those who want to know why. */
export interface ReadingWords {
  readonly tone: 'plum' | 'ok' | 'plain' | 'bad'
  readonly short: string
  readonly why: string
}

/** The words for a reading; undefined where there is nothing to say. */
export function readingWords(reading: Reading): ReadingWords | undefined {
  switch (reading.kind) {
    case 'none':
      return undefined
    case 'nothingHeldBack':
      return {
        tone: 'plain',
        short: 'Nothing is held back',
        why: 'All points are used to learn, so nothing shows how the network does on new ones. Lower the share of points to train on.'
      }
    case 'learning':
      return {
        tone: 'ok',
        short: 'Still good on new points',
        why: 'On new points the network does about as well as it ever did.'
      }
    case 'unclear':
      return {
        tone: 'plain',
        short: 'Maybe overfitting',
        why: `New points do worse than at epoch ${countText(reading.since)}, but only a few of ${countText(reading.rows)} make the difference. That may be chance; more new points would tell.`
      }
    case 'overfitting':
      return {
        tone: 'plum',
        short: `Overfitting since epoch ${countText(reading.since)}`,
        why: 'The loss on its own points keeps falling while on new points it rises, by more than chance explains: the network learns its points by heart.'
      }
    case 'diverged':
      return {
        tone: 'bad',
        short: 'The loss grew past all bounds',
        why: 'Each step jumped too far and made things worse.'
      }
  }
}
