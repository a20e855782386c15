import { z } from 'zod'
import { COLUMN_KINDS } from './columns'

/** What a column is for. */
export const COLUMN_ROLES = ['input', 'target', 'ignored'] as const
export type ColumnRole = (typeof COLUMN_ROLES)[number]

/** What a person has decided about a column; what is left out is as usual for its kind. */
export const columnSettingSchema = z
  .strictObject({
    name: z.string().max(300),
    role: z.enum(COLUMN_ROLES).optional(),
    kind: z.enum(COLUMN_KINDS).optional().describe('What its cells are, where the guess was wrong'),
    fill: z.string().max(40).optional().describe('What stands in for a missing cell: a type of the registry'),
    flag: z.boolean().optional().describe('A number more that is 1 where the cell was missing'),
    length: z
      .int()
      .min(1)
      .max(1000)
      .optional()
      .describe('How many words or characters of a text are read at most'),
    vocabulary: z
      .int()
      .min(3)
      .max(100_000)
      .optional()
      .describe('How many different words or characters of a text are known at most'),
    encode: z.string().max(40).optional().describe('How a cell becomes numbers: a type of the registry')
  })
  .readonly()
  .meta({ id: 'ColumnSetting', description: 'What was decided about one column of a table' })

export type ColumnSetting = z.infer<typeof columnSettingSchema>
export type ColumnSettings = readonly ColumnSetting[]

/** The settings with a change to one column; a setting that says nothing any more is dropped. */
export function changeColumn(
  settings: ColumnSettings,
  name: string,
  change: Partial<{ readonly [K in keyof Omit<ColumnSetting, 'name'>]: ColumnSetting[K] | undefined }>
): ColumnSettings {
  const before = settings.find((setting) => setting.name === name) ?? { name }
  const after = Object.fromEntries(
    Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined)
  ) as ColumnSetting
  const others = settings.map((setting) => (setting.name === name ? after : setting))
  const all = settings.some((setting) => setting.name === name) ? others : [...others, after]
  return all.filter((setting) => Object.keys(setting).length > 1)
}

/** What is forgotten of a column whose cells are taken for something else. */
export const unprepared = {
  ...{ encode: undefined, fill: undefined, flag: undefined },
  ...{ length: undefined, vocabulary: undefined }
} as const

/** The settings in which this column, and no other one, is the target. */
export function chooseTarget(settings: ColumnSettings, name: string): ColumnSettings {
  const without = settings.reduce(
    (all, setting) =>
      setting.role === 'target' ? changeColumn(all, setting.name, { role: undefined }) : all,
    settings
  )
  return changeColumn(without, name, { role: 'target', ...unprepared })
}
