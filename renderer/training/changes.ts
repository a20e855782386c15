import { getSetting } from '@core/document/paths'
import type { Document } from '@core/document/schema'
import { hotSettings } from '@core/run/structure'
import { nodeOf } from '@core/document/schema'
import { augmentations, parts } from '@core/registry'
import { DATA_CHANGE, type RunState } from '@core/run/state'
import { nodeTitle } from '../shared/nodes'
import { settingText } from '../shared/words'
import { countText } from './numbers'

/** A setting that was changed while training ran, in words. */
export interface Change {
  readonly epoch: number
  /** "learning rate 0.03 → 0.01 at epoch 120" */
  readonly text: string
}

/** The changes of a run; `started` is the document it began with, where that is known. */
export function changesOf(
  changes: RunState['changes'],
  document: Document,
  started: Document | undefined
): readonly Change[] {
  const known = new Map<string, unknown>(started ? Object.entries(hotSettings(started)) : [])
  return changes.map(({ epoch, path, value }) => {
    if (path === DATA_CHANGE) return { epoch, text: `other data from epoch ${countText(epoch)} on` }
    const before = known.get(path)
    known.set(path, value)
    const from = before === undefined ? '' : `${valueText(before)} → `
    return {
      epoch,
      text: `${settingName(document, path)} ${from}${valueText(value)} at epoch ${countText(epoch)}`
    }
  })
}

const plain: { readonly [path: string]: string } = {
  'training.epochs': 'epochs',
  'training.patience': 'patience',
  'data.augmentation.fill': 'edges of pictures'
}

/** A setting's name in a sentence: "learning rate", "keep weights small (Dense)". */
export function settingName(document: Document, path: string): string {
  const field = getSetting(document, path)?.field
  const changed = augmentations[/^data\.augmentation\.(\w+)$/.exec(path)?.[1] ?? '']
  if (changed) return lower(changed.title)
  const label = plain[path] ?? (field ? lower(field.label) : (path.split('.').at(-1) ?? path))
  const [head, id] = path.split('.')
  const inNode = head === 'nodes' && id !== undefined && nodeOf(document, id) !== undefined
  return inNode ? `${label} (${nodeTitle(document, id)})` : label
}

function valueText(value: unknown): string {
  if (typeof value === 'number') return settingText(value)
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (value === null) return 'off'
  if (isPart(value)) {
    const changed = augmentations[value.type]
    if (changed) return changed.fact(value.config as never)
    const kind = Object.values(parts).find((registry) => Object.hasOwn(registry, value.type))
    const numbers = Object.values(value.config).filter((v) => typeof v === 'number')
    return [kind?.[value.type]?.title ?? value.type, ...numbers.map(settingText)].join(' ')
  }
  return String(value)
}

function isPart(value: unknown): value is { type: string; config: object } {
  return typeof value === 'object' && value !== null && 'type' in value && 'config' in value
}

// "Learning rate" within a sentence; "L2" stays.
const lower = (label: string): string =>
  /^[A-Z][a-z]/.test(label) ? label[0]!.toLowerCase() + label.slice(1) : label
