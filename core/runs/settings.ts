import type { Document } from '../document/schema'
import { TRAINING_PARTS } from '../document/schema'
import { layers, parts, sources } from '../registry'
import type { Config, Field, Fields, FieldValue, Part } from '../registry/fields'
import { countText, numberText } from '../words'

/** One setting of a document as people read it. */
export interface ReadSetting {
  /** As `getSetting` takes it. */
  readonly path: string
  readonly label: string
  readonly value: string
  /** One of the few that people name first. */
  readonly first: boolean
}

/** A setting in which documents differ; a value each, null where a document has no such thing. */
export interface SettingRow {
  readonly path: string
  readonly label: string
  readonly values: readonly (string | null)[]
}

/** In what documents differ, and what is the same in all of them. */
export interface SettingsCompared {
  readonly differing: readonly SettingRow[]
  readonly same: readonly ReadSetting[]
}

const partTitles = {
  scheme: 'Way of learning',
  optimizer: 'Optimizer',
  schedule: 'Learning rate schedule',
  clipping: 'Clipping'
} as const
const FIRST = ['learningRate', 'noise', 'activation']

/** All settings of a document, data first, then the network, then training. */
export function settingsOf(document: Document): readonly ReadSetting[] {
  return [...dataSettings(document), ...nodeSettings(document), ...trainingSettings(document)]
}

/** Compares the settings of documents. A layer that only some have is told as a whole. */
export function compareSettings(documents: readonly Document[]): SettingsCompared {
  const lists = documents.map((d) => new Map(settingsOf(d).map((setting) => [setting.path, setting])))
  const paths = [...new Set(lists.flatMap((list) => [...list.keys()]))]
  const everywhere = (path: string): boolean => lists.every((list) => list.has(path))
  const rows = paths.flatMap((path) => {
    // Settings of what is not everywhere, or is something else elsewhere, follow from the row that says so.
    const owner = ownerOf(path)
    const owners = owner === undefined ? [] : lists.map((list) => list.get(owner)?.value)
    if (owner !== undefined && (new Set(owners).size > 1 || owners.includes(undefined))) return []
    const found = lists.map((list) => list.get(path))
    return [{ path, label: found.find((s) => s !== undefined)!.label, found }]
  })
  const isSame = ({ path, found }: (typeof rows)[number]): boolean =>
    everywhere(path) && found.every((s) => s!.value === found[0]!.value)
  return {
    differing: rows
      .filter((row) => !isSame(row))
      .map(({ path, label, found }) => ({ path, label, values: found.map((s) => s?.value ?? null) })),
    same: rows.filter(isSame).map(({ found }) => found[0]!)
  }
}

/** The setting that says of what kind the owner of this one is. */
function ownerOf(path: string): string | undefined {
  const keys = path.split('.')
  if (keys[0] === 'nodes') return keys.length > 2 ? `nodes.${keys[1]!}` : undefined
  if (keys[0] === 'data' && keys[1] === 'source') return keys.length > 2 ? 'data.source' : undefined
  if (keys[0] === 'training' && keys.length > 2 && Object.hasOwn(partTitles, keys[1]!))
    return `training.${keys[1]!}`
  return undefined
}

function dataSettings({ data }: Document): ReadSetting[] {
  const { source, seed, split, corrections = [] } = data
  const { title, fields } = sources[source.type]!
  return [
    { path: 'data.source', label: 'Data', value: title, first: true },
    ...fieldSettings(fields, source.config, 'data.source', ''),
    plain('data.seed', 'Seed of the data', countPlain(seed)),
    plain('data.split.train', 'To learn from', shareText(split.train)),
    plain('data.split.test', 'Kept for the test', shareText(split.test)),
    plain('data.split.stratify', 'Classes in the same proportion', split.stratify === false ? 'no' : 'yes'),
    ...(split.group === undefined ? [] : [plain('data.split.group', 'Kept together by', split.group)]),
    ...(corrections.length === 0
      ? []
      : [plain('data.corrections', 'Corrected rows', countText(corrections.length))])
  ]
}

function nodeSettings({ networks }: Document): ReadSetting[] {
  return networks.flatMap(({ nodes }) =>
    Object.entries(nodes).flatMap(([id, node]) => {
      const layer = layers[node.type]!
      const title = node.name ?? layer.title
      const at = `nodes.${id}`
      return [
        { path: at, label: title, value: layer.title, first: false },
        ...fieldSettings(layer.fields, node.config, at, title),
        ...(node.frozen ? [plain(`${at}.frozen`, `${title}: frozen`, 'yes')] : [])
      ]
    })
  )
}

function trainingSettings({ training }: Document): ReadSetting[] {
  const { epochs, batchSize, seed, engine, threads, patience, restoreBest, stopAt } = training
  return [
    ...TRAINING_PARTS.flatMap((kind) => {
      const { type, config } = training[kind]
      const { title, fields } = parts[kind][type]!
      const at = `training.${kind}`
      return [
        { path: at, label: partTitles[kind], value: title, first: kind === 'optimizer' },
        ...fieldSettings(fields, config, at, '')
      ]
    }),
    plain('training.epochs', 'Epochs', countText(epochs), true),
    plain(
      'training.batchSize',
      'Batch size',
      batchSize === null ? 'all examples' : countText(batchSize),
      true
    ),
    plain('training.seed', 'Seed', countPlain(seed), true),
    plain('training.engine', 'Engine', engine),
    plain('training.threads', 'Threads', threads === null ? 'as the engine likes' : countText(threads)),
    plain('training.patience', 'Patience', patience === 0 ? 'none' : countText(patience)),
    plain('training.restoreBest', 'Back to the best epoch', restoreBest ? 'yes' : 'no'),
    ...Object.entries(stopAt).flatMap(([name, value]) =>
      value === null ? [] : [plain(`training.stopAt.${name}`, `Stops at ${name}`, numberText(value))]
    )
  ]
}

const plain = (path: string, label: string, value: string, first = false): ReadSetting => ({
  path,
  label,
  value,
  first
})
// Seeds are names rather than amounts: no commas.
const countPlain = (n: number): string => String(n)
const shareText = (share: number): string =>
  share > 1 ? `${countText(share)} rows` : `${numberText(100 * share)} %`

function fieldSettings(fields: Fields, config: Config, at: string, owner: string): ReadSetting[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = config[name]
    if (value === undefined) return []
    const label = owner === '' ? field.label : `${owner}: ${lower(field.label)}`
    const path = `${at}.${name}`
    const own = { path, label, value: valueText(field, value), first: FIRST.includes(name) }
    if (field.kind !== 'part') return [own]
    const part = value as Part
    return [own, ...fieldSettings(parts[field.registry][part.type]!.fields, part.config, path, label)]
  })
}

// "ReLU" stays as it is.
const lower = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text

function valueText(field: Field, value: FieldValue): string {
  switch (field.kind) {
    case 'int':
      return `${countText(value as number)}${field.unit === undefined ? '' : ` ${value === 1 ? field.unit.replace(/s$/, '') : field.unit}`}`
    case 'float':
      return numberText(value as number)
    case 'bool':
      return value === true ? 'yes' : 'no'
    case 'choice':
      return field.options.find((option) => option.value === value)?.label ?? String(value)
    case 'choices':
      return String(value)
        .split(' ')
        .map((one) => field.options.find((option) => option.value === one)?.label ?? one)
        .join(', ')
    case 'part':
      return parts[field.registry][(value as Part).type]?.title ?? (value as Part).type
    case 'text':
    case 'file':
      return value === '' ? 'none' : String(value)
    case 'drawing':
    case 'columns':
    case 'folder':
      return summaryOf(value)
  }
}

/** What is too large to be shown is told apart by a short name made of its content. */
function summaryOf(value: FieldValue): string {
  const text = JSON.stringify(value)
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return `version ${(h >>> 0).toString(36)}`
}
