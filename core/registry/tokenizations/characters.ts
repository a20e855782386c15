import { defineTokenization } from '../define'

/** Code points, spaces and punctuation with them. */
export default defineTokenization({
  type: 'characters',
  title: 'Characters in a row',
  summary: 'Each letter, sign and space becomes a number. For short texts, and where no spaces part words.',
  one: 'character',
  between: '',
  most: { length: 200, vocabulary: 250 },
  cut: (text) => [...text]
})
