import type { Edit } from '@core/document/edits'
import { nodeOf, type Document } from '@core/document/schema'
import { layers } from '@core/registry'

/** What freezing would do to some nodes: the edit and whether they are frozen then; undefined where none has weights. */
export function freezeEdit(
  document: Document,
  nodes: readonly string[]
): { readonly frozen: boolean; readonly edit: Edit } | undefined {
  const weighty = nodes.filter((id) => layers[nodeOf(document, id)?.type ?? '']?.weights !== undefined)
  if (weighty.length === 0) return undefined
  // Where some learn and some do not, all are frozen first.
  const frozen = weighty.some((id) => !nodeOf(document, id)!.frozen)
  const edits = weighty.map((nodeId): Edit => ({ kind: 'freeze', nodeId, frozen }))
  const label = `${frozen ? 'freeze' : 'unfreeze'} ${weighty.length} layers`
  return { frozen, edit: edits.length === 1 ? edits[0]! : { kind: 'all', label, edits } }
}
