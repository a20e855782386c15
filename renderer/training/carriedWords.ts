import { nodeOf, type Document } from '@core/document/schema'
import { layers } from '@core/registry'
import type { Carried } from '@core/run/carry'
import type { CarriedLayers } from '@core/run/state'

export const PHRASES: { readonly [how in Carried]: string } = {
  kept: 'Kept',
  grown: 'Changed in size, with what it knew',
  fresh: 'From the start'
}

/** What became of each layer when its network changed: "Kept: Dense, Output. From the start: New layer." */
export function carriedWords(carried: CarriedLayers, document: Document): string {
  const named = (how: Carried): string[] =>
    Object.entries(carried).flatMap(([id, found]) => {
      const node = nodeOf(document, id)
      return found === how && node ? [node.name ?? layers[node.type]!.title] : []
    })
  return (['kept', 'grown', 'fresh'] as const)
    .map((how) => ({ how, names: named(how) }))
    .filter(({ names }) => names.length > 0)
    .map(({ how, names }) => `${PHRASES[how]}: ${names.join(', ')}.`)
    .join(' ')
}
