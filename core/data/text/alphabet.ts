import type { TextProfile } from './profile'

/** Numbers are bytes: so many characters have one of their own, besides the filler and what stands for all others. */
const MOST = 254
/** Stands for every character that is too rare to have a number of its own. */
const OTHER = '\ufffd'

/**
 * The characters of a text and their numbers. Number 0 is no character: it fills up what is shorter than others. A
 * character's class is its number − 1.
 */
export interface Alphabet {
  /** By number; the first one is empty. */
  readonly symbols: readonly string[]
  readonly lowerCase: boolean
}

/** The alphabet of a text: its commonest characters in the order of Unicode. */
export function alphabetOf({ commonest, distinct }: TextProfile, lowerCase: boolean): Alphabet {
  const counts = new Map<string, number>()
  for (const [character, n] of commonest) {
    const own = folded(character, lowerCase)
    counts.set(own, (counts.get(own) ?? 0) + n)
  }
  const kept = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, MOST)
  const rest = counts.size > kept.length || distinct > commonest.length
  const inOrder = kept.map(([character]) => character).sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!)
  return { symbols: ['', ...inOrder, ...(rest ? [OTHER] : [])], lowerCase }
}

/** The numbers of the characters of a clean text; those the alphabet does not have get that of all others, or are left out. */
export function encodeText({ symbols, lowerCase }: Alphabet, text: string): Uint8Array {
  const numbers = new Map(symbols.map((symbol, i) => [symbol, i]))
  const other = numbers.get(OTHER)
  const found: number[] = []
  for (const character of text) {
    const number = numbers.get(folded(character, lowerCase)) ?? other
    if (number !== undefined) found.push(number)
  }
  return Uint8Array.from(found)
}

/** The text of these numbers; fillers are nothing. */
export function decodeNumbers(symbols: readonly string[], numbers: ArrayLike<number>): string {
  return Array.from(numbers, (number) => symbols[number] ?? '').join('')
}

const NAMES: { readonly [character: string]: string } = {
  ' ': 'space',
  '\n': 'new line',
  '\t': 'tab',
  '\u00a0': 'fixed space',
  [OTHER]: 'other'
}

/** What a character is called where it stands alone. */
export function characterName(character: string): string {
  return NAMES[character] ?? character
}

/** In lower case, where that is one character, too. */
function folded(character: string, lowerCase: boolean): string {
  if (!lowerCase) return character
  const lower = character.toLowerCase()
  return lower.length === character.length ? lower : character
}
