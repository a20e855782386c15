import type { ProjectFiles, TextFile } from '../data/files'
import type { Document } from '../document/schema'
import { sources } from '../registry'
import { part } from '../registry/define'
import { fullPart } from '../registry/complete'
import type { Config } from '../registry/fields'
import { fail, ok, type Result } from '../result'
import { countText } from '../words'
import { chainProject } from './chainProject'
import { titleOf, type Suggestion } from './tableProject'

/** A project made from a text, with the text in it. */
export interface TextProject {
  readonly document: Document
  readonly files: ProjectFiles
  readonly suggestions: readonly Suggestion[]
}

/** Shorter texts have too few capitals to learn from. */
const SHORT = 300_000
/** Shorter ones still are learned by heart by a large network. */
const VERY_SHORT = 30_000
const LENGTH = 40
/** Characters that are looked at in all: some minutes. */
const LOOKS = 4_000_000

/** A starter project for a text: how it is cut into examples, a network and settings, each with its reason. */
export function textProject(name: string, file: TextFile): Result<TextProject> {
  const { characters, distinct } = file.text
  const lowerCase = characters < SHORT
  const length = Math.max(2, Math.min(LENGTH, Math.floor(characters / 4) - 1))
  const cut = { answers: 'each', length, every: characters < VERY_SHORT ? length / 4 : length, lowerCase }
  const config = { file: name, ...cut, every: Math.max(1, Math.floor(cut.every)) }
  const source = fullPart('source', part('text', config))
  const described = sources['text']!.describe(source.config, { [name]: file })
  if ('code' in described) return fail(described)
  const { rows, classes } = described
  const split = characters < SHORT ? { train: 0.9, test: 0 } : { train: 0.9, test: 0.05 }
  const epochs = Math.max(3, Math.min(200, Math.round(LOOKS / (rows * length))))
  const units = characters < VERY_SHORT ? 64 : 128
  const document = textDocument({ name: titleOf(name), source: part('text', config), split, epochs }, units, {
    symbols: described.symbols!.length,
    classes: classes.length
  })
  const suggestions: Suggestion[] = [
    {
      what: 'Predict',
      choice: 'The next character',
      why: 'Who knows which one comes next can write: one character after the other.'
    },
    {
      what: 'Examples',
      choice: `${countText(rows)} of ${length} characters`,
      why: `The text has ${countText(characters)}. After each character the network says the one that follows.`
    },
    {
      what: 'Letters',
      choice: lowerCase ? 'In lower case' : `All ${countText(distinct)} characters`,
      why: lowerCase
        ? `So there are ${countText(classes.length)} characters to tell apart and not ${countText(distinct)}: the text is short.`
        : 'The text is long enough to learn its capitals, too.'
    },
    {
      what: 'Parts',
      choice: split.test === 0 ? '90 % to learn, 10 % new' : '90 % to learn, 5 % new, 5 % test',
      why: 'Whole passages are held back, so that nothing of them has been read before.'
    },
    {
      what: 'Network',
      choice: `Embedding, GRU with ${units} units`,
      why: 'The embedding gives each character numbers, the GRU remembers what it has read, and Dense names the next one.'
    },
    {
      what: 'Training',
      choice: `${countText(epochs)} epochs`,
      why: 'Long enough for words to appear. Under “Try it” you can watch it write meanwhile.'
    }
  ]
  return ok({ document, files: { [name]: file }, suggestions })
}

interface TextStart {
  readonly name: string
  readonly source: ReturnType<typeof part>
  readonly split: Document['data']['split']
  readonly epochs: number
}

/** Embedding, GRU and Dense at each step, for examples that have a right answer at each step. */
export function textDocument(
  start: TextStart,
  units: number,
  { symbols, classes }: { readonly symbols: number; readonly classes: number }
): Document {
  const answers: Config = { units: classes, activation: part('softmax') }
  return chainProject({
    ...start,
    layers: [
      ['embedding', 'embedding', { inputDim: symbols, outputDim: 16 }],
      ['memory', 'gru', { units, returnSequences: true }],
      ['output', 'timeDistributed', answers]
    ],
    optimizer: part('adam', { learningRate: units <= 64 ? 0.01 : 0.005 }),
    epochs: start.epochs,
    batchSize: 32
  })
}
