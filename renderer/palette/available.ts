import type { Document } from '@core/document/schema'
import { layers } from '@core/registry'

/** Why a layer cannot be added now, in words; undefined where it can. */
export function whyNot(document: Document, type: string): string | undefined {
  const { role } = layers[type]!
  if (role === 'layer') return undefined
  const there = document.networks.some((network) =>
    Object.values(network.nodes).some((node) => layers[node.type]!.role === role)
  )
  if (!there) return undefined
  return role === 'sink' ? 'There is an output already, and a network has one.' : 'The data is there already.'
}
