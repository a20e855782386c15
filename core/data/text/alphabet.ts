import type { TextProfile } from './profile'

/** Numbers are bytes: so many characters have one of their own, besides the filler and what stands for all others. */
const MOST = 254
/** Stands for every character that is too rare to have a number of its own. */
const OTHER = '\ufffd'

/**
 * The characters of a text by number: its commonest ones in the order of Unicode. Number 0 is no character: it fills up
 * what is shorter than others. A character's class is its number − 1.
 */
export function alphabetOf({ commonest, distinct }: TextProfile, lowerCase: boolean): readonly string[] {
  const counts = new Map<string, number>()
  for (const [character, n] of commonest) {
    const own = lowerCase ? small(character) : character
    counts.set(own, (counts.get(own) ?? 0) + n)
  }
  const kept = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, MOST)
  const rest = counts.size > kept.length || distinct > commonest.length
  const inOrder = kept.map(([character]) => character).sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!)
  return ['', ...inOrder, ...(rest ? [OTHER] : [])]
}

/**
 * The numbers of the characters of a clean text. Those that the alphabet does not have get the number of their small
 * letter, or that of all others, or are left out.
 */
export function encodeText(alphabet: readonly string[], text: string): Uint8Array<ArrayBuffer> {
  const numbers = new Map(alphabet.map((character, i) => [character, i]))
  const other = numbers.get(OTHER)
  const found = new Uint8Array(text.length)
  let count = 0
  for (const character of text) {
    const number = numbers.get(character) ?? numbers.get(small(character)) ?? other
    if (number !== undefined) found[count++] = number
  }
  return found.slice(0, count)
}

/** The text of these numbers; fillers are nothing. */
export function decodeNumbers(alphabet: readonly string[], numbers: ArrayLike<number>): string {
  return Array.from(numbers, (number) => alphabet[number] ?? '').join('')
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

/** A character in lower case, where that is one character, too. */
function small(character: string): string {
  const lower = character.toLowerCase()
  return lower.length === character.length ? lower : character
}
