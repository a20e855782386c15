import { getSetting } from '../document/paths'
import type { Document } from '../document/schema'
import { parts } from '../registry'
import type { Field, FloatField, IntField, Part } from '../registry/fields'
import { fail, ok, type Result } from '../result'
import { settingsOf } from '../runs/settings'
import type { SweptValue } from './sweep'

/** A setting that can be tried with several values. */
export interface SweepSetting {
  /** As `setSetting` takes it. */
  readonly path: string
  readonly label: string
  /** Under which heading it stands. */
  readonly group: 'Data' | 'Network' | 'Training'
  readonly field: Field
  readonly value: SweptValue
}

// What the registry does not describe: settings of the document itself.
const plain: { readonly [path: string]: IntField | FloatField } = {
  'training.batchSize': {
    kind: 'int',
    label: 'Batch size',
    help: 'Examples the network looks at before each step.',
    default: 32,
    min: 1,
    max: 1_000_000
  },
  'data.split.train': {
    kind: 'float',
    label: 'To learn from',
    help: 'Up to 1 a share of all examples, above 1 a number of examples.',
    default: 0.8,
    min: 0.01,
    max: 10_000_000,
    scale: 'log'
  },
  'data.seed': {
    kind: 'int',
    label: 'Seed of the data',
    help: 'Other examples of the same kind, and another split.',
    default: 0,
    min: 0,
    max: 0xffffffff
  }
}

const KINDS = ['int', 'float', 'bool', 'choice', 'part']

/** All settings of a document that can be varied, in the order in which people read them. */
export function sweepSettings(document: Document): readonly SweepSetting[] {
  return settingsOf(document).flatMap(({ path, label }) => {
    const found = getSetting(document, path)
    const field = found?.field ?? plain[path]
    if (!found || !field || !KINDS.includes(field.kind)) return []
    // The data and the way of learning are what a sweep is about, not a setting of it.
    if (path === 'data.source' || path === 'training.scheme') return []
    return [{ path, label, group: groupOf(path), field, value: plainValue(found.value) }]
  })
}

function groupOf(path: string): SweepSetting['group'] {
  if (path.startsWith('data.')) return 'Data'
  return path.startsWith('nodes.') ? 'Network' : 'Training'
}

/** A value as a sweep has it: of a part its type. */
export function plainValue(value: unknown): SweptValue {
  if (typeof value === 'object' && value !== null) return (value as Part).type
  return value as SweptValue
}

/**
 * The setting that words on the command line mean: its path, or an end of its path that is no other's
 * (`hidden.units`, `learningRate`).
 */
export function findSweepSetting(document: Document, words: string): Result<SweepSetting> {
  const all = sweepSettings(document)
  const exact = all.find(({ path }) => path === words)
  if (exact) return ok(exact)
  const ending = all.filter(({ path }) => path.endsWith(`.${words}`))
  if (ending.length === 1) return ok(ending[0]!)
  const paths = (ending.length > 1 ? ending : all).map(({ path }) => path).join(', ')
  return fail({
    code: 'no-setting',
    field: words,
    message:
      ending.length > 1
        ? `${words} could be ${paths}.`
        : `There is no setting ${words} that can be varied. There are ${paths}.`
  })
}

/** A value as people read it. */
export function valueText({ field }: Pick<SweepSetting, 'field'>, value: SweptValue): string {
  if (value === null) return 'all'
  if (field.kind === 'bool') return value === true ? 'yes' : 'no'
  if (field.kind === 'choice') return field.options.find((o) => o.value === value)?.label ?? String(value)
  if (field.kind === 'part') return parts[field.registry][String(value)]?.title ?? String(value)
  return typeof value === 'number' ? shortNumber(value) : String(value)
}

/** A value with the noun it counts, to stand alone: "1 neuron", "0.01". */
export function countedText(setting: Pick<SweepSetting, 'field'>, value: SweptValue): string {
  const { field } = setting
  const text = valueText(setting, value)
  if (field.kind !== 'int' || field.unit === undefined) return text
  return `${text} ${value === 1 ? field.unit.replace(/s$/, '') : field.unit}`
}

/** Three digits are enough to tell values of a range apart. */
function shortNumber(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-US')
  const size = Math.abs(value)
  return size < 1e-3 ? value.toExponential(1).replace(/\.0e/, 'e') : String(Number(value.toPrecision(3)))
}

/** What can be chosen, where there is only so much; undefined for numbers. */
export function choicesOf({
  field
}: Pick<SweepSetting, 'field'>):
  readonly { readonly value: SweptValue; readonly label: string }[] | undefined {
  if (field.kind === 'bool')
    return [
      { value: false, label: 'no' },
      { value: true, label: 'yes' }
    ]
  if (field.kind === 'choice') return field.options.map(({ value, label }) => ({ value, label }))
  if (field.kind !== 'part') return undefined
  return Object.values(parts[field.registry]).map(({ type, title }) => ({ value: type, label: title }))
}
