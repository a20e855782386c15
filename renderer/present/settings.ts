import { getSetting } from '@core/document/paths'
import type { Document } from '@core/document/schema'
import { layers, parts } from '@core/registry'
import type { Field, FieldValue, Fields, IntField } from '@core/registry/fields'
import { nodeTitle } from '../shared/nodes'
import { settingText } from '../shared/words'

/** As many settings as presentation mode has room for. */
export const MOST_PINNED = 3

/** A setting that presentation mode can show, with what its control needs. */
export interface PinSetting {
  readonly path: string
  /** With the name of its layer where several layers have the same setting. */
  readonly field: Field
  readonly value: FieldValue
}

const epochs: IntField = {
  kind: 'int',
  label: 'Epochs',
  help: 'How often the network sees all it learns from.',
  default: 1000,
  min: 1,
  max: 10_000_000,
  unit: 'epochs'
}

/** The setting at a path; undefined where the project has none there any more, or none that a control can show. */
export function pinSetting(document: Document, path: string): PinSetting | undefined {
  const setting = getSetting(document, path)
  const field = path === 'training.epochs' ? epochs : setting?.field
  if (!setting || !field) return undefined
  return {
    path,
    field: { ...field, label: labelOf(document, path, field) },
    value: setting.value as FieldValue
  }
}

/** Every setting that is worth a place in front of a class, in the order of the network. */
export function pinChoices(document: Document): readonly PinSetting[] {
  const paths: string[] = []
  for (const { nodes } of document.networks)
    for (const [id, node] of Object.entries(nodes))
      paths.push(...worthy(layers[node.type]!.fields).map((name) => `nodes.${id}.${name}`))
  const { source } = document.data
  paths.push(...worthy(parts.source[source.type]!.fields).map((name) => `data.source.${name}`))
  const { optimizer } = document.training
  paths.push(
    ...Object.entries(parts.optimizer[optimizer.type]!.fields)
      .filter(([, field]) => field.hot && field.kind === 'float')
      .map(([name]) => `training.optimizer.${name}`),
    'training.epochs'
  )
  return paths.flatMap((path) => pinSetting(document, path) ?? [])
}

/** Sizes, amounts and penalties: what a class can be asked to guess about. */
function worthy(fields: Fields): string[] {
  return Object.entries(fields)
    .filter(
      ([, field]) =>
        !field.advanced &&
        (field.kind === 'int' ||
          field.kind === 'float' ||
          (field.kind === 'part' && field.registry === 'regularizer'))
    )
    .map(([name]) => name)
}

function labelOf(document: Document, path: string, field: Field): string {
  const [head, id, ...rest] = path.split('.')
  if (head !== 'nodes' || id === undefined) return field.label
  const name = rest.join('.')
  const rivals = document.networks
    .flatMap((network) => Object.keys(network.nodes))
    .filter((other) => getSetting(document, `nodes.${other}.${name}`) !== undefined)
  if (rivals.length < 2) return field.label
  const title = nodeTitle(document, id)
  const alike = rivals.filter((other) => nodeTitle(document, other) === title)
  return `${field.label}, ${title}${alike.length > 1 ? ` ${alike.indexOf(id) + 1}` : ''}`
}

/** The settings a new start would take up, in words: "20 neurons and noise 0.35"; undefined where none is pinned. */
export function waitingChanges(
  started: Document | undefined,
  document: Document,
  pinned: readonly string[]
): string | undefined {
  if (!started) return undefined
  const words = pinned.flatMap((path) => {
    const now = pinSetting(document, path)
    if (
      !now ||
      now.field.hot ||
      JSON.stringify(getSetting(started, path)?.value) === JSON.stringify(now.value)
    )
      return []
    return [changeText(now)]
  })
  if (words.length === 0) return undefined
  return words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function changeText({ field, value }: PinSetting): string {
  const label = field.label.split(',')[0]!.toLowerCase()
  if (typeof value !== 'number') return `the new ${label}`
  if (field.kind === 'int' && field.unit)
    return `${value.toLocaleString('en-US')} ${value === 1 ? field.unit.replace(/s$/, '') : field.unit}`
  return `${label} ${settingText(value)}`
}
