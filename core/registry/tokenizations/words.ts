import { defineTokenization } from '../define'

/** Runs of letters, digits and marks; apostrophes are left out, so that "don’t" is one word. */
export default defineTokenization({
  type: 'words',
  title: 'Words in a row',
  summary: 'Each word becomes a number. Capitals and punctuation do not count.',
  one: 'word',
  between: ' ',
  most: { length: 100, vocabulary: 5000 },
  cut: (text) => text.replace(/['’]/g, '').match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
})
