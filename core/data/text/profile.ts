import { z } from 'zod'

/** Characters that are told with how often they stand there; rarer ones are counted. */
const MOST_TOLD = 2000

const count = z.int().nonnegative()

/** What every process knows of a text: small, however long it is. */
export const textProfileSchema = z
  .strictObject({
    /** Characters in all, as `cleanText` leaves them. */
    characters: count,
    lines: count,
    words: count,
    /** How many different characters there are. */
    distinct: count,
    /** The commonest characters and how often they stand there, the commonest first. */
    commonest: z.array(z.tuple([z.string(), count]).readonly()).readonly(),
    /** Its first characters, to be shown. */
    beginning: z.string(),
    encoding: z.string()
  })
  .readonly()

export type TextProfile = z.infer<typeof textProfileSchema>

/** Characters of a text's beginning that are told. */
const BEGINNING = 400

/** A text with one kind of line ends, and letters with accents as one character each (NFC). */
export function cleanText(text: string): string {
  return text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .normalize('NFC')
}

/** Looks at every character of a clean text once. */
export function profileText(text: string, encoding = 'utf-8'): TextProfile {
  const counts = new Map<string, number>()
  let characters = 0
  for (const character of text) {
    counts.set(character, (counts.get(character) ?? 0) + 1)
    characters++
  }
  const commonest = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)).slice(0, MOST_TOLD)
  return {
    characters,
    lines: text === '' ? 0 : (counts.get('\n') ?? 0) + (text.endsWith('\n') ? 0 : 1),
    words: text.match(/\S+/g)?.length ?? 0,
    distinct: counts.size,
    commonest,
    beginning: [...text.slice(0, 2 * BEGINNING)].slice(0, BEGINNING).join(''),
    encoding
  }
}
