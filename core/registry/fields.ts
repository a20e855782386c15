import { pictureFolderSchema, type PictureFolder } from '../data/pictureFolder'
import { decodeDrawing } from '../data/points/drawing'
import { columnSettingSchema, type ColumnSettings } from '../data/table/setting'
import type { Problem } from '../result'
import { numberText } from '../words'

/** A value that is one object of a registry with its own settings: an activation, an initialiser, a loss … */
export interface Part {
  readonly type: string
  readonly config: Config
}

/** What a field can hold. Documents hold nothing else, so they are JSON as they are. */
export type FieldValue = number | boolean | string | Part | ColumnSettings | PictureFolder

/** The settings of a node, a source or a part, by field name. */
export type Config = { readonly [field: string]: FieldValue }

/** The registries a field can choose from. */
export type PartKind =
  | 'activation'
  | 'initializer'
  | 'regularizer'
  | 'constraint'
  | 'loss'
  | 'optimizer'
  | 'schedule'
  | 'clipping'
  | 'scheme'
  | 'source'
  | 'augmentation'

interface FieldBase<V> {
  readonly label: string
  /** One plain sentence for someone who has never trained a network. */
  readonly help: string
  readonly default: V
  /** Taken at the next step of a running training; others apply when training starts over. */
  readonly hot?: boolean
  /** Of a source: a running training takes a change up at once, by going on with the changed data. */
  readonly live?: boolean
  /** Shown under "More settings". */
  readonly advanced?: boolean
}

/** A whole number. `unit` is the plural noun it counts ("neurons"). */
export interface IntField extends FieldBase<number> {
  readonly kind: 'int'
  readonly min: number
  readonly max: number
  readonly unit?: string
}

/** A real number. `scale: 'log'` makes sliders and steps multiplicative. */
export interface FloatField extends FieldBase<number> {
  readonly kind: 'float'
  readonly min: number
  readonly max: number
  readonly step?: number
  readonly scale?: 'linear' | 'log'
  readonly unit?: string
}

/** Yes or no. */
export interface BoolField extends FieldBase<boolean> {
  readonly kind: 'bool'
}

/** One of a few named values. */
export interface ChoiceField extends FieldBase<string> {
  readonly kind: 'choice'
  readonly options: readonly { readonly value: string; readonly label: string; readonly help?: string }[]
}

/** Some of a few named values, at least one: their names in the order of the options, with spaces between. */
export interface ChoicesField extends FieldBase<string> {
  readonly kind: 'choices'
  readonly options: readonly { readonly value: string; readonly label: string; readonly help?: string }[]
}

/** Words that are not Netloom's own. They can be read, and are not typed in. */
export interface TextField extends FieldBase<string> {
  readonly kind: 'text'
}

/** Points that a person draws, as `encodeDrawing` writes them. */
export interface DrawingField extends FieldBase<string> {
  readonly kind: 'drawing'
}

/** One object of another registry, with its settings. */
export interface PartField extends FieldBase<Part> {
  readonly kind: 'part'
  readonly registry: PartKind
}

/** The name of a data file that travels with the project. */
export interface FileField extends FieldBase<string> {
  readonly kind: 'file'
  /** Endings without the dot. */
  readonly accept: readonly string[]
}

/** What was decided about the columns of a table. */
export interface ColumnsField extends FieldBase<ColumnSettings> {
  readonly kind: 'columns'
}

/** A folder of pictures: a reference to it, or '' where none is chosen. */
export interface FolderField extends FieldBase<PictureFolder | ''> {
  readonly kind: 'folder'
}

/** A setting: the inspector draws it, the document is checked against it, types follow from it. */
export type Field =
  | IntField
  | FloatField
  | BoolField
  | ChoiceField
  | ChoicesField
  | TextField
  | DrawingField
  | PartField
  | FileField
  | ColumnsField
  | FolderField

/** The fields of an object, by name, in the order in which they are shown. */
export type Fields = { readonly [name: string]: Field }

type ValueOf<F extends Field> = F extends { kind: 'int' | 'float' }
  ? number
  : F extends { kind: 'bool' }
    ? boolean
    : F extends { kind: 'part' }
      ? Part
      : F extends { kind: 'columns' }
        ? ColumnSettings
        : F extends { kind: 'folder' }
          ? PictureFolder | ''
          : F extends { kind: 'choice'; options: readonly { value: infer V }[] }
            ? V
            : string

/** The type of the settings that these fields describe. */
export type ConfigOf<Fs extends Fields> = { readonly [K in keyof Fs]: ValueOf<Fs[K]> }

/** The settings with every field at its default. */
export function defaultsOf<Fs extends Fields>(fields: Fs): ConfigOf<Fs> {
  return Object.fromEntries(Object.entries(fields).map(([name, f]) => [name, f.default])) as ConfigOf<Fs>
}

/** Does the value have the type the field asks for? Ranges are another matter: see `rangeProblem`. */
export function hasFieldType(field: Field, value: unknown): value is FieldValue {
  switch (field.kind) {
    case 'int':
    case 'float':
      return typeof value === 'number' && Number.isFinite(value)
    case 'bool':
      return typeof value === 'boolean'
    case 'choice':
      return typeof value === 'string' && field.options.some((o) => o.value === value)
    case 'choices':
      return typeof value === 'string' && value !== '' && value === chosen(field, value).join(' ')
    case 'drawing':
      return typeof value === 'string' && decodeDrawing(value) !== undefined
    case 'text':
    case 'file':
      return typeof value === 'string'
    case 'folder':
      return value === '' || pictureFolderSchema.safeParse(value).success
    case 'part':
      return isPart(value)
    case 'columns':
      return Array.isArray(value) && value.every((setting) => columnSettingSchema.safeParse(setting).success)
  }
}

/** The names that are chosen, in the order of the options. */
export function chosen({ options }: ChoicesField, value: string): readonly string[] {
  const names = value.split(' ')
  return options.map((o) => o.value).filter((name) => names.includes(name))
}

/** Is it one object of a registry with its settings? */
export function isPart(value: unknown): value is Part {
  if (typeof value !== 'object' || value === null) return false
  const { type, config } = value as Partial<Record<keyof Part, unknown>>
  return typeof type === 'string' && typeof config === 'object' && config !== null
}

/** What is wrong with a number outside its range, with a fix that `useValue` turns into an edit. */
export function rangeProblem(
  name: string,
  field: Field,
  value: FieldValue,
  at: { nodeId?: string; useValue(value: number): NonNullable<Problem['fix']>['edit'] }
): Problem | undefined {
  if ((field.kind !== 'int' && field.kind !== 'float') || typeof value !== 'number') return undefined
  const noun = field.unit ?? ''
  const make = (message: string, to: number): Problem => ({
    code: 'range',
    message,
    ...(at.nodeId === undefined ? {} : { nodeId: at.nodeId }),
    field: name,
    fix: { label: `Use ${numberText(to)}${noun ? ` ${noun}` : ''}`, edit: at.useValue(to) }
  })
  const has = noun ? `Has ${numberText(value)} ${noun}` : `${field.label} is ${numberText(value)}`
  if (value < field.min) return make(`${has}, needs at least ${numberText(field.min)}.`, field.default)
  if (value > field.max) return make(`${has}, can be ${numberText(field.max)} at most.`, field.max)
  if (field.kind === 'int' && !Number.isInteger(value))
    return make(`${has}, needs a whole number.`, Math.round(value))
  return undefined
}
