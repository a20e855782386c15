import type { ProjectFiles } from '@core/data/files'
import { momentText } from '@core/data/table/columns'
import { planTable, type PlannedColumn, type TableConfig, type TablePlan } from '@core/data/table/plan'
import { sources } from '@core/registry'
import type { Config } from '@core/registry/fields'
import type { Cells } from './probe.svelte'

/** What is done with the columns of the table that the data comes from; undefined where it comes from no table. */
export function tablePlan(
  { type, config }: { readonly type: string; readonly config: Config },
  files: ProjectFiles
): TablePlan | undefined {
  const file = sources[type]!.reads === 'table' ? files[String(config['file'])] : undefined
  return file && 'table' in file ? planTable(config as unknown as TableConfig, file.table) : undefined
}

/** A row to begin with: the middle number, the middle day and the commonest category of each column. */
export function typicalRow(columns: readonly PlannedColumn[]): Cells {
  return Object.fromEntries(columns.map((column) => [column.profile.name, typicalCell(column)]))
}

function typicalCell({ kind, profile: { numbers, moments, words, examples } }: PlannedColumn): string {
  if (kind === 'number') return numbers ? String(Number(numbers.median.toPrecision(6))) : ''
  if (kind === 'datetime') return moments ? momentText(moments.median) : ''
  return (kind === 'text' ? examples[0] : words[0]?.[0]) ?? ''
}
