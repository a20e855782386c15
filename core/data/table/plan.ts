import type { EncodingDefinition, FillDefinition } from '../../registry/contracts/preparation'
import { tokenizations } from '../../registry/preparations'
import { RESERVED } from '../preparation/texts'
import type { ColumnKind } from './columns'
import { MOST_WORDS, type ColumnProfile, type TableProfile } from './profile'
import type { ColumnRole, ColumnSetting, ColumnSettings } from './setting'

/** Which step numbers get where nothing else is said. */
export type Scaling = 'none' | 'standardise' | 'minMax'

/** What a table is used for, as the source's settings say it. */
export interface TableConfig {
  readonly task: 'auto' | 'class' | 'number'
  readonly scaling: Scaling
  readonly columns: ColumnSettings
}

/** A column with everything that is decided or usual about it. */
export interface PlannedColumn {
  readonly profile: ColumnProfile
  readonly place: number
  readonly role: ColumnRole
  readonly kind: ColumnKind
  readonly fill: string
  readonly flag: boolean
  /** Empty for a column of classes. */
  readonly encode: string
  /** Categories in the order of their numbers; none for other kinds. */
  readonly vocabulary: readonly string[]
  /** Of a text that is learned from: how much of each is read, and how many different tokens are told apart. */
  readonly text?: { readonly length: number; readonly tokens: number }
}

/** A table with everything that is decided or usual about it. */
export interface TablePlan {
  readonly columns: readonly PlannedColumn[]
  readonly inputs: readonly PlannedColumn[]
  readonly target: PlannedColumn
  readonly task: 'class' | 'number'
}

/** Whole numbers with up to this many values are taken for classes. */
const FEW_CLASSES = 10

const natural = new Intl.Collator('en', { numeric: true })

/** Categories of a column in natural order: class 2 before class 10. */
export function vocabularyOf({ words }: ColumnProfile): readonly string[] {
  return words.map(([word]) => word).sort((a, b) => natural.compare(a, b))
}

/** What a column is taken for, and how it is prepared, where nothing is said about it. */
export const usual: {
  readonly [K in ColumnKind]: { readonly fill: string; readonly encode: (scaling: Scaling) => string }
} = {
  number: { fill: 'median', encode: (scaling) => scaling },
  category: { fill: 'empty', encode: () => 'oneHot' },
  datetime: { fill: 'median', encode: () => 'dateParts' },
  text: { fill: 'dropRow', encode: () => 'words' }
}

/** Does this step go with cells of this kind? */
export function suits(step: FillDefinition | EncodingDefinition | undefined, kind: ColumnKind): boolean {
  return step?.kinds.includes(kind) === true
}

/** The whole numbers of a column are few enough to be classes. */
export function looksLikeClasses({ kind, distinct, numbers, words }: ColumnProfile): boolean {
  if (kind === 'category') return true
  if (kind !== 'number' || !numbers || distinct > FEW_CLASSES) return false
  return words.every(([word]) => Number.isInteger(Number(word)))
}

/**
 * Settings and what is usual, for every column of a table; the last column is the target where none is chosen. A text is
 * only learned from where that was said, and then by itself: its numbers stand for words, and are no amounts beside
 * others.
 */
export function planTable(config: TableConfig, { columns }: TableProfile): TablePlan {
  const settings = new Map(config.columns.map((setting) => [setting.name, setting]))
  const chosen = columns.findIndex(({ name }) => settings.get(name)?.role === 'target')
  const targetPlace = chosen < 0 ? columns.length - 1 : chosen
  const targetProfile = columns[targetPlace]!
  const targetKind = settings.get(targetProfile.name)?.kind ?? targetProfile.kind
  const task =
    config.task !== 'auto'
      ? config.task
      : targetKind === 'category' || looksLikeClasses({ ...targetProfile, kind: targetKind })
        ? 'class'
        : targetKind === 'number'
          ? 'number'
          : 'class'
  const kindOf = (profile: ColumnProfile): ColumnKind => settings.get(profile.name)?.kind ?? profile.kind
  const textPlace = columns.findIndex(
    (profile, place) =>
      place !== targetPlace && kindOf(profile) === 'text' && settings.get(profile.name)?.role === 'input'
  )
  const planned = columns.map((profile, place): PlannedColumn => {
    const setting = settings.get(profile.name) ?? { name: profile.name }
    const { role, fill, flag, encode } = setting
    const isTarget = place === targetPlace
    const kind = isTarget ? (task === 'class' ? 'category' : 'number') : kindOf(profile)
    const isText = place === textPlace
    const out = textPlace < 0 ? kind === 'text' || role === 'ignored' : !isText
    return {
      profile,
      place,
      role: isTarget ? 'target' : out ? 'ignored' : 'input',
      kind,
      fill: isTarget ? 'dropRow' : (fill ?? usual[kind].fill),
      flag: flag ?? false,
      encode: isTarget && task === 'class' ? '' : (encode ?? usual[kind].encode(config.scaling)),
      vocabulary: kind === 'category' ? vocabularyOf(profile) : [],
      ...(isText ? { text: readText(profile, setting) } : {})
    }
  })
  return {
    columns: planned,
    inputs: planned.filter(({ role }) => role === 'input'),
    target: planned[targetPlace]!,
    task
  }
}

/** How much is read of the texts of a column: what was said, or what nineteen in twenty of them have. */
function readText({ tokens }: ColumnProfile, setting: ColumnSetting): NonNullable<PlannedColumn['text']> {
  const type = setting.encode ?? usual.text.encode('none')
  const most = tokenizations[type]?.most ?? { length: 1, vocabulary: 1 }
  const known = tokens?.[type] ?? { usual: most.length, distinct: most.vocabulary }
  return {
    length: setting.length ?? Math.max(1, Math.min(known.usual, most.length)),
    tokens: RESERVED + Math.max(1, Math.min(known.distinct, setting.vocabulary ?? most.vocabulary))
  }
}

/** Rows that lack a value in this column when its cells are read as this kind. */
export function missingAs(
  { missing, odd, numbers, moments, words }: ColumnProfile,
  kind: ColumnKind,
  rows: number
): number {
  if (kind === 'number') return numbers?.missing ?? rows
  if (kind === 'datetime') return moments?.missing ?? rows
  if (kind === 'category' && words.length === MOST_WORDS)
    return rows - words.reduce((n, [, count]) => n + count, 0)
  return missing + (odd?.count ?? 0)
}

/** Rows that are left once those are left out that lack what may not be missing; exact where kinds are as guessed. */
export function rowsLeft(
  plan: TablePlan,
  drops: (fill: string) => boolean,
  { rows, gaps }: TableProfile
): number {
  const strict = plan.columns.filter(({ role, fill }) => role !== 'ignored' && drops(fill))
  const places = new Set(strict.map(({ place }) => place))
  const lost = gaps.reduce((n, gap) => (gap.columns.some((place) => places.has(place)) ? n + gap.rows : n), 0)
  const most = Math.max(0, ...strict.map(({ profile, kind }) => missingAs(profile, kind, rows)))
  return rows - Math.max(lost, most)
}
