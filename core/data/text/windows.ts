import type { Rows, SourceDescription } from '../../registry/define'
import type { ConfigOf, Fields } from '../../registry/fields'
import type { Problem } from '../../result'
import { countText } from '../../words'
import { alphabetOf, characterName, encodeText } from './alphabet'
import { cleanText, type TextProfile } from './profile'

/** Settings of sources that make examples of a text. */
export const textFields = {
  answers: {
    kind: 'choice',
    label: 'What to say',
    help: 'After each character of an example the one that follows, or only after its last one.',
    default: 'each',
    options: [
      { value: 'each', label: 'The next one at each step' },
      { value: 'last', label: 'The one after the last' }
    ]
  },
  length: {
    kind: 'int',
    label: 'Length',
    unit: 'characters',
    help: 'How many characters the network sees at most before it says the next one.',
    default: 40,
    min: 2,
    max: 1000
  },
  every: {
    kind: 'int',
    label: 'A new example every',
    unit: 'characters',
    help: 'Smaller makes more examples that have more in common.',
    default: 20,
    min: 1,
    max: 1000
  },
  lowerCase: {
    kind: 'bool',
    label: 'Lower case',
    help: 'Takes A for a: fewer characters to learn, and none of the text’s capitals.',
    default: false
  }
} as const satisfies Fields

export type TextConfig = ConfigOf<typeof textFields>

/** A text is parted into about so many passages: those of one part of the data have nothing in common with another. */
const PASSAGES = 100
/** Bytes of all examples. */
const MOST_BYTES = 250_000_000

/** What a text offers, or why it is too short or too long. */
export function describeText(
  profile: TextProfile,
  config: TextConfig,
  name: string
): SourceDescription | Problem {
  const { characters } = profile
  const { length, answers } = config
  const least = 4 * (length + 1)
  if (characters < least)
    return {
      code: 'bad-text',
      field: 'length',
      message: `${name} has ${countText(characters)} characters, too few for examples of ${countText(length)}.`,
      detail: `It needs at least ${countText(least)}. Make examples shorter, or take a longer text.`
    }
  const rows = passagesOf(characters, config).reduce((n, passage) => n + startsIn(passage, config), 0)
  if (rows * length > MOST_BYTES)
    return {
      code: 'bad-text',
      field: 'every',
      message: `${countText(rows)} examples of ${countText(length)} characters do not fit into memory.`,
      detail: 'Begin a new example less often.'
    }
  const symbols = alphabetOf(profile, config.lowerCase)
  const classes = symbols.slice(1).map(characterName)
  return {
    features: [],
    classes,
    symbols,
    shape: [length],
    target: { classes: classes.length, shape: answers === 'each' ? [length] : [] },
    rows
  }
}

/**
 * Examples [rows, length] of the numbers of characters, as bytes. `each`: a stretch of the text, and for each of its
 * characters the class of the one that follows it. `last`: up to `length` characters, shorter ones filled up with 0 at
 * their end, and the class of the one that follows. No example reaches beyond its passage.
 */
export function textRows(text: string, profile: TextProfile, config: TextConfig): Rows {
  const { length, every, answers } = config
  const numbers = encodeText(alphabetOf(profile, config.lowerCase), cleanText(text))
  const passages = passagesOf(numbers.length, config)
  const rows = passages.reduce((n, passage) => n + startsIn(passage, config), 0)
  const x = new Uint8Array(rows * length)
  const y = new Int32Array(answers === 'each' ? rows * length : rows)
  const groups = new Int32Array(rows)
  let row = 0
  for (const [group, passage] of passages.entries())
    for (let i = 0; i < startsIn(passage, config); i++, row++) {
      groups[row] = group
      if (answers === 'each') {
        const start = passage.from + i * every
        x.set(numbers.subarray(start, start + length), row * length)
        for (let step = 0; step < length; step++) y[row * length + step] = numbers[start + step + 1]! - 1
      } else {
        const next = passage.from + 1 + i * every
        x.set(numbers.subarray(Math.max(passage.from, next - length), next), row * length)
        y[row] = numbers[next]! - 1
      }
    }
  return { x, y, groups }
}

interface Passage {
  readonly from: number
  readonly to: number
}

function passagesOf(characters: number, { length }: TextConfig): readonly Passage[] {
  const size = Math.max(2 * (length + 1), Math.ceil(characters / PASSAGES))
  return Array.from({ length: Math.ceil(characters / size) }, (_, i) => ({
    from: i * size,
    to: Math.min(characters, (i + 1) * size)
  }))
}

/** Examples that a passage gives. */
function startsIn({ from, to }: Passage, { answers, length, every }: TextConfig): number {
  const room = to - from - (answers === 'each' ? length : 1)
  return room <= 0 ? 0 : Math.floor((room - 1) / every) + 1
}
