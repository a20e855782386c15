import { planTable, suits, type PlannedColumn, type TablePlan } from '@core/data/table/plan'
import type { ColumnProfile, TableProfile } from '@core/data/table/profile'
import { momentText, type ColumnKind } from '@core/data/table/columns'
import { changeColumn, chooseTarget, type ColumnRole, type ColumnSettings } from '@core/data/table/setting'
import type { Sample } from '@core/data/sample'
import type { Document } from '@core/document/schema'
import { encodings, fills, sources, tokenizations } from '@core/registry'
import { defaultsOf } from '@core/registry/fields'
import { numberText } from '@core/words'

/** What a column can be for; rows that share a value in a group stay in one part. */
export type Use = ColumnRole | 'group'

export const kindNames: { readonly [K in ColumnKind]: string } = {
  number: 'Number',
  category: 'Category',
  text: 'Text',
  datetime: 'Date or time'
}
export const kindIcons: { readonly [K in ColumnKind]: string } = {
  number: 'hash',
  category: 'tags',
  text: 'case-sensitive',
  datetime: 'calendar-days'
}
export const useNames: { readonly [U in Use]: string } = {
  input: 'Learn from it',
  target: 'Predict it',
  group: 'Keep together by it',
  ignored: 'Leave it out'
}

type Data = Document['data']
interface TableConfig {
  readonly task: 'auto' | 'class' | 'number'
  readonly scaling: 'none' | 'standardise' | 'minMax'
  readonly columns: ColumnSettings
}

const configOf = ({ source }: Data): TableConfig =>
  ({ ...defaultsOf(sources['table']!.fields), ...source.config }) as unknown as TableConfig

/** The columns of the project's table with everything that is decided or usual about them. */
export function planOf(data: Data, profile: TableProfile): TablePlan {
  return planTable(configOf(data), profile)
}

/** What a column is for. */
export function useOf(data: Data, { role, profile }: PlannedColumn): Use {
  return data.split.group === profile.name && role !== 'target' ? 'group' : role
}

/** The data with another use of a column. A text is learned from by itself: another column takes its place. */
export function withUse(data: Data, profile: TableProfile, name: string, use: Use): Partial<Data> {
  const { columns } = configOf(data)
  const text = planOf(data, profile).inputs.find((column) => column.text)
  const { group: _, ...split } = data.split
  const others = data.split.group === name ? split : data.split
  const settings =
    use === 'target'
      ? chooseTarget(columns, name)
      : changeColumn(
          text && use === 'input' ? changeColumn(columns, text.profile.name, { role: undefined }) : columns,
          name,
          { role: use === 'group' ? 'ignored' : use }
        )
  return { ...withColumns(data, settings), split: use === 'group' ? { ...data.split, group: name } : others }
}

/** The data with other settings of one column. */
export function withSetting(
  data: Data,
  name: string,
  change: Parameters<typeof changeColumn>[2]
): Partial<Data> {
  return withColumns(data, changeColumn(configOf(data).columns, name, change))
}

function withColumns({ source }: Data, columns: ColumnSettings): Partial<Data> {
  return { source: { ...source, config: { ...source.config, columns } } }
}

/** Steps that go with cells of this kind. */
export const fillsFor = (kind: ColumnKind) =>
  Object.values(fills)
    .filter((fill) => suits(fill, kind))
    .map(({ type, title, summary }) => ({ value: type, label: title, help: summary }))
export const encodingsFor = (kind: ColumnKind) =>
  (kind === 'text'
    ? Object.values(tokenizations)
    : Object.values(encodings).filter((encoding) => suits(encoding, kind))
  ).map(({ type, title, summary }) => ({ value: type, label: title, help: summary }))

/** Heights of the bars that show a column at a glance, from 0 to 1. */
export function barsOf({ kind, numbers, moments, words }: ColumnProfile): readonly number[] {
  const counts =
    kind === 'number' || kind === 'datetime'
      ? ((kind === 'number' ? numbers : moments)?.bins ?? [])
      : words.slice(0, 12).map(([, count]) => count)
  const most = Math.max(1, ...counts)
  return counts.map((count) => count / most)
}

/** Letters of a cell that are told. */
const LONG = 36

/** What is in a column, in a line. */
export function rangeWords({ kind, numbers, moments, distinct, words }: ColumnProfile): string {
  if (kind === 'number' && numbers)
    return `${numberText(numbers.min)} to ${numberText(numbers.max)}, average ${numberText(Number(numbers.mean.toPrecision(4)))}`
  if (kind === 'datetime' && moments) return `${momentText(moments.min)} to ${momentText(moments.max)}`
  const short = (word: string): string => (word.length > LONG ? `${word.slice(0, LONG).trimEnd()}…` : word)
  if (kind === 'text')
    return words
      .slice(0, 2)
      .map(([word]) => `“${short(word)}”`)
      .join(', ')
  const first = words.slice(0, 3).map(([word]) => short(word))
  return distinct <= 3 ? first.join(', ') : `${first.join(', ')} and ${distinct - first.length} more`
}

/** A cell as it was written, and the numbers it becomes; undefined before they are known. */
export function beforeAfter(
  sample: Sample | undefined,
  profile: TableProfile,
  name: string
): { readonly before: string; readonly after: string } | undefined {
  if (!sample) return undefined
  const place = profile.columns.findIndex((column) => column.name === name)
  const { inputs } = sample.preparation
  const at = inputs.findIndex((input) => input.name === name)
  if (at < 0) return undefined
  const row = sample.cells.findIndex((cells) => (cells[place] ?? '') !== '')
  if (row < 0) return undefined
  const width = inputs.reduce((n, { names }) => n + names.length, 0)
  const offset = inputs.slice(0, at).reduce((n, { names }) => n + names.length, 0)
  const values = [...sample.x.subarray(row * width + offset, row * width + offset + inputs[at]!.names.length)]
  const told = values.slice(0, 6).map((v) => numberText(Number(v.toPrecision(3))))
  return { before: sample.cells[row]![place]!, after: told.join(', ') + (values.length > 6 ? ' …' : '') }
}
