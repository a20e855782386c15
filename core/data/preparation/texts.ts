import { tokenizations } from '../../registry/preparations'
import type { TokenizationDefinition } from '../../registry/contracts/preparation'

/** Stands for every token that the training part does not have, or too rarely. */
export const UNKNOWN = '[UNK]'
/** The filler, and `UNKNOWN`. */
export const RESERVED = 2

/** The words or characters of a text, in their order. */
export function tokensOf({ cut }: TokenizationDefinition, text: string): readonly string[] {
  return cut(text.normalize('NFC').toLowerCase())
}

/**
 * What the numbers of a text stand for, from the texts of the training part: number 0 only fills up, 1 is any other
 * token, and then come the commonest ones, the commonest first. As Keras' TextVectorization.
 */
export function fitVocabulary(type: string, texts: Iterable<string>, size: number): readonly string[] {
  const counts = new Map<string, number>()
  for (const text of texts)
    for (const token of tokensOf(tokenizations[type]!, text)) counts.set(token, (counts.get(token) ?? 0) + 1)
  const kept = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, size - RESERVED)
  return ['', UNKNOWN, ...kept.map(([token]) => token)]
}

/**
 * Gives the numbers of texts, [length] each: what is longer is cut off, what is shorter filled up with 0 at its end. A
 * text without a single token is one unknown.
 */
export function textEncoder(
  type: string,
  vocabulary: readonly string[],
  length: number
): (text: string) => Float32Array {
  const numbers = new Map(vocabulary.map((token, number) => [token, number]))
  return (text) => {
    const row = new Float32Array(length)
    const tokens = tokensOf(tokenizations[type]!, text).slice(0, length)
    for (const [i, token] of tokens.entries()) row[i] = token === '' ? 1 : (numbers.get(token) ?? 1)
    if (tokens.length === 0) row[0] = 1
    return row
  }
}

/** The text that these numbers stand for, as far as the vocabulary has its tokens. */
export function writtenOut(type: string, vocabulary: readonly string[], numbers: ArrayLike<number>): string {
  const told = Array.from(numbers).filter((number) => number > 0)
  return told.map((number) => vocabulary[number] ?? UNKNOWN).join(tokenizations[type]!.between)
}
