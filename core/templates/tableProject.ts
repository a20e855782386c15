import type { TableFile, ProjectFiles } from '../data/files'
import { looksLikeClasses, planTable, type TableConfig } from '../data/table/plan'
import type { ColumnProfile } from '../data/table/profile'
import { changeColumn, chooseTarget, type ColumnSettings } from '../data/table/setting'
import type { Document } from '../document/schema'
import { sources } from '../registry'
import { part } from '../registry/define'
import { fail, ok, type Result } from '../result'
import { countText } from '../words'
import { chainProject, type ChainProject } from './chainProject'

/** Something that was suggested for a table, and why. */
export interface Suggestion {
  readonly what: string
  readonly choice: string
  /** One sentence. */
  readonly why: string
}

/** A project made from a table, with the table in it. */
export interface TableProject {
  readonly document: Document
  readonly files: ProjectFiles
  readonly suggestions: readonly Suggestion[]
}

/** Names that people give the column that is to be predicted. */
const ANSWERS =
  /^(y|target|label|class|answer|outcome|result|species|diagnosis|survived|kind|category|price)$/i
/** Fewer rows than this leave none for a test of their own. */
const FEW_ROWS = 200
const MANY_ROWS = 100_000
/** A column with more gaps than this share is left out; with more than the other, a gap may mean something. */
const MOSTLY_EMPTY = 0.6
const TELLING_GAPS = 0.05

/** A starter project for a table: what to predict, how to prepare the rest, a network and settings, each with its reason. */
export function tableProject(name: string, file: TableFile): Result<TableProject> {
  const { columns: profiles, rows } = file.table
  const target = suggestTarget(profiles, rows)
  if (!target)
    return fail({
      code: 'bad-table',
      field: 'columns',
      message: `${name} has no column that could be predicted: ${profiles.length === 1 ? 'it has only one' : 'all of them are texts, dates or always the same'}.`,
      detail: 'A table needs a column with the answer, and at least one other to learn from.'
    })
  const lost = leftOut(profiles, target.profile, rows)
  const text = lost.length === profiles.length - 1 ? wordiest(lost) : undefined
  const left = lost.filter(({ profile }) => profile !== text)
  const gaps = profiles.filter(
    (p) => hasTellingGaps(p, rows) && p !== target.profile && !left.some((l) => l.profile === p)
  )
  let columns: ColumnSettings = chooseTarget([], target.profile.name)
  for (const { profile } of left) columns = changeColumn(columns, profile.name, { role: 'ignored' })
  for (const { name: column } of gaps) columns = changeColumn(columns, column, { flag: true })
  if (text) columns = changeColumn(columns, text.name, { role: 'input', ...cutInto(text) })
  const config: TableConfig = { task: 'auto', scaling: 'standardise', columns }
  const described = sources['table']!.describe({ file: name, ...config }, { [name]: file })
  if ('code' in described) return fail(described)
  const { task, inputs } = planTable(config, file.table)
  const answers = task === 'class' ? described.classes.length : 1
  const units = text ? TEXT_UNITS : hiddenUnits(described.features.length, answers)
  const characters = text && inputs[0]!.encode === 'characters'
  const split =
    rows < FEW_ROWS
      ? { train: 0.7, test: 0 }
      : rows < MANY_ROWS
        ? { train: 0.7, test: 0.15 }
        : { train: 0.9, test: 0.05 }
  const batchSize = rows <= 500 ? null : rows <= 20_000 ? 32 : 256
  const perEpoch = batchSize === null ? 1 : Math.ceil((split.train * rows) / batchSize)
  const epochs = Math.max(5, Math.min(300, Math.round(20_000 / perEpoch)))
  const document = chainProject({
    name: titleOf(name),
    source: part('table', { file: name, ...config }),
    split,
    layers: [
      ...(text ? readers(described.tokens!, characters === true) : []),
      ['hidden', 'dense', { units, activation: part('relu') }],
      ['output', 'dense', { units: answers, activation: part(task === 'class' ? 'softmax' : 'linear') }]
    ],
    output: task === 'class' ? {} : { loss: part('meanSquaredError') },
    optimizer: part('adam', { learningRate: rows <= 2000 ? 0.01 : 0.003 }),
    epochs,
    batchSize
  })
  const suggestions: Suggestion[] = [
    { what: 'Predict', choice: target.profile.name, why: target.why },
    {
      what: 'Learn from',
      choice: inputs.length === 1 ? inputs[0]!.profile.name : `${inputs.length} columns`,
      why: left.length === 0 ? 'Every other column can tell something.' : leftWords(left)
    },
    text
      ? {
          what: 'Prepare',
          choice: `${described.features.length} ${characters ? 'characters' : 'words'} of each`,
          why: `Each of the commonest ones gets a number. Nearly all texts have no more of them; what is longer is cut off.`
        }
      : { what: 'Prepare', choice: preparedAs(inputs.map(({ kind }) => kind)), why: preparedWhy(gaps) },
    {
      what: 'Parts',
      choice:
        split.test === 0
          ? '70 % to learn, 30 % new'
          : split.train === 0.7
            ? '70 % to learn, 15 % new, 15 % test'
            : '90 % to learn, 5 % new, 5 % test',
      why:
        split.test === 0
          ? `${countText(rows)} rows are few, so none are put aside for a test.`
          : 'Rows it has not seen show how well it does; the test is scored once, at the end.'
    },
    {
      what: 'Network',
      choice: text
        ? `Embedding, ${characters ? 'GRU' : 'average'}, ${units} neurons`
        : `${units} neurons, then ${answers} ${answers === 1 ? 'answer' : 'answers'}`,
      why: text
        ? `The Embedding gives each ${characters ? 'character' : 'word'} numbers, ${characters ? 'the GRU reads them in turn' : 'their average tells what the text is about'}, and a layer answers.`
        : task === 'class'
          ? 'One hidden layer is enough for most tables; a neuron for each class answers.'
          : 'One hidden layer is enough for most tables; one neuron answers with the number.'
    },
    {
      what: 'Training',
      choice: `${countText(epochs)} epochs`,
      why:
        batchSize === null
          ? 'The table is small, so each step can look at all of it.'
          : `Each step looks at ${batchSize} rows, and all steps together take about a minute.`
    }
  ]
  return ok({ document, files: { [name]: file }, suggestions })
}

interface Reasoned {
  readonly profile: ColumnProfile
  readonly why: string
}

function suggestTarget(profiles: readonly ColumnProfile[], rows: number): Reasoned | undefined {
  const usable = profiles.filter((p) => canBeTarget(p, rows))
  if (profiles.length < 2) return undefined
  const named = usable.find(({ name }) => ANSWERS.test(name.trim()))
  if (named) return { profile: named, why: `Its name says that it is the answer. ${named.reason}` }
  const last = profiles.at(-1)!
  const profile = usable.includes(last) ? last : (usable.findLast(looksLikeClasses) ?? usable.at(-1))
  if (!profile) return undefined
  return {
    profile,
    why: `${profile === last ? 'The last column is usually the answer.' : `The last column, ${last.name}, cannot be one.`} ${profile.reason}`
  }
}

function canBeTarget(profile: ColumnProfile, rows: number): boolean {
  const { kind, distinct } = profile
  return distinct > 1 && (kind === 'category' || (kind === 'number' && !isCounter(profile, rows)))
}

/** Numbers that count the rows, as 1, 2, 3 …: they name a row, and say nothing about it. */
function isCounter({ kind, distinct, numbers, name }: ColumnProfile, rows: number): boolean {
  if (kind !== 'number' || !numbers || distinct < rows || rows < 10) return false
  const whole = Number.isInteger(numbers.min) && Number.isInteger(numbers.max)
  return whole && (numbers.max - numbers.min === rows - 1 || /(^|[\s_-])id$/i.test(name))
}

const hasTellingGaps = ({ kind, missing, odd }: ColumnProfile, rows: number): boolean =>
  (kind === 'number' || kind === 'datetime') && missing + (odd?.count ?? 0) > TELLING_GAPS * rows

function leftOut(
  profiles: readonly ColumnProfile[],
  target: ColumnProfile,
  rows: number
): readonly Reasoned[] {
  return profiles.flatMap((profile): Reasoned[] => {
    const { kind, distinct, missing } = profile
    const why =
      profile === target
        ? undefined
        : distinct === 0
          ? 'is empty'
          : distinct === 1
            ? 'is always the same'
            : missing > MOSTLY_EMPTY * rows
              ? 'is mostly empty'
              : isCounter(profile, rows)
                ? 'only counts the rows'
                : kind === 'text'
                  ? 'is a text'
                  : undefined
    return why === undefined ? [] : [{ profile, why }]
  })
}

function leftWords(left: readonly Reasoned[]): string {
  const told = left.slice(0, 3).map(({ profile, why }) => `${profile.name} ${why}`)
  const more = left.length - told.length
  return `Left out: ${told.join(', ')}${more > 0 ? `, and ${more} more` : ''}.`
}

function preparedAs(kinds: readonly string[]): string {
  const has = (kind: string): boolean => kinds.includes(kind)
  const told = [
    ...(has('number') ? ['numbers standardised'] : []),
    ...(has('category') ? ['a number for each category'] : []),
    ...(has('datetime') ? ['dates in parts'] : [])
  ].join(', ')
  return told.charAt(0).toUpperCase() + told.slice(1)
}

function preparedWhy(gaps: readonly ColumnProfile[]): string {
  const one = 'Columns on one scale let the network learn from all of them at once.'
  return gaps.length === 0
    ? one
    : `${one} Where ${gaps
        .map(({ name }) => name)
        .slice(0, 3)
        .join(', ')} ${gaps.length === 1 ? 'is' : 'are'} missing, that is told to the network, too.`
}

/** Neurons behind what reads a text. */
const TEXT_UNITS = 16
/** So many characters a word: the text has no spaces between words. */
const LONG_WORDS = 15

/** The column of texts with the most words, where texts are all there is to learn from. */
function wordiest(left: readonly Reasoned[]): ColumnProfile | undefined {
  const words = ({ tokens }: ColumnProfile): number => tokens?.['words']?.usual ?? 0
  const texts = left
    .map(({ profile }) => profile)
    .filter(({ kind, distinct }) => kind === 'text' && distinct > 1)
  return texts.sort((a, b) => words(b) - words(a))[0]
}

function cutInto({ tokens }: ColumnProfile): { readonly encode?: string } {
  const { words, characters } = tokens ?? {}
  return words && characters && characters.usual > LONG_WORDS * words.usual ? { encode: 'characters' } : {}
}

/** What reads a text: words have their meaning wherever they stand, characters only in their order. */
function readers(tokens: number, characters: boolean): ChainProject['layers'] {
  return [
    ['embedding', 'embedding', { inputDim: tokens, outputDim: 16, maskZero: true }],
    characters ? ['reader', 'gru', { units: 32 }] : ['average', 'globalAveragePooling1d', {}]
  ]
}

/** Room for a few bends a class, and more where there is more to look at. */
function hiddenUnits(features: number, answers: number): number {
  return Math.min(64, Math.max(8, 2 * answers, Math.ceil((features + answers) / 2)))
}

/** "iris flowers.csv" → "Iris flowers". */
export function titleOf(fileName: string): string {
  const bare = fileName
    .replace(/^.*[\\/]/, '')
    .replace(/\.[^.]+$/, '')
    .replaceAll('_', ' ')
    .trim()
  const title = bare.charAt(0).toUpperCase() + bare.slice(1)
  return title === '' ? 'Table' : title.slice(0, 120)
}
