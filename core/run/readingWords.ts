import type { Noun } from '../data/noun'
import { countText } from '../words'
import type { Reading } from './reading'

/** How a reading is shown: a chip of this kind, its words, and a sentence for those who want to know why. */
export interface ReadingWords {
  readonly tone: 'plum' | 'ok' | 'plain' | 'bad'
  readonly short: string
  readonly why: string
}

type Unclear = Extract<Reading, { kind: 'unclear' }>

const doubts: { readonly [why in Unclear['why']]: (reading: Unclear, noun: Noun) => string } = {
  few: ({ rows }, noun) =>
    `Only ${countText(rows)} new ${noun} are held back: one more or less of them would change the curve. Thirty would tell more.`,
  unlearned: (_, noun) =>
    `On new ${noun} the network does no better than always giving the commonest answer. Only what is learned can be learned too well.`,
  chance: ({ since, rows }, noun) =>
    `New ${noun} do worse than at epoch ${countText(since)}, but only a few of ${countText(rows)} make the difference. That may be chance; more new ${noun} would tell.`
}

/** The words for a reading; undefined where there is nothing to say. */
export function readingWords(reading: Reading, noun: Noun): ReadingWords | undefined {
  switch (reading.kind) {
    case 'none':
      return undefined
    case 'nothingHeldBack':
      return {
        tone: 'plain',
        short: 'Nothing is held back',
        why: `All ${noun} are used to learn, so nothing shows how the network does on new ones. Lower the share of ${noun} to train on.`
      }
    case 'learning':
      return {
        tone: 'ok',
        short: `Still good on new ${noun}`,
        why: `On new ${noun} the network does about as well as it ever did.`
      }
    case 'unclear':
      return { tone: 'plain', short: 'Can’t tell yet', why: doubts[reading.why](reading, noun) }
    case 'overfitting':
      return {
        tone: 'plum',
        short: `Overfitting since epoch ${countText(reading.since)}`,
        why: `The loss on its own ${noun} keeps falling while on new ${noun} it rises, by more than chance explains: the network learns its ${noun} by heart.`
      }
    case 'diverged':
      return {
        tone: 'bad',
        short: 'The loss grew past all bounds',
        why: 'Each step jumped too far and made things worse.'
      }
  }
}
